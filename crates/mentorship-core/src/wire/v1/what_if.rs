//! What happens when people leave, over all services at once.

use serde::{Deserialize, Serialize};

use super::{Audience, BusFactorVerdict, Level, ReadingName, Role, Words};

/// A question: what is lost when people leave?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WhatIfQuestion {
    /// Who leaves: entity refs of users, or of groups for everybody in them,
    /// `@handles`, e-mail addresses, or names as a history writes them.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    pub leaves: Vec<String>,
    /// Whether every steward leaves too whose rotation is due by the end of the
    /// quarter, or overdue, of the services that take part.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub due_this_quarter: bool,
    /// The day, `YYYY-MM-DD`.
    pub as_of: String,
    /// Who may read the answer.
    pub audience: Audience,
    /// Refs of the services that take part, and that are counted; all where
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub among: Option<Vec<String>>,
    /// Whether only groups may be asked about, each of at least five people, so
    /// that nothing is learnt of one of them; stewards whose rotation is due are such
    /// a group.
    #[serde(default)]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub groups_only: bool,
}

/// What a catalog loses when people leave, as of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WhatIf {
    /// Always `mentorship/what-if/v1`.
    pub schema: String,
    /// The day, `YYYY-MM-DD`.
    pub as_of: String,
    /// Who may read these words.
    pub audience: Audience,
    /// Who leaves, as asked; empty for the `counted` audience.
    pub leaving: Vec<Leaver>,
    /// How many leave whom the catalog or a history knows.
    pub leaving_count: u32,
    /// The last day of the quarter, where stewards were asked about whose rotation
    /// is due by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub due_by: Option<String>,
    /// What was asked and means nobody: neither a user nor anybody in a role or
    /// a history.
    pub not_known: Vec<String>,
    /// How many services there are in all.
    pub services_total: u32,
    /// The answer in one sentence.
    pub headline: Words,
    /// Every service whose level or readings fall, a role falls vacant or files
    /// lose their last author: the worst first.
    pub services: Vec<ServiceLoss>,
}

/// Somebody who leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Leaver {
    /// The display name, or what was asked.
    pub name: String,
    /// The User entity; absent where nobody maps to the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub entity_ref: Option<String>,
}

/// What one service loses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ServiceLoss {
    /// The service.
    pub entity_ref: String,
    /// The title, else the name.
    pub title: String,
    /// `mentorship/tier`; 1 is most critical.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub tier: Option<u8>,
    /// The loss in one sentence, without names.
    pub summary: Words,
    /// The level before.
    pub level_from: Level,
    /// The level after.
    pub level_to: Level,
    /// The score before, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub score_from: Option<u8>,
    /// The score after, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub score_to: Option<u8>,
    /// The headline bus factor before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub bus_factor_from: Option<u32>,
    /// The headline bus factor after.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub bus_factor_to: Option<u32>,
    /// Its verdict before.
    pub verdict_from: BusFactorVerdict,
    /// Its verdict after.
    pub verdict_to: BusFactorVerdict,
    /// The readings that fall.
    pub readings: Vec<ReadingLoss>,
    /// Roles that nobody holds any more.
    pub vacated: Vec<Role>,
    /// Living files that lose their last author.
    pub files: u32,
    /// Some of them, by path.
    pub file_paths: Vec<String>,
    /// The outermost directories in which every file with an author loses its
    /// last one, most files first.
    pub directories: Vec<PathLoss>,
    /// Critical paths with files that lose their last author.
    pub critical_paths: Vec<PathLoss>,
    /// Who could take over, apprentices first; empty for the `counted` audience.
    pub successors: Vec<Successor>,
    /// How many are named as successors.
    pub successor_count: u32,
}

/// A reading that falls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReadingLoss {
    /// Which reading.
    pub name: ReadingName,
    /// Before.
    pub from: u32,
    /// After; absent where nothing is left to count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub to: Option<u32>,
}

/// A directory or critical path that loses authors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PathLoss {
    /// The directory, empty for the root, or the pattern.
    pub path: String,
    /// Files that lose their last author.
    pub files: u32,
}

/// Somebody who could take over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Successor {
    /// The display name, or the name in the history.
    pub name: String,
    /// The User entity; absent where nobody maps to the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub entity_ref: Option<String>,
    /// Whether the person is an apprentice of the service.
    pub apprentice: bool,
    /// Files losing their last author that the person has changed.
    pub lost_files: u32,
    /// Files beside them that the person has changed.
    pub neighbouring_files: u32,
    /// Why this person.
    pub reason: Words,
}
