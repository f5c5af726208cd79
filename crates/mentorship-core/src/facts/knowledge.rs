//! What the history says of who knows a service, with people mapped to users.

use crate::organisation::Person;

/// The readings of the history that the judgement uses.
#[derive(Debug, Clone, PartialEq)]
pub struct KnowledgeFacts {
    /// Truck factor by degree of authorship.
    pub authorship: HistoryReading,
    /// Greedy on decayed knowledge.
    pub recent: HistoryReading,
    /// Contributor absence factor.
    pub absence: HistoryReading,
}

/// One reading of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryReading {
    /// The number, leavers struck; `None` where there was nothing to count.
    pub value: Option<u32>,
    /// The number as its authors define it, leavers counted.
    pub as_published: Option<u32>,
    /// People with shares, largest first.
    pub holders: Vec<Holder>,
    /// Files counted, or contributions for `absence`.
    pub counted: u32,
    /// Files left out, by reason.
    pub excluded: Vec<(String, u32)>,
    /// Files whose holders have all left.
    pub orphaned: u32,
    /// Caveats: filter version, rename mode.
    pub remarks: Vec<String>,
}

/// A person's part of a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// Who.
    pub person: Person,
    /// Files held, or contributions.
    pub files: u32,
    /// Share of all, 0 to 1.
    pub share: f64,
}
