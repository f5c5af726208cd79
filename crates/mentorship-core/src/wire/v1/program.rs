//! The program: what its owner reviews each month.

use serde::{Deserialize, Serialize};

use super::{Level, Words};

/// The program as of one day. It names nobody but stewards, in reasons; who reads it
/// sees no service that they may not read only where the caller leaves those out of
/// the lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Program {
    /// Always `mentorship/program/v1`.
    pub schema: String,
    /// The day, `YYYY-MM-DD`.
    pub as_of: String,
    /// All services.
    pub services: u32,
    /// Those held to the rules.
    pub enrolled: u32,
    /// How many of them have each level, from `exposed` to `resilient`, then
    /// `unknown`.
    pub levels: Vec<LevelShare>,
    /// The six measures, always in this order: `ramp-time`, `mttr-contribution`,
    /// `reviewer-coverage`, `change-failure-rate`, `bus-factor-index`,
    /// `escalation-rate`.
    pub measures: Vec<Measure>,
    /// The rotations of enrolled services.
    pub rotations: RotationsDue,
    /// The eight steps of the first two weeks.
    pub rollout: Vec<RolloutStep>,
    /// Where to mentor first, at most a hundred services.
    pub risk_queue: Vec<ServiceRisk>,
    /// Where nobody is enrolled: whom to enrol first, at most ten; else empty.
    pub proposal: Vec<ServiceRisk>,
}

/// How many enrolled services have a level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LevelShare {
    /// The level.
    pub level: Level,
    /// How many.
    pub services: u32,
    /// Percent of the enrolled, to one decimal; absent where nobody is enrolled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub percent: Option<f64>,
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// What the value counts: `days` or `percent`.
    pub unit: String,
    /// Which way is better: `higher` or `lower`.
    pub better: String,
    /// The value, to one decimal; absent where there was nothing to count, or where it
    /// would tell of fewer than five people.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub value: Option<f64>,
    /// What was counted: of a percentage the part; of a median the people.
    pub part: u32,
    /// Of how many: of a percentage the whole; of a median the people, those on the way
    /// included.
    pub whole: u32,
    /// The first day of the window, `YYYY-MM-DD`.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// What it is compared with; absent before there is a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub baseline: Option<Baseline>,
    /// What it should become; absent where it is relative to a baseline that is not
    /// there yet, or is 0 and should rise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub target: Option<f64>,
    /// Of a percentage that should rise, how large `part` has to be of this `whole` to
    /// reach the target; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub target_part: Option<u32>,
    /// Whether the target is reached; absent where either is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub reached: Option<bool>,
    /// The value in the window before, of services known in both; absent under the
    /// minimum sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub before: Option<f64>,
    /// How it moved since then: `improving`, `steady`, `worsening`; absent with
    /// `before`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub trend: Option<String>,
    /// Services that could be measured.
    pub measured: u32,
    /// Why others could not, with how many.
    pub unmeasured: Vec<UnmeasuredServices>,
    /// The measure in one sentence.
    pub summary: Words,
}

/// What a measure is compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Baseline {
    /// The value.
    pub value: f64,
    /// Whether the program owner froze it.
    pub frozen: bool,
    /// The first day that it was counted on, `YYYY-MM-DD`; absent where it is frozen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub from: Option<String>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub until: Option<String>,
}

/// Services that a measure could not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct UnmeasuredServices {
    /// Why, in one sentence.
    pub reason: Words,
    /// How many.
    pub services: u32,
}

/// The rotations of enrolled services.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RotationsDue {
    /// Due within 30 days, today included.
    pub within30: u32,
    /// Due within 60 days.
    pub within60: u32,
    /// Due within 90 days.
    pub within90: u32,
    /// Past due; in none of the former.
    pub overdue: u32,
    /// Nobody is steward.
    pub vacant: u32,
    /// Not known.
    pub unknown: u32,
    /// Overdue ones and those due within 90 days, by day and ref, at most a hundred.
    pub services: Vec<RotationDue>,
}

/// A rotation that is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RotationDue {
    /// The service.
    pub entity_ref: String,
    /// The title, else the name.
    pub title: String,
    /// The day, `YYYY-MM-DD`.
    pub due: String,
}

/// A step of the two-week rollout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RolloutStep {
    /// The id: `inventory`, `roles`, `assets`, `rituals`, `apprentices`, `baselines`,
    /// `paired-change`, `review`.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// Whether it is done.
    pub done: bool,
    /// Whether the program owner confirms it, for evidence cannot tell.
    pub needs_confirmation: bool,
    /// When it was confirmed, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub confirmed_on: Option<String>,
    /// How far it is: `3 of 5`.
    pub detail: Words,
}

/// How much a service asks for mentoring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ServiceRisk {
    /// The service.
    pub entity_ref: String,
    /// The title, else the name.
    pub title: String,
    /// `mentorship/tier`; 1 is most critical.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub tier: Option<u8>,
    /// Whether it is held to the rules.
    pub enrolled: bool,
    /// Risk × criticality, 0 to 80; the most first.
    pub points: u32,
    /// Incidents in the window; absent where they are not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub incidents: Option<u32>,
    /// Why, without guarded names.
    pub reason: Words,
}

/// What the program owner has set.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProgramDecided {
    /// Frozen baselines.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub baselines: Vec<FrozenBaseline>,
    /// Steps of the rollout that were confirmed.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub confirmed: Vec<ConfirmedStep>,
}

/// A baseline that the program owner froze.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FrozenBaseline {
    /// The id of the measure.
    pub measure: String,
    /// The value in the measure's unit, from 0 up.
    pub value: f64,
}

/// A step that the program owner confirmed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConfirmedStep {
    /// The id of the step.
    pub step: String,
    /// When, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub on: Option<String>,
}
