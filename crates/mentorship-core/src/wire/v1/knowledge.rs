//! Who knows which directory, for a tree map and its table.

use serde::{Deserialize, Serialize};

use super::{Audience, BusFactorVerdict, EvidenceState, Holder};

/// The directories of a service's source with who holds them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Knowledge {
    /// Always `mentorship/knowledge/v1`.
    pub schema: String,
    /// The service.
    pub entity_ref: String,
    /// Who may read this: names are for the `named` audience.
    pub audience: Audience,
    /// What is known of the git history.
    pub state: EvidenceState,
    /// Why the history could not be read, where it could not; a tree beside it is
    /// of the last good history.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub reason: Option<String>,
    /// The directory that was asked for; absent where there is no history.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub root: Option<KnowledgeDirectory>,
}

/// A directory with who holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KnowledgeDirectory {
    /// The path in the repository without a closing slash; empty for its root.
    pub path: String,
    /// Living files below it, of every kind.
    pub files: u32,
    /// Bus factor by authorship, leavers struck; absent where no file counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub authorship: Option<u32>,
    /// Bus factor by recent knowledge, leavers struck; absent where nothing changed
    /// in the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub recent: Option<u32>,
    /// The verdict on `recent`, else on `authorship`.
    pub verdict: BusFactorVerdict,
    /// Counted files whose authors have all left.
    pub files_orphaned: u32,
    /// Authors of most counted files below it; empty for the `counted` audience.
    pub people: Vec<Holder>,
    /// Directories in it, most files first.
    pub directories: Vec<KnowledgeDirectory>,
    /// Directories in it that are not shown, the smaller ones.
    pub directories_not_shown: u32,
}
