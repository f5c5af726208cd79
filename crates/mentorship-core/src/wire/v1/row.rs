//! One row a service: what tables, filters and the CSV export show.

use serde::{Deserialize, Serialize};

use super::{BusFactorVerdict, Level, MentorshipStatus, ReadingName, RotationState, Words};

/// A service in one row. Holds no name but the steward's, which whoever may
/// read the entity may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AssessmentRow {
    /// The day that the service is judged as of, `YYYY-MM-DD`.
    pub as_of: String,
    /// The entity ref in lower case, `kind:namespace/name`.
    pub entity_ref: String,
    /// The title, else the name.
    pub title: String,
    /// The kind as written.
    pub kind: String,
    /// `spec.type`.
    #[serde(rename = "type")]
    pub entity_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// 1 is most critical.
    pub tier: Option<u8>,
    /// The owner's entity ref.
    pub owner: Option<String>,
    /// The system's entity ref.
    pub system: Option<String>,
    /// The level.
    pub level: Level,
    /// Position of the level for sorting: `exposed` 0 to `resilient` 3, then
    /// `unknown` 4 and `not-enrolled` 5.
    pub level_rank: u8,
    /// Percent.
    pub score: Option<u8>,
    /// Percent.
    pub coverage: Option<u8>,
    /// The status of mentoring.
    pub mentorship_status: MentorshipStatus,
    /// People learning; absent where unknown.
    pub apprentices: Option<u32>,
    /// Milestones done, over all apprentices; absent where unknown.
    pub milestones_done: Option<u32>,
    /// Milestones in all; absent where unknown.
    pub milestones_total: Option<u32>,
    /// The next open milestone's due day, `YYYY-MM-DD`.
    pub next_milestone_due: Option<String>,
    /// The steward's entity ref, else the name in the evidence.
    pub steward: Option<String>,
    /// The steward's display name.
    pub steward_name: Option<String>,
    /// `YYYY-MM-DD`.
    pub steward_since: Option<String>,
    /// Whole civil days.
    pub steward_age_days: Option<i32>,
    /// Whole civil months.
    pub steward_age_months: Option<i32>,
    /// The state of the rotation.
    pub rotation_state: RotationState,
    /// `YYYY-MM-DD`.
    pub rotation_due: Option<String>,
    /// The headline bus factor.
    pub bus_factor: Option<u32>,
    /// What the headline rests on.
    pub bus_factor_basis: Option<ReadingName>,
    /// The verdict on the headline.
    pub bus_factor_verdict: BusFactorVerdict,
    /// The reading `declared`.
    pub bus_factor_declared: Option<u32>,
    /// The reading `authorship`.
    pub bus_factor_authorship: Option<u32>,
    /// The reading `recent`.
    pub bus_factor_recent: Option<u32>,
    /// The reading `absence`.
    pub contributor_absence_factor: Option<u32>,
    /// Ids of failed rules, heaviest first.
    pub failed_rules: Vec<String>,
    /// Ids of unknown rules, heaviest first.
    pub unknown_rules: Vec<String>,
    /// The sentence that leads, counted: it names nobody.
    pub headline: Words,
    /// At most three things to do next, in a few words each, the first one first.
    pub next_steps: Vec<String>,
}
