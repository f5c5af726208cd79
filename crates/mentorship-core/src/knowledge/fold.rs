//! The events folded by file: who did how much on every living file, and who
//! holds it.
//!
//! A file's history is that of its path and, transitively, of every path that
//! it was renamed from. `authorship` follows renames of all time, as its
//! reference tool does; `recent` those of its window, since a path left long
//! ago may name another file by now.

use super::ancestry::Ancestry;
use super::filter::{Classifier, FileClass};
use super::formula::{self, Contribution, Weights};
use super::identities::{People, PersonId};
use super::living::Living;
use super::log::{CommitNumber, Event, EventKind, EventLog, PathNumber, TrailerRole, UNKNOWN_TIME};
use hashbrown::HashSet;
use std::ops::Range;

/// What one person did on one file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Touch {
    pub(crate) person: PersonId,
    /// Additions, modifications and renames.
    pub(crate) changes: u32,
    /// What the person knows of the file by [`formula::recent_knowledge`].
    pub(crate) recent: f64,
    /// Whether the person is an author by [`formula::degree_of_authorship`].
    pub(crate) is_author: bool,
    /// Whether the person is a major contributor of the window.
    pub(crate) is_major: bool,
}

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
    /// All paths, dead ones too, bytewise.
    pub(crate) sorted_paths: Vec<PathNumber>,
    by_path: EventsByPath,
    pub(crate) credits: Vec<Credit>,
    /// Author time of the last commit, in seconds.
    pub(crate) last_commit: i64,
}

/// Whom a commit counts for, and how much.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Credit {
    /// The author; [`NOBODY`] for bots, and for merges and ignored revisions,
    /// which count for nobody.
    pub(crate) author: PersonId,
    /// Whole days from the commit to the last one; [`Credit::TOO_OLD`] before
    /// the window of `recent`.
    age_days: u16,
    has_trailers: bool,
    /// Whether the commit counts at all.
    pub(crate) counts: bool,
}

/// Stands for an author who does not count.
pub(crate) const NOBODY: PersonId = PersonId::MAX;

impl Credit {
    const TOO_OLD: u16 = u16::MAX;

    fn in_window(self) -> bool {
        self.age_days != Self::TOO_OLD
    }
}

/// The events of every path in the order of the stream, and its renames.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventsByPath {
    /// Where a path's events end in `events`.
    ends: Vec<u32>,
    /// Events with commit numbers.
    events: Vec<Event>,
    /// Ordered by target.
    renames: Vec<Rename>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rename {
    target: PathNumber,
    source: PathNumber,
    commit: CommitNumber,
}

impl EventsByPath {
    fn of(log: &EventLog) -> Self {
        let mut ends = vec![0_u32; log.paths.len() + 1];
        for event in &log.events {
            if let Some(count) = ends.get_mut(event.number() as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        // `ends[path]` is where the path's events begin, and moves to where
        // they end while they are put in place.
        let mut events = vec![Event::default(); log.events.len()];
        let mut renames = Vec::new();
        let mut start = 0;
        for (commit, row) in (0..).zip(&log.commits) {
            let of_commit = log
                .events
                .get(start as usize..row.events_end as usize)
                .unwrap_or_default();
            start = row.events_end;
            let mut left = None;
            for event in of_commit {
                let path = event.number();
                if let Some(place) = ends.get_mut(path as usize) {
                    if let Some(event_place) = events.get_mut(*place as usize) {
                        *event_place = event.with_number(commit);
                    }
                    *place += 1;
                }
                if let (EventKind::RenamedHere, Some(source)) = (event.kind(), left) {
                    renames.push(Rename {
                        target: path,
                        source,
                        commit,
                    });
                }
                left = (event.kind() == EventKind::RenamedAway).then_some(path);
            }
        }
        ends.pop();
        renames.sort_unstable();
        Self {
            ends,
            events,
            renames,
        }
    }

    pub(crate) fn events(&self, path: PathNumber) -> &[Event] {
        let path = path as usize;
        let end = self.ends.get(path).copied().unwrap_or(0);
        let start = path
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.events
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    fn renames_to(&self, path: PathNumber) -> &[Rename] {
        let start = self.renames.partition_point(|rename| rename.target < path);
        let rest = self.renames.get(start..).unwrap_or_default();
        let count = rest.partition_point(|rename| rename.target == path);
        rest.get(..count).unwrap_or_default()
    }
}

/// What the fold needs beside the events.
pub(crate) struct FoldSettings<'a> {
    pub(crate) people: &'a People,
    /// Commits that count for nobody, such as reformattings.
    pub(crate) ignored: &'a HashSet<CommitNumber, foldhash::fast::FixedState>,
    /// Dates later than this are taken for it.
    pub(crate) not_after: Option<i64>,
    /// The living paths, where they are known.
    pub(crate) tree: Option<Vec<PathNumber>>,
    /// Who descends from whom, where it was asked already.
    pub(crate) ancestry: Option<Ancestry<'a>>,
}

impl Fold {
    pub(crate) fn of(
        log: &EventLog,
        settings: FoldSettings<'_>,
        classifier: &mut Classifier,
    ) -> Self {
        let last_commit = last_commit(log, settings.not_after);
        let mut fold = Self {
            files: Vec::new(),
            touches: Vec::new(),
            sorted_paths: sorted_paths(log),
            by_path: EventsByPath::of(log),
            credits: credits(log, &settings, last_commit),
            last_commit,
        };
        let mut folder = Folder::new(log, settings.people);
        let is_alive = match settings.tree {
            Some(tree) => listed_paths(log, &tree),
            None => living_paths(log, &fold.by_path, settings.ancestry),
        };
        let mut touches = Vec::new();
        let mut files = Vec::new();
        for &path in &fold.sorted_paths {
            if is_alive.get(path as usize) != Some(&true) {
                continue;
            }
            folder.fold_file(&fold, path, &mut touches);
            files.push(File {
                path,
                class: classifier.class(log.paths.get(path)),
                // Touches are at most events plus trailers, which are counted
                // in 32 bits.
                touches_end: u32::try_from(touches.len()).unwrap_or(u32::MAX),
            });
        }
        fold.files = files;
        fold.touches = touches;
        fold
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

    /// What everybody did on any path, a dead one too.
    pub(crate) fn touches_of_path(
        &self,
        log: &EventLog,
        people: &People,
        path: PathNumber,
    ) -> Vec<Touch> {
        let mut touches = Vec::new();
        Folder::new(log, people).fold_file(self, path, &mut touches);
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

    /// All paths below a directory, living or not.
    pub(crate) fn paths_below(&self, log: &EventLog, directory: &[u8]) -> &[PathNumber] {
        let range = range_below(&self.sorted_paths, directory, |&path| log.paths.get(path));
        self.sorted_paths.get(range).unwrap_or_default()
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

fn sorted_paths(log: &EventLog) -> Vec<PathNumber> {
    let mut paths: Vec<PathNumber> = (0..log.paths.count()).collect();
    // Stable, since commits list their files in order: the runs are there.
    paths.sort_by(|&a, &b| log.paths.get(a).cmp(log.paths.get(b)));
    paths
}

/// The author time of the tip. It dates the window rather than the latest time
/// of any commit, so that one wrong clock does not empty a reading.
fn last_commit(log: &EventLog, not_after: Option<i64>) -> i64 {
    let readable = |time: i64| (time != UNKNOWN_TIME).then_some(time);
    let tip = log.commits.last().and_then(|commit| readable(commit.time));
    let time = tip.or_else(|| {
        log.commits
            .iter()
            .filter_map(|commit| readable(commit.time))
            .max()
    });
    let time = time.unwrap_or(0);
    not_after.map_or(time, |latest| time.min(latest))
}

fn credits(log: &EventLog, settings: &FoldSettings<'_>, last_commit: i64) -> Vec<Credit> {
    let mut credits: Vec<Credit> = (0..)
        .zip(&log.commits)
        .map(|(number, commit)| {
            let counts = log.parents_of(number).len() < 2 && !settings.ignored.contains(&number);
            let author = settings.people.of_identity(commit.author);
            Credit {
                author: if counts && !settings.people.is_bot(author) {
                    author
                } else {
                    NOBODY
                },
                age_days: age_in_window(commit.time, last_commit),
                has_trailers: false,
                counts,
            }
        })
        .collect();
    for trailer in &log.trailers {
        if let Some(credit) = credits.get_mut(trailer.commit as usize) {
            credit.has_trailers = true;
        }
    }
    credits
}

/// Whole days, as the published tool counts them. A commit dated after the
/// last one is as fresh as it: its clock is wrong, its place is not.
fn age_in_window(time: i64, last_commit: i64) -> u16 {
    let seconds = last_commit.saturating_sub(time).max(0);
    if time == UNKNOWN_TIME || seconds > formula::RECENT_WINDOW_DAYS * 86_400 {
        return Credit::TOO_OLD;
    }
    u16::try_from(seconds / 86_400).unwrap_or(Credit::TOO_OLD)
}

/// Folds one file after the other with the same working memory.
struct Folder<'a> {
    log: &'a EventLog,
    people: &'a People,
    weights: Weights,
    /// Per person; valid where its `file` is the current one.
    sums: Vec<Sum>,
    /// The people of the current file.
    present: Vec<PersonId>,
    /// Per path, the last file whose history took it in.
    taken: Vec<u32>,
    /// Per path, the last file that it became by renames of the window.
    taken_recently: Vec<u32>,
    file: u32,
    queue: Vec<PathNumber>,
    degrees: Vec<f64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    file: u32,
    contribution: Contribution,
}

impl<'a> Folder<'a> {
    fn new(log: &'a EventLog, people: &'a People) -> Self {
        Self {
            log,
            people,
            weights: Weights::new(),
            sums: vec![Sum::default(); people.all.len()],
            present: Vec::new(),
            taken: vec![0; log.paths.len()],
            taken_recently: vec![0; log.paths.len()],
            file: 0,
            queue: Vec::new(),
            degrees: Vec::new(),
        }
    }

    fn fold_file(&mut self, fold: &Fold, path: PathNumber, touches: &mut Vec<Touch>) {
        self.file += 1;
        self.present.clear();
        if fold.by_path.renames_to(path).is_empty() {
            self.add_events(fold, path, true);
        } else {
            self.add_renamed(fold, path);
        }
        self.present.sort_unstable();
        let contributions = self
            .present
            .iter()
            .filter_map(|&person| Some((person, self.sums.get(person as usize)?.contribution)));
        formula::hold(contributions, touches, &mut self.degrees);
    }

    /// Adds the events of every path that the file had. Their order does not
    /// matter: everything added up is an integer.
    fn add_renamed(&mut self, fold: &Fold, path: PathNumber) {
        let is_recent = |commit: CommitNumber| {
            fold.credits
                .get(commit as usize)
                .is_some_and(|credit| credit.in_window())
        };
        let file = self.file;
        let take = |seen: &mut [u32], path: PathNumber| match seen.get_mut(path as usize) {
            Some(last) if *last != file => {
                *last = file;
                true
            }
            _ => false,
        };
        take(&mut self.taken_recently, path);
        self.queue.push(path);
        while let Some(path) = self.queue.pop() {
            for rename in fold.by_path.renames_to(path) {
                if is_recent(rename.commit) && take(&mut self.taken_recently, rename.source) {
                    self.queue.push(rename.source);
                }
            }
        }
        take(&mut self.taken, path);
        self.queue.push(path);
        while let Some(path) = self.queue.pop() {
            let recently = self.taken_recently.get(path as usize) == Some(&file);
            self.add_events(fold, path, recently);
            for rename in fold.by_path.renames_to(path) {
                if take(&mut self.taken, rename.source) {
                    self.queue.push(rename.source);
                }
            }
        }
    }

    fn add_events(&mut self, fold: &Fold, path: PathNumber, recently: bool) {
        for event in fold.by_path.events(path) {
            let Some(&credit) = fold.credits.get(event.number() as usize) else {
                continue;
            };
            if credit.counts && is_work(event.kind()) {
                let weight = match recently && credit.in_window() {
                    true => self.weights.of_age(credit.age_days),
                    false => 0,
                };
                if let Some(contribution) = self.contribution(credit.author) {
                    contribution.author(event.kind(), weight);
                }
                if credit.has_trailers && weight > 0 {
                    self.add_trailers(event, weight);
                }
            }
        }
    }

    /// Co-authors and reviewers know a change as its author does; who wrote it
    /// counts once.
    fn add_trailers(&mut self, event: &Event, weight: u64) {
        let log = self.log;
        let commit = event.number();
        let author = log
            .commits
            .get(commit as usize)
            .map(|commit| self.people.of_identity(commit.author));
        for role in [TrailerRole::CoAuthor, TrailerRole::Reviewer] {
            for person in log.named_by_trailers(commit, role, self.people) {
                if Some(person) == author {
                    continue;
                }
                if let Some(contribution) = self.contribution(person) {
                    match role {
                        TrailerRole::CoAuthor => contribution.co_author(event.kind(), weight),
                        TrailerRole::Reviewer => contribution.reviewer(weight),
                    }
                }
            }
        }
    }

    fn contribution(&mut self, person: PersonId) -> Option<&mut Contribution> {
        let sum = self.sums.get_mut(person as usize)?;
        if sum.file != self.file {
            *sum = Sum {
                file: self.file,
                contribution: Contribution::default(),
            };
            self.present.push(person);
        }
        Some(&mut sum.contribution)
    }
}

/// Whether an event is somebody's work on the file; copies, deletions and
/// changes of type are not.
fn is_work(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Added | EventKind::Modified | EventKind::RenamedHere
    )
}
