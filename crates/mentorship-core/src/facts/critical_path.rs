//! What is known of the paths of a service where a mistake hurts most.

use super::{HistoryReading, Place};
use crate::civil_date::CivilDate;
use crate::organisation::Person;

/// The critical paths of a service.
#[derive(Debug, Clone, PartialEq)]
pub struct CriticalPaths {
    /// Whether the policy's default patterns stand in for the service's own.
    pub by_default: bool,
    /// The patterns: all that the service names, of the defaults those that
    /// match something.
    pub paths: Vec<CriticalPathFact>,
    /// How it is known who reviewed.
    pub reviews: ReviewBasis,
    /// How many files match any of the patterns.
    pub files: u32,
    /// Who knows these files; `None` where no file matches, or no history tells.
    pub known: Option<CriticalReadings>,
}

/// The readings of a history for exactly the critical files. Whoever names a
/// file critical means it, so that no file filter leaves any out.
#[derive(Debug, Clone, PartialEq)]
pub struct CriticalReadings {
    /// Truck factor by degree of authorship.
    pub authorship: HistoryReading,
    /// Greedy on decayed knowledge.
    pub recent: HistoryReading,
    /// Contributor absence factor.
    pub absence: HistoryReading,
}

/// One pattern of critical paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriticalPathFact {
    /// The pattern as written.
    pub pattern: String,
    /// How many files match it.
    pub files: u32,
    /// Files that a steward and an apprentice do not own together; `None` where
    /// there is no owners file.
    pub unpaired: Option<Unpaired>,
    /// The days on which commits changed it, ascending.
    pub changed: Vec<CivilDate>,
    /// Who reviewed changes to it and when, by day.
    pub reviews: Vec<(CivilDate, Person)>,
}

/// Files of a critical path that lack an owner of the pair.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unpaired {
    /// Owned by an apprentice, and by no steward.
    pub lack_steward: u32,
    /// Owned by a steward, and by no apprentice.
    pub lack_apprentice: u32,
    /// Owned by others only.
    pub lack_both: u32,
    /// Left without an owner by a rule that names nobody.
    pub unowned: u32,
    /// Matched by no rule.
    pub unmatched: u32,
    /// What decides, each place once, as it first occurs.
    pub places: Vec<Place>,
}

impl Unpaired {
    /// All of them.
    pub fn files(&self) -> u32 {
        self.lack_steward + self.lack_apprentice + self.lack_both + self.unowned + self.unmatched
    }
}

/// How it is known who reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewBasis {
    /// The code host told.
    CodeHost,
    /// `Reviewed-by` trailers of the commits.
    Trailers,
    /// The history was read, and no commit names who reviewed it.
    NoTrailers,
    /// Neither was read.
    NotRead,
}
