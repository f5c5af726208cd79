//! What the history says of who knows a service, with people mapped to users.

use std::sync::Arc;

use crate::civil_date::CivilDate;
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
    /// Directories in which one person holds everything, by path.
    pub single_holders: Vec<SingleHolderFact>,
    /// Files of `authorship` whose authors have all left or map to no user, so
    /// that nobody can tell whether they are there.
    pub held_by_unknown: u32,
    /// Whether the catalog or the policy can tell who has left.
    pub departures_known: bool,
    /// Who made or reviewed a commit here, and when last. One person may be several of
    /// the history's: [`Self::last_observed`] tells.
    pub observed: Vec<(Person, CivilDate)>,
    /// How many of them map to no user.
    pub unmapped: u32,
    /// Identities of the commits that were united with one of the people named
    /// above, by person.
    pub merges: Vec<MergeFact>,
    /// Whose commits do not count because they are machines, by name.
    pub bots: Arc<[BotFact]>,
}

impl KnowledgeFacts {
    /// When somebody made or reviewed a commit here last.
    pub fn last_observed(&self, identity: &str) -> Option<CivilDate> {
        let observed = self.observed.iter();
        let theirs = observed.filter(|(person, _)| person.identity() == identity);
        theirs.map(|(_, latest)| *latest).max()
    }
}

/// A directory in which one person holds everything that anybody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleHolderFact {
    /// The path from the root of the repository; empty for the root.
    pub directory: String,
    /// Files held.
    pub files: u32,
    /// Who.
    pub person: Person,
}

/// An identity of the history that was united with a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MergeFact {
    /// The person.
    pub person: Person,
    /// The name that the commits carry.
    pub name: String,
    /// Why it is the same person.
    pub reason: &'static str,
}

/// A machine in the history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BotFact {
    /// The name that the commits carry.
    pub name: String,
    /// Why it is no human being.
    pub reason: String,
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
    /// Share that still has a holder once the people of `value` are gone, 0 to 1.
    pub coverage: f64,
    /// The file filter and its version, or what stands for it.
    pub filter_version: &'static str,
    /// How git found renames.
    pub rename_mode: &'static str,
    /// The day of the last commit that counts, from which "recent" is measured.
    pub last_commit: CivilDate,
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
