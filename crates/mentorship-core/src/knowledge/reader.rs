//! Readings of scopes from the folded state.

use super::absence::absence_factor;
use super::departures::Fall;
use super::filter::{FileClass, FileFilter};
use super::fold::{Fold, NOBODY, Touch};
use super::greedy::Holdings;
use super::identities::{People, PersonId};
use super::log::{CommitNumber, EventLog, PathNumber, TrailerRole, UNKNOWN_TIME};
use super::reading::{Exclusion, FileCount, Holder, Reading, Readings};
use super::scope::Scope;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Days before the last commit of a scope in which `absence` counts.
pub const ABSENCE_WINDOW_DAYS: i64 = 365;
/// How renames are found: by git, at half of the content.
const RENAME_MODE: &str = "50%";
const ALL_PATHS: &str = "all living paths";
const LISTED_PATHS: &str = "listed files";
const ALL_COMMITS: &str = "non-merge commits";

/// Reads scopes one after the other with the same working memory, whose size is
/// that of the people and commits, not of the scope.
pub(crate) struct Reader<'a> {
    log: &'a EventLog,
    fold: &'a Fold,
    people: &'a People,
    filter: FileFilter,
    tally: Tally,
    holdings: Holdings,
    /// Per commit, the last question that counted it.
    counted: Vec<u32>,
    question: u32,
}

/// Which of the two readings of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Model {
    Authorship,
    Recent,
}

impl Model {
    pub(crate) fn holds(self, touch: &Touch) -> bool {
        match self {
            Self::Authorship => touch.is_author,
            Self::Recent => touch.is_major,
        }
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        log: &'a EventLog,
        fold: &'a Fold,
        people: &'a People,
        filter: FileFilter,
    ) -> Self {
        Self {
            log,
            fold,
            people,
            filter,
            tally: Tally::new(people.all.len()),
            holdings: Holdings::default(),
            counted: vec![0; log.commits.len()],
            question: 0,
        }
    }

    /// `left` says by person who is gone.
    pub(crate) fn readings(&mut self, scope: &Scope<'_>, left: &[bool]) -> Readings {
        let selection = self.select(scope);
        Readings {
            authorship: self.of_files(Model::Authorship, &selection, left),
            recent: self.of_files(Model::Recent, &selection, left),
            absence: self.absence(scope, left),
        }
    }

    /// The commits that touch a scope, merges and ignored revisions not, each
    /// once, with the events of dead paths too.
    pub(crate) fn commits_touching(&mut self, scope: &Scope<'_>) -> Vec<CommitNumber> {
        self.question += 1;
        let mut commits = Vec::new();
        match (scope, scope.directory()) {
            (Scope::Repository | Scope::Subtree(_), None) => {
                for (commit, credit) in (0..).zip(&self.fold.credits) {
                    if credit.counts && !self.log.events_of(commit).is_empty() {
                        commits.push(commit);
                    }
                }
            }
            (_, Some(directory)) => {
                for &path in self.fold.paths_below(self.log, directory.as_bytes()) {
                    self.collect_commits(path, &mut commits);
                }
            }
            (Scope::Paths(wanted), _) => {
                for &path in &self.fold.sorted_paths {
                    if wanted(self.log.paths.get(path)) {
                        self.collect_commits(path, &mut commits);
                    }
                }
            }
            (Scope::Files(paths), _) => {
                for path in *paths {
                    if let Some(path) = self.log.paths.find(path.as_bytes()) {
                        self.collect_commits(path, &mut commits);
                    }
                }
            }
        }
        commits
    }

    fn collect_commits(&mut self, path: PathNumber, commits: &mut Vec<CommitNumber>) {
        for event in self.fold.events(path) {
            let commit = event.number();
            let counts = self
                .fold
                .credits
                .get(commit as usize)
                .is_some_and(|credit| credit.counts);
            match self.counted.get_mut(commit as usize) {
                Some(last) if *last != self.question && counts => *last = self.question,
                _ => continue,
            }
            commits.push(commit);
        }
    }

    pub(crate) fn people_count(&self) -> usize {
        self.people.all.len()
    }

    /// The author time of a commit; `None` where git could not read it.
    pub(crate) fn time_of(&self, commit: CommitNumber) -> Option<i64> {
        let time = self.log.commits.get(commit as usize)?.time;
        (time != UNKNOWN_TIME).then_some(time)
    }

    /// Whom a commit counts for; nobody where a bot made it.
    pub(crate) fn author_of(&self, commit: CommitNumber) -> Option<PersonId> {
        let credit = self.fold.credits.get(commit as usize)?;
        (credit.author != NOBODY).then_some(credit.author)
    }

    /// The people whom a commit's trailers name in one role.
    pub(crate) fn named(
        &self,
        commit: CommitNumber,
        role: TrailerRole,
    ) -> impl Iterator<Item = PersonId> {
        self.log.named_by_trailers(commit, role, self.people)
    }

    /// The living files of a scope by index, in the order of their paths.
    pub(crate) fn living_files(&self, scope: &Scope<'_>) -> Vec<usize> {
        self.select(scope).living
    }

    pub(crate) fn path_of(&self, file: usize) -> &'a [u8] {
        let file = self.fold.files.get(file);
        file.map_or(&[], |file| self.log.paths.get(file.path))
    }

    pub(crate) fn class_of(&self, file: usize) -> Option<FileClass> {
        self.fold.files.get(file).map(|file| file.class)
    }

    pub(crate) fn touches(&self, file: usize) -> &'a [Touch] {
        self.fold.touches(file)
    }

    /// The bus factors of a scope before and after people leave: by authorship
    /// and by recent knowledge.
    pub(crate) fn falls(
        &mut self,
        scope: &Scope<'_>,
        before: &[bool],
        after: &[bool],
    ) -> (Fall, Fall) {
        let selection = self.select(scope);
        let mut fall = |model| Fall {
            from: self.of_files(model, &selection, before).bus_factor,
            to: self.of_files(model, &selection, after).bus_factor,
        };
        (fall(Model::Authorship), fall(Model::Recent))
    }

    fn select(&self, scope: &Scope<'_>) -> Selection {
        let living = match (scope, scope.directory()) {
            (Scope::Repository | Scope::Subtree(_), None) => (0..self.fold.files.len()).collect(),
            (_, Some(directory)) => self
                .fold
                .files_below(self.log, directory.as_bytes())
                .collect(),
            (Scope::Paths(wanted), _) => (0..self.fold.files.len())
                .filter(|&file| {
                    let file = self.fold.files.get(file);
                    file.is_some_and(|file| wanted(self.log.paths.get(file.path)))
                })
                .collect(),
            (Scope::Files(paths), _) => return self.select_listed(paths),
        };
        Selection::living(living)
    }

    fn select_listed(&self, paths: &[&str]) -> Selection {
        let mut selection = Selection {
            listed: true,
            ..Selection::default()
        };
        let mut paths = paths.to_vec();
        paths.sort_unstable();
        paths.dedup();
        for path in paths {
            let path = path.as_bytes();
            if let Some(file) = self.fold.living_file(self.log, path) {
                selection.living.push(file);
            } else if let Some(path) = self.log.paths.find(path) {
                let touches = self.fold.touches_of_path(self.log, self.people, path);
                selection.dead.push(touches);
            } else {
                selection.missing += 1;
            }
        }
        selection
    }

    pub(crate) fn of_files(
        &mut self,
        model: Model,
        selection: &Selection,
        left: &[bool],
    ) -> Reading {
        let mut excluded: BTreeMap<Exclusion, u32> = BTreeMap::new();
        let mut exclude = |reason| *excluded.entry(reason).or_insert(0) += 1;
        self.tally.clear();
        self.holdings.clear();
        let mut orphaned = 0;
        let mut without_history = 0;
        let living = selection.living.iter().filter_map(|&index| {
            let file = self.fold.files.get(index)?;
            if self.fold.events(file.path).is_empty() {
                without_history += 1;
                return None;
            }
            Some((Some(file.class), Cow::Borrowed(self.fold.touches(index))))
        });
        let dead = selection
            .dead
            .iter()
            .map(|touches| (None, Cow::Borrowed(touches.as_slice())));
        for (class, touches) in living.chain(dead) {
            let filtered = class.filter(|&class| {
                model == Model::Authorship && !selection.listed && !self.filter.counts(class)
            });
            if let Some(class) = filtered {
                exclude(Exclusion::Class(class));
                continue;
            }
            if model == Model::Recent && !touches.iter().any(|touch| touch.recent > 0.0) {
                exclude(Exclusion::NotInWindow);
                continue;
            }
            if touches.is_empty() {
                exclude(Exclusion::NobodysWork);
                continue;
            }
            let holders = touches
                .iter()
                .filter(|touch| model.holds(touch))
                .map(|touch| touch.person);
            let mut held = false;
            let mut all_left = true;
            for holder in holders.clone() {
                held = true;
                all_left &= has_left(left, holder);
            }
            orphaned += u32::from(held && all_left);
            self.holdings.add_file(holders);
            for touch in touches.iter() {
                self.tally
                    .add(touch.person, model.holds(touch), touch.changes);
            }
        }
        if selection.missing + without_history > 0 {
            let missing = selection.missing + without_history;
            excluded.insert(Exclusion::NotInHistory, missing);
        }
        let files = FileCount {
            counted: u32::try_from(self.holdings.file_count()).unwrap_or(u32::MAX),
            excluded: excluded.into_iter().collect(),
            orphaned,
        };
        let filter_version = match (selection.listed, model) {
            (true, _) => LISTED_PATHS,
            (false, Model::Authorship) => self.filter.version(),
            (false, Model::Recent) => ALL_PATHS,
        };
        self.reading_of_tally(files, filter_version, left)
    }

    fn reading_of_tally(
        &mut self,
        files: FileCount,
        filter_version: &'static str,
        left: &[bool],
    ) -> Reading {
        let people = self.tally.holders(files.counted, left);
        let published = self.tally.ranked(&people, |_| false);
        let published = self
            .holdings
            .remove_in_order(|person| published.rank(person));
        let remaining = self.tally.ranked(&people, |person| has_left(left, person));
        let remaining = self
            .holdings
            .remove_in_order(|person| remaining.rank(person));
        let anything = files.counted > 0;
        Reading {
            bus_factor: anything.then_some(remaining.removed),
            as_published: anything.then_some(published.removed),
            coverage: remaining.covered,
            people,
            files,
            rename_mode: RENAME_MODE,
            filter_version,
            last_commit: self.fold.last_commit,
        }
    }

    /// One contribution each for author and co-authors of every commit that
    /// touched the scope in the year before its last one.
    fn absence(&mut self, scope: &Scope<'_>, left: &[bool]) -> Reading {
        let commits = self.commits_touching(scope);
        let mut tally = std::mem::replace(&mut self.tally, Tally::new(0));
        let time = |commit: CommitNumber| Some(self.time_of(commit)?.min(self.fold.last_commit));
        let last = commits.iter().filter_map(|&commit| time(commit)).max();
        let since = last.map_or(i64::MAX, |last| last - ABSENCE_WINDOW_DAYS * 86_400);
        tally.clear();
        let mut counted = 0;
        for &commit in &commits {
            if time(commit).is_some_and(|time| time >= since) {
                self.contributors(commit, &mut |person| {
                    counted += 1;
                    tally.add(person, true, 1);
                });
            }
        }
        let people = tally.holders(counted, left);
        self.tally = tally;
        let contributions = |of: &dyn Fn(&Holder) -> bool| {
            people
                .iter()
                .filter(|holder| of(holder))
                .map(|holder| f64::from(holder.files))
                .collect::<Vec<_>>()
        };
        let published = absence_factor(contributions(&|_| true));
        let remaining = absence_factor(contributions(&|holder| !holder.left));
        let named = people
            .iter()
            .filter(|holder| !holder.left)
            .take(remaining as usize);
        let covered: u32 = named.map(|holder| holder.files).sum();
        let by_leavers: u32 = people
            .iter()
            .filter(|holder| holder.left)
            .map(|holder| holder.files)
            .sum();
        Reading {
            bus_factor: (counted > 0).then_some(remaining),
            as_published: (counted > 0).then_some(published),
            coverage: match counted {
                0 => 0.0,
                _ => f64::from(counted - covered - by_leavers) / f64::from(counted),
            },
            people,
            files: FileCount {
                counted,
                excluded: Vec::new(),
                orphaned: 0,
            },
            rename_mode: RENAME_MODE,
            filter_version: ALL_COMMITS,
            last_commit: last.unwrap_or(self.fold.last_commit),
        }
    }
}

/// The files of a scope.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Living files by index.
    living: Vec<usize>,
    /// Touches of files that were listed though the stream has them dead.
    dead: Vec<Vec<Touch>>,
    /// Listed paths that the history does not have.
    missing: u32,
    /// Whether the files were listed one by one, so that the filter is off.
    listed: bool,
}

impl Selection {
    pub(crate) fn living(files: Vec<usize>) -> Self {
        Self {
            living: files,
            ..Self::default()
        }
    }
}

pub(crate) fn has_left(left: &[bool], person: PersonId) -> bool {
    left.get(person as usize).copied().unwrap_or(false)
}

/// Counts per person, cleared at the cost of those present.
#[derive(Debug)]
pub(crate) struct Tally {
    counts: Vec<(u32, u32)>,
    present: Vec<PersonId>,
    ranks: Vec<u32>,
}

pub(crate) struct Ranked<'a>(&'a [u32]);

impl Ranked<'_> {
    fn rank(&self, person: PersonId) -> Option<u32> {
        self.0
            .get(person as usize)
            .copied()
            .filter(|&rank| rank != u32::MAX)
    }
}

impl Tally {
    fn new(people: usize) -> Self {
        Self {
            counts: vec![(0, 0); people],
            present: Vec::new(),
            ranks: vec![u32::MAX; people],
        }
    }

    fn clear(&mut self) {
        for &person in &self.present {
            if let Some(count) = self.counts.get_mut(person as usize) {
                *count = (0, 0);
            }
        }
        self.present.clear();
    }

    fn add(&mut self, person: PersonId, holds: bool, changes: u32) {
        if let Some(count) = self.counts.get_mut(person as usize) {
            if *count == (0, 0) {
                self.present.push(person);
            }
            count.0 += u32::from(holds);
            // A reviewer has no changes and is present all the same.
            count.1 += changes.max(u32::from(!holds && count.0 == 0));
        }
    }

    fn holders(&self, counted: u32, left: &[bool]) -> Vec<Holder> {
        let mut holders: Vec<Holder> = self
            .present
            .iter()
            .filter_map(|&person| {
                let &(files, changes) = self.counts.get(person as usize)?;
                (files > 0).then(|| Holder {
                    person,
                    files,
                    share: f64::from(files) / f64::from(counted.max(1)),
                    changes,
                    left: has_left(left, person),
                })
            })
            .collect();
        holders.sort_by(|a, b| {
            b.files
                .cmp(&a.files)
                .then_with(|| b.changes.cmp(&a.changes))
                .then_with(|| a.person.cmp(&b.person))
        });
        holders
    }

    fn ranked(&mut self, holders: &[Holder], gone: impl Fn(PersonId) -> bool) -> Ranked<'_> {
        let mut next = 0;
        for holder in holders {
            if let Some(rank) = self.ranks.get_mut(holder.person as usize) {
                *rank = u32::MAX;
                if !gone(holder.person) {
                    *rank = next;
                    next += 1;
                }
            }
        }
        Ranked(&self.ranks)
    }
}
