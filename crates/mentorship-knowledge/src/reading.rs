//! Readings: how many people a part of a repository hangs on.

use super::filter::FileClass;

/// The three readings of the history, side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Readings {
    /// Truck factor by degree of authorship (Avelino et al. 2016).
    pub authorship: Reading,
    /// Greedy on decayed knowledge (Jabrayilzade et al. 2022).
    pub recent: Reading,
    /// Contributor absence factor (CHAOSS).
    pub absence: Reading,
}

/// One reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The number, those who have left struck first; `None` where there is
    /// nothing to count, which the files left out explain.
    pub bus_factor: Option<u32>,
    /// The number as its authors define it, leavers counted.
    pub as_published: Option<u32>,
    /// Share of files that still have a holder once the people of
    /// `bus_factor` are gone, 0 to 1. Of `absence`: the share of contributions
    /// by everybody else.
    pub coverage: f64,
    /// Everybody who holds something, those who have left marked: most files
    /// first, then most changes, then by identity.
    pub people: Vec<Holder>,
    /// Files, or of `absence` commits, counted and left out.
    pub files: FileCount,
    /// How renames were found.
    pub rename_mode: &'static str,
    /// The name and version of the file filter, or what stands for it.
    pub filter_version: &'static str,
    /// The author time of the last commit that counts, in seconds since 1970:
    /// what "recent" is measured from.
    pub last_commit: i64,
}

impl Reading {
    /// Share of the files counted whose holders have all left, 0 to 1; `None`
    /// where no file counts.
    pub fn departed_share(&self) -> Option<f64> {
        let counted = self.files.counted;
        (counted > 0).then(|| f64::from(self.files.orphaned) / f64::from(counted))
    }
}

/// A person's part of a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// The person's number in [`super::History::people`].
    pub person: super::PersonId,
    /// Files held; of `absence`, contributions.
    pub files: u32,
    /// `files` as a share of all counted, 0 to 1.
    pub share: f64,
    /// Changes made to the files counted.
    pub changes: u32,
    /// Whether the person has left.
    pub left: bool,
}

/// How many files a reading rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileCount {
    /// Files counted; of `absence`, contributions.
    pub counted: u32,
    /// Files left out, by reason in a fixed order, none with a count of 0.
    pub excluded: Vec<(Exclusion, u32)>,
    /// Files counted whose holders have all left, or that nobody holds.
    pub orphaned: u32,
}

/// Why a living file does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exclusion {
    /// The file filter leaves its class out.
    Class(FileClass),
    /// Nobody changed it in the window.
    NotInWindow,
    /// Only bots, or commits that are ignored, ever changed it.
    NobodysWork,
    /// No commit that counts has it: a merge brought it, or nothing did.
    NotInHistory,
}

impl Exclusion {
    /// The reason in a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Class(FileClass::Code) => "code",
            Self::Class(FileClass::Configuration) => "data or configuration",
            Self::Class(FileClass::Documentation) => "documentation",
            Self::Class(FileClass::Vendored) => "vendored",
            Self::Class(FileClass::Generated) => "generated",
            Self::Class(FileClass::Unknown) => "no known programming or markup language",
            Self::NotInWindow => "not changed in the window",
            Self::NobodysWork => "changed by bots or ignored revisions only",
            Self::NotInHistory => "in the history by merges only, or not at all",
        }
    }
}

/// A bus factor before and after; `None` where nothing is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fall {
    /// Before.
    pub from: Option<u32>,
    /// After.
    pub to: Option<u32>,
}
