//! Readings of scopes from the folded state.

use super::credit::NOBODY;
use super::filter::{FileClass, FileFilter};
use super::fold::Fold;
use super::formula::Touch;
use super::greedy::{Holdings, Removal};
use super::identities::People;
use super::log::{CommitNumber, EventLog, UNKNOWN_TIME};
use super::person::PersonId;
use super::person_set::PersonSet;
use super::reading::{Exclusion, Fall, FileCount, Holder, Reading};
use super::scope::Scope;
use super::selection::Selection;
use super::stream::TrailerRole;
use super::tally::Tally;
use mentorship_texts::ordering::sort_by;
use std::borrow::Cow;

/// How renames are found: by git, at half of the content.
pub(crate) const RENAME_MODE: &str = "50%";
const ALL_PATHS: &str = "all living paths";
const LISTED_PATHS: &str = "listed files";

/// Reads scopes one after the other with the same working memory, whose size is
/// that of the people, commits and paths, not of the scope; [`Memory`] takes it to the
/// next reader.
pub(crate) struct Reader<'a> {
    pub(crate) log: &'a EventLog,
    pub(crate) fold: &'a Fold,
    pub(crate) people: &'a People,
    filter: FileFilter,
    pub(crate) tally: Tally,
    holdings: Holdings,
    /// Per commit, the last question that counted it.
    pub(crate) counted: Vec<u32>,
    /// Per path, the last question that followed it.
    pub(crate) followed: Vec<u32>,
    pub(crate) question: u32,
}

/// What a reader works with, for the next one.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    tally: Tally,
    holdings: Holdings,
    counted: Vec<u32>,
    followed: Vec<u32>,
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
        memory: Memory,
    ) -> Self {
        let Memory {
            mut tally,
            holdings,
            mut counted,
            mut followed,
            question,
        } = memory;
        if tally.people() != people.all.len() {
            tally = Tally::new(people.all.len());
        }
        // No question has the number 0, and none to come is counted yet.
        counted.resize(log.commits.len(), 0);
        followed.resize(log.paths.len(), 0);
        Self {
            log,
            fold,
            people,
            filter,
            tally,
            holdings,
            counted,
            followed,
            question,
        }
    }

    pub(crate) fn into_memory(self) -> Memory {
        Memory {
            tally: self.tally,
            holdings: self.holdings,
            counted: self.counted,
            followed: self.followed,
            question: self.question,
        }
    }

    /// The files that a scope means.
    pub(crate) fn select(&self, scope: &Scope<'_>) -> Selection {
        Selection::of(self.log, self.fold, self.people, scope)
    }

    /// The living files of a scope by index, in the order of their paths.
    pub(crate) fn living_files(&self, scope: &Scope<'_>) -> Vec<usize> {
        self.select(scope).living
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
        self.people.named_by_trailers(self.log, commit, role)
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
        before: &PersonSet,
        after: &PersonSet,
    ) -> (Fall, Fall) {
        let selection = self.select(scope);
        let mut fall = |model| {
            let files = self.tally_files(model, &selection);
            let people = self.tally.holders(files.counted, before);
            let mut bus_factor = |left| {
                let removal = self.remaining(&people, left);
                (files.counted > 0).then_some(removal.removed)
            };
            Fall {
                from: bus_factor(before),
                to: bus_factor(after),
            }
        };
        (fall(Model::Authorship), fall(Model::Recent))
    }

    pub(crate) fn of_files(
        &mut self,
        model: Model,
        selection: &Selection,
        left: &PersonSet,
    ) -> Reading {
        let mut files = self.tally_files(model, selection);
        files.orphaned = self.holdings.orphaned(|person| left.contains(person));
        let filter_version = match (selection.listed, model) {
            (true, _) => LISTED_PATHS,
            (false, Model::Authorship) => self.filter.version(self.fold.last_commit),
            (false, Model::Recent) => ALL_PATHS,
        };
        self.reading_of_tally(files, filter_version, left)
    }

    /// Files of a selection whose holders have all left.
    pub(crate) fn orphaned(
        &mut self,
        model: Model,
        selection: &Selection,
        left: &PersonSet,
    ) -> u32 {
        self.tally_files(model, selection);
        self.holdings.orphaned(|person| left.contains(person))
    }

    /// Counts the files of a selection, and who holds how many; who has left
    /// does not matter yet.
    fn tally_files(&mut self, model: Model, selection: &Selection) -> FileCount {
        let mut excluded: Vec<(Exclusion, u32)> = Vec::new();
        let mut exclude = |reason, files| match excluded.iter_mut().find(|(of, _)| *of == reason) {
            Some((_, count)) => *count += files,
            None => excluded.push((reason, files)),
        };
        self.tally.clear();
        self.holdings.clear();
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
                exclude(Exclusion::Class(class), 1);
                continue;
            }
            if model == Model::Recent && !touches.iter().any(|touch| touch.recent > 0.0) {
                exclude(Exclusion::NotInWindow, 1);
                continue;
            }
            if touches.is_empty() {
                exclude(Exclusion::NobodysWork, 1);
                continue;
            }
            let holders = touches
                .iter()
                .filter(|touch| model.holds(touch))
                .map(|touch| touch.person);
            self.holdings.add_file(holders);
            for touch in touches.iter() {
                self.tally
                    .add(touch.person, model.holds(touch), touch.changes);
            }
        }
        if selection.missing + without_history > 0 {
            let missing = selection.missing + without_history;
            exclude(Exclusion::NotInHistory, missing);
        }
        sort_by(&mut excluded, Ord::cmp);
        FileCount {
            counted: u32::try_from(self.holdings.file_count()).unwrap_or(u32::MAX),
            excluded,
            orphaned: 0,
        }
    }

    /// What is left of the files tallied last once those who have left are
    /// struck.
    fn remaining(&mut self, people: &[Holder], left: &PersonSet) -> Removal {
        let order = self.tally.ranked(people, |person| left.contains(person));
        self.holdings.remove_in_order(|person| order.rank(person))
    }

    fn reading_of_tally(
        &mut self,
        files: FileCount,
        filter_version: &'static str,
        left: &PersonSet,
    ) -> Reading {
        let people = self.tally.holders(files.counted, left);
        let published = self.remaining(&people, &PersonSet::nobody());
        let remaining = self.remaining(&people, left);
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
}
