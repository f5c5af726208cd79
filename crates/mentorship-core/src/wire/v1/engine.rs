//! What the engine answers to those who feed it.

use serde::{Deserialize, Serialize};

use super::{AssessmentRow, Reminder, Role, ServiceRisk};

/// The answer to a catalog page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PageOutcome {
    /// Entities on the page.
    pub entities: u32,
    /// Of these, services.
    pub services: u32,
    /// Of these, users and groups.
    pub people_and_groups: u32,
    /// How many entities the catalog says there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub total_items: Option<u32>,
    /// The next page's cursor; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub next_cursor: Option<String>,
    /// Entities that could not be read, each by itself.
    pub errors: Vec<EntityError>,
}

/// An entity that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EntityError {
    /// Position on the page, from 0.
    pub index: u32,
    /// The entity ref where one could be made out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub entity_ref: Option<String>,
    /// What is wrong.
    pub message: String,
}

/// Where a service says that its source is, for the sources of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ServiceLocation {
    /// The service.
    pub entity_ref: String,
    /// The location; absent where the entity carries none that can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub location: Option<SourceLocation>,
}

/// A source location, understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum SourceLocation {
    /// A repository on a code host.
    Repository {
        /// The address to clone from, without credentials.
        url: String,
        /// The branch or commit named; absent for the default branch.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        revision: Option<String>,
        /// The directory, without leading or trailing `/`; empty for the root.
        directory: String,
    },
    /// A folder on the backend's machine, for development.
    Folder {
        /// The absolute path.
        path: String,
    },
}

/// Whether a stored history can be gone on from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum RestoredHistory {
    /// It can: what came after this commit is to follow.
    Restored {
        /// Full name of the last commit that was stored.
        tip: String,
    },
    /// It cannot: the whole history is to follow.
    Refused {
        /// Why, in one sentence.
        reason: String,
    },
}

/// What became of a history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(
    tag = "state",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum HistoryOutcome {
    /// It is whole.
    Found {
        /// Full name of the last commit.
        tip: String,
        /// Commits, merges included.
        commits: u32,
    },
    /// It could not be read; the last good one is used.
    Stale {
        /// Full name of the last commit of the one that is used.
        tip: String,
        /// Commits of the one that is used, merges included.
        commits: u32,
        /// Why it could not be read.
        reason: String,
    },
    /// There is no commit.
    Missing,
    /// It could not be read.
    Failed {
        /// Why.
        reason: String,
    },
}

/// Results of a slice of the services, in the order of their refs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Results {
    /// How many services there are in all.
    pub total: u32,
    /// The slice.
    pub items: Vec<ResultItem>,
}

/// One service's results, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResultItem {
    /// The row.
    pub row: AssessmentRow,
    /// How much the service asks for mentoring, for the risk queue.
    pub risk: ServiceRisk,
    /// What is due to whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<_>"))]
    pub reminders: Vec<Reminder>,
    /// The line of the CSV export, with its line end.
    pub csv: String,
    /// The assessment for readers who may see names, as JSON text.
    pub named: String,
    /// The assessment for everybody else, as JSON text.
    pub counted: String,
}

/// Somebody's part in a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Involvement {
    /// The User entity.
    pub entity_ref: String,
    /// The role.
    pub role: Role,
}
