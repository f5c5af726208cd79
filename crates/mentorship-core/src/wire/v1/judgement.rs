//! What services have in common that stand alike.

use serde::{Deserialize, Serialize};

use super::{BusFactorVerdict, Level, MentorshipStatus, RotationState};

/// Where services stand that share a judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Judgement {
    /// The level.
    pub level: Level,
    /// Percent.
    pub score: Option<u8>,
    /// Percent.
    pub coverage: Option<u8>,
    /// The status of mentoring.
    pub mentorship_status: MentorshipStatus,
    /// The state of the rotation.
    pub rotation_state: RotationState,
    /// The headline bus factor.
    pub bus_factor: Option<u32>,
    /// The verdict on the headline.
    pub bus_factor_verdict: BusFactorVerdict,
    /// Ids of failed rules, heaviest first.
    pub failed_rules: Vec<String>,
    /// Ids of unknown rules, heaviest first.
    pub unknown_rules: Vec<String>,
    /// The sentence that leads, up to the title of a service.
    pub headline_before_title: String,
    /// The sentence that leads, behind the title.
    pub headline_behind_title: String,
}
