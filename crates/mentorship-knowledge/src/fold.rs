//! The events folded by file: who did how much on every living file, and who
//! holds it.

use super::ancestry::Ancestry;
use super::credit::{Credit, credits, last_commit};
use super::file_fold::FileFold;
use super::filter::{Classifier, FileClass, FileFilter};
use super::formula::Touch;
use super::identities::People;
use super::living::Living;
use super::log::{CommitNumber, Event, EventLog, PathNumber};
use super::path_events::{EventsByPath, Rename};
use hashbrown::HashSet;
use mentorship_symbols::byte_words;
use std::ops::Range;
use std::sync::OnceLock;

/// A living file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct File {
    pub(crate) path: PathNumber,
    pub(crate) class: FileClass,
    /// Where the file's touches end; they begin where the ones before end.
    touches_end: u32,
}

/// The folded state that readings are computed from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fold {
    /// Living files by path, bytewise.
    pub(crate) files: Vec<File>,
    touches: Vec<Touch>,
    /// All paths, dead ones too, bytewise, once somebody asks.
    sorted_paths: OnceLock<Vec<PathNumber>>,
    by_path: EventsByPath,
    pub(crate) credits: Vec<Credit>,
    /// Author time of the last commit, in seconds.
    pub(crate) last_commit: i64,
}

/// What the fold needs beside the events.
pub(crate) struct FoldSettings<'a> {
    pub(crate) people: &'a People,
    /// Commits that count for nobody, such as reformattings.
    pub(crate) ignored: &'a HashSet<CommitNumber, foldhash::fast::FixedState>,
    /// Dates later than this are taken for it.
    pub(crate) not_after: Option<i64>,
    /// What says of a file what it is.
    pub(crate) filter: FileFilter,
    /// The living paths, where they are known.
    pub(crate) tree: Option<Vec<PathNumber>>,
    /// Who descends from whom, where it was asked already.
    pub(crate) ancestry: Option<Ancestry<'a>>,
}

impl Fold {
    pub(crate) fn of(log: &EventLog, settings: FoldSettings<'_>) -> Self {
        let last_commit = last_commit(log, settings.not_after);
        let mut classifier = Classifier::shared(settings.filter.edition(last_commit));
        let by_path = EventsByPath::of(log);
        let credits = credits(log, settings.people, settings.ignored, last_commit);
        let is_alive = match settings.tree {
            Some(tree) => listed_paths(log, &tree),
            None => living_paths(log, &by_path, settings.ancestry),
        };
        let mut file_fold = FileFold::new(log, settings.people, &by_path, &credits);
        let mut touches = Vec::new();
        let mut files = Vec::new();
        let living =
            (0..log.paths.count()).filter(|&path| is_alive.get(path as usize) == Some(&true));
        for path in sorted(log, living.collect()) {
            file_fold.add(path, &mut touches);
            files.push(File {
                path,
                class: classifier.class(log.paths.get(path)),
                // Touches are at most events plus trailers, which are counted
                // in 32 bits.
                touches_end: u32::try_from(touches.len()).unwrap_or(u32::MAX),
            });
        }
        Self {
            files,
            touches,
            sorted_paths: OnceLock::new(),
            by_path,
            credits,
            last_commit,
        }
    }

    /// What everybody did on the living file with this index.
    pub(crate) fn touches(&self, file: usize) -> &[Touch] {
        let end = self.files.get(file).map_or(0, |file| file.touches_end);
        let start = file
            .checked_sub(1)
            .and_then(|before| self.files.get(before))
            .map_or(0, |file| file.touches_end);
        self.touches
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// The events of a path under its own name, in the order of the stream.
    pub(crate) fn events(&self, path: PathNumber) -> &[Event] {
        self.by_path.events(path)
    }

    /// The renames whose target is the path.
    pub(crate) fn renames_to(&self, path: PathNumber) -> &[Rename] {
        self.by_path.renames_to(path)
    }

    /// What everybody did on any path, a dead one too.
    pub(crate) fn touches_of_path(
        &self,
        log: &EventLog,
        people: &People,
        path: PathNumber,
    ) -> Vec<Touch> {
        let mut touches = Vec::new();
        FileFold::new(log, people, &self.by_path, &self.credits).add(path, &mut touches);
        touches
    }

    /// The index of a living file.
    pub(crate) fn living_file(&self, log: &EventLog, path: &[u8]) -> Option<usize> {
        self.files
            .binary_search_by(|file| log.paths.get(file.path).cmp(path))
            .ok()
    }

    /// The living files below a directory, given with its closing slash.
    pub(crate) fn files_below(&self, log: &EventLog, directory: &[u8]) -> Range<usize> {
        range_below(&self.files, directory, |file| log.paths.get(file.path))
    }

    /// All paths, dead ones too, bytewise.
    pub(crate) fn sorted_paths(&self, log: &EventLog) -> &[PathNumber] {
        self.sorted_paths
            .get_or_init(|| sorted(log, (0..log.paths.count()).collect()))
    }

    /// All paths below a directory, living or not.
    pub(crate) fn paths_below(&self, log: &EventLog, directory: &[u8]) -> &[PathNumber] {
        let paths = self.sorted_paths(log);
        let range = range_below(paths, directory, |&path| log.paths.get(path));
        paths.get(range).unwrap_or_default()
    }
}

/// In bytewise order everything below a directory is one run.
fn range_below<'a, T>(
    sorted: &[T],
    directory: &[u8],
    path: impl Fn(&T) -> &'a [u8],
) -> Range<usize> {
    let start = sorted.partition_point(|item| path(item) < directory);
    let rest = sorted.get(start..).unwrap_or_default();
    let count = rest.partition_point(|item| path(item).starts_with(directory));
    start..start + count
}

/// Per path, whether it is alive, as far as the stream tells.
fn living_paths(
    log: &EventLog,
    by_path: &EventsByPath,
    ancestry: Option<Ancestry<'_>>,
) -> Vec<bool> {
    let ancestry = ancestry.unwrap_or_else(|| Ancestry::of(log));
    let mut living = Living::new(log, by_path, ancestry);
    let paths = 0..log.paths.count();
    paths
        .map(|path| living.is_alive(by_path.events(path)))
        .collect()
}

/// Per path, whether it is in a list.
fn listed_paths(log: &EventLog, list: &[PathNumber]) -> Vec<bool> {
    let mut listed = vec![false; log.paths.len()];
    for &path in list {
        if let Some(place) = listed.get_mut(path as usize) {
            *place = true;
        }
    }
    listed
}

fn sorted(log: &EventLog, mut paths: Vec<PathNumber>) -> Vec<PathNumber> {
    // Stable, since commits list their files in order: the runs are there.
    paths.sort_by(|&a, &b| byte_words::compare(log.paths.get(a), log.paths.get(b)));
    paths
}
