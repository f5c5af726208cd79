//! The history of one repository: taken in as it arrives, folded once, asked about any
//! scope.

use crate::ancestry::Ancestry;
use crate::fold::{Fold, FoldSettings};
use crate::identities::People;
use crate::log::{CommitNumber, EventLog, PathNumber};
use crate::reader::{Memory, Model, Reader};
use crate::stream::{HistoryDecoder, HistoryError, Record};
use crate::{
    Activity, AliasGroups, Directory, Fall, FileClass, Loss, LossLimits, Person, PersonSet,
    Readings, Scope, Settings, StateError, Summary, TreeLimits, state,
};
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The history of one repository.
pub struct History {
    settings: Settings,
    decoder: HistoryDecoder,
    pub(crate) log: EventLog,
    pub(crate) people: People,
    /// The names and addresses of catalog users who have several.
    pub(crate) users: AliasGroups,
    tree: Option<Vec<PathNumber>>,
    continues: Option<Continuation>,
    pub(crate) fold: Option<Fold>,
    /// Kept from question to question.
    memory: Mutex<Memory>,
}

/// What was there before a stored history is continued.
#[derive(Debug, Clone, Copy)]
struct Continuation {
    commits: u32,
    open_parents: u32,
}

impl Continuation {
    /// A continuation is as good as a history read from the beginning exactly
    /// where every new commit's parents are known and the new tip descends from
    /// the old one. Returns what had to be found out for it.
    fn check(self, log: &EventLog) -> Result<Option<Ancestry<'_>>, HistoryError> {
        if log.open_parents > self.open_parents {
            return Err(HistoryError::RebuildNeeded {
                reason: "a new commit has a parent that the stored history does not know",
            });
        }
        let (Some(old_tip), Some(new_tip)) = (
            self.commits.checked_sub(1),
            log.commit_count().checked_sub(1),
        ) else {
            return Ok(None);
        };
        let mut ancestry = Ancestry::of(log);
        match ancestry.is_ancestor(old_tip, new_tip) {
            true => Ok(Some(ancestry)),
            false => Err(HistoryError::RebuildNeeded {
                reason: "the last commit does not descend from the stored one",
            }),
        }
    }
}

impl History {
    /// An empty history.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            decoder: HistoryDecoder::default(),
            log: EventLog::default(),
            people: People::default(),
            users: AliasGroups::new(),
            tree: None,
            continues: None,
            fold: None,
            memory: Mutex::default(),
        }
    }

    /// A history stored by [`Self::store`], to be continued with the stream of
    /// `<stored tip>..<new tip>`, or asked at once after [`Self::finish`].
    ///
    /// Aliases, bots, ignored revisions and the file filter may differ from
    /// those of the run that stored it: they are applied anew. What git applied
    /// itself may not, and is told by `basis`: any text that changes when the
    /// mailmap or the rename mode does.
    ///
    /// # Errors
    /// [`StateError`] where the bytes cannot be continued. The history is then
    /// to be collected from the beginning.
    pub fn restore(settings: Settings, stored: &[u8], basis: &str) -> Result<Self, StateError> {
        let log = state::read(stored, basis)?;
        Ok(Self {
            continues: Some(Continuation {
                commits: log.commit_count(),
                open_parents: log.open_parents,
            }),
            log,
            ..Self::new(settings)
        })
    }

    /// The history as bytes, for [`Self::restore`] on the same basis. To be
    /// stored after [`Self::finish`] only: before, it may end inside a commit.
    pub fn store(&self, basis: &str) -> Vec<u8> {
        state::write(&self.log, basis)
    }

    /// Full name of the last commit, from where a continuation goes on.
    pub fn tip(&self) -> Option<String> {
        let tip = self.log.last_name();
        (!tip.is_empty()).then(|| String::from_utf8_lossy(tip).into_owned())
    }

    /// Takes the next bytes of the stream, in pieces of any size.
    pub fn push(&mut self, chunk: &[u8]) {
        self.fold = None;
        let Self {
            settings,
            decoder,
            log,
            ..
        } = self;
        decoder.push(chunk, &mut |record| match record {
            Record::Commit(header) => log.begin_commit(&header, &settings.mailmap),
            Record::Change(change) => log.change(&change),
        });
    }

    /// Says which files live, for the next [`Self::finish`]: what
    /// `git ls-tree -r -z --name-only <rev>` prints, one path before each NUL.
    ///
    /// Without it the stream decides, which knows nothing of what merges
    /// themselves removed or moved: about one path in a hundred comes out
    /// wrong in histories with many of them.
    pub fn use_tree(&mut self, listing: &[u8]) {
        let paths = listing.split(|&byte| byte == 0);
        let paths = paths.filter(|path| !path.is_empty());
        let replaced = self.replaced_paths();
        let numbers = paths.filter_map(|path| match replaced.get(path) {
            Some(&number) => Some(number),
            None => self.log.paths.intern(path),
        });
        self.tree = Some(numbers.collect());
        self.fold = None;
    }

    /// The paths that are no UTF-8, by what a listing makes of them that went
    /// through text.
    fn replaced_paths(&self) -> HashMap<Vec<u8>, PathNumber, FixedState> {
        let paths = (0..self.log.paths.count()).map(|number| (number, self.log.paths.get(number)));
        let broken = paths.filter(|(_, path)| std::str::from_utf8(path).is_err());
        broken
            .map(|(number, path)| (String::from_utf8_lossy(path).into_owned().into(), number))
            .collect()
    }

    /// Ends the stream and folds it. `tip` is the full name of the commit that
    /// has to come last, where the caller knows it: a stream cut between two
    /// commits shows in nothing else.
    ///
    /// # Errors
    /// A stream that is cut short, unreadable or ends elsewhere is an error,
    /// never a smaller history; the history is then to be thrown away.
    pub fn finish(&mut self, tip: Option<&str>) -> Result<Summary, HistoryError> {
        std::mem::take(&mut self.decoder).finish()?;
        self.log.check_size()?;
        self.check_tip(tip)?;
        let ancestry = match self.continues {
            Some(before) => before.check(&self.log)?,
            None => None,
        };
        self.people = self.people_by(&self.users);
        let tree = self.tree.take();
        let fold = self.folded(tree, ancestry);
        let summary = self.summary(&fold);
        self.fold = Some(fold);
        Ok(summary)
    }

    /// The three readings of a scope. `left` are those who have left the
    /// organisation. Before [`Self::finish`] nothing is counted.
    pub fn readings(&self, scope: &Scope<'_>, left: &PersonSet) -> Readings {
        self.with_reader(|reader| {
            let selection = reader.select(scope);
            Readings {
                authorship: reader.of_files(Model::Authorship, &selection, left),
                recent: reader.of_files(Model::Recent, &selection, left),
                absence: reader.absence(scope, left),
            }
        })
    }

    /// What each scope loses when some are `leaving` and others have `left` already.
    /// One call for many scopes is cheaper than many.
    pub fn losses(
        &self,
        scopes: &[Scope<'_>],
        left: &PersonSet,
        leaving: &PersonSet,
        limits: &LossLimits,
    ) -> Vec<Loss> {
        let after = left.and(leaving);
        self.with_reader(|reader| {
            let losses = scopes
                .iter()
                .map(|scope| reader.loss(scope, left, &after, limits));
            losses.collect()
        })
    }

    /// The bus factors of a scope before and after some are `leaving` and others have
    /// `left` already: by authorship and by recent knowledge.
    pub fn falls(&self, scope: &Scope<'_>, left: &PersonSet, leaving: &PersonSet) -> (Fall, Fall) {
        let after = left.and(leaving);
        self.with_reader(|reader| reader.falls(scope, left, &after))
    }

    /// The directories below `directory`, the whole repository where it is
    /// empty, with who holds them.
    pub fn tree(&self, directory: &str, limits: &TreeLimits, left: &PersonSet) -> Directory {
        self.with_reader(|reader| reader.tree(directory, limits, left))
    }

    /// Everybody in the history, bots too, by identity; a [`PersonId`] is the
    /// place in this list.
    pub fn people(&self) -> &[Person] {
        &self.people.all
    }

    /// Those of [`Self::people`] of whom `is` holds.
    pub fn those(&self, is: impl Fn(&Person) -> bool) -> PersonSet {
        PersonSet::of(&self.people.all, is)
    }

    /// Living files by path, bytewise, each with what it is.
    pub fn files(&self) -> impl Iterator<Item = (&[u8], FileClass)> {
        let files = self.fold.iter().flat_map(|fold| &fold.files);
        files.map(|file| (self.log.paths.get(file.path), file.class))
    }

    /// Commits per person, as author or co-author, that touched a scope in
    /// `since..until` (seconds since 1970), without merges: most first, then by
    /// identity. Nobody without a commit is listed.
    pub fn activity(&self, scope: &Scope<'_>, since: i64, until: i64) -> Vec<Activity> {
        self.with_reader(|reader| {
            reader.activity(scope, since..until, |reader, commit, visit| {
                reader.contributors(commit, visit);
            })
        })
    }

    /// The same for commits reviewed, as `Reviewed-by` trailers tell; a
    /// history without them knows no reviewers.
    pub fn reviews(&self, scope: &Scope<'_>, since: i64, until: i64) -> Vec<Activity> {
        self.with_reader(|reader| {
            reader.activity(scope, since..until, |reader, commit, visit| {
                reader.reviewers(commit, visit);
            })
        })
    }

    /// The people of the log, the names and addresses of each of `users` being
    /// one.
    pub(crate) fn people_by(&self, users: &AliasGroups) -> People {
        People::of(&self.log, &self.settings, users)
    }

    /// Folds the log for the people as they are now. `ancestry` is that of the
    /// log, where it was asked already.
    pub(crate) fn folded(
        &self,
        tree: Option<Vec<PathNumber>>,
        ancestry: Option<Ancestry<'_>>,
    ) -> Fold {
        let ignored = self.ignored();
        let settings = FoldSettings {
            people: &self.people,
            ignored: &ignored,
            not_after: self.settings.today,
            filter: self.settings.filter,
            tree,
            ancestry,
        };
        Fold::of(&self.log, settings)
    }

    /// The commits of the log that the settings ignore.
    pub(crate) fn ignored(&self) -> HashSet<CommitNumber, foldhash::fast::FixedState> {
        let names = self.settings.ignored_revisions.iter();
        names
            .filter_map(|name| self.log.commit_named(name.as_bytes()))
            .collect()
    }

    pub(crate) fn with_reader<T>(&self, ask: impl FnOnce(&mut Reader<'_>) -> T) -> T {
        let empty = Fold::default();
        let fold = self.fold.as_ref().unwrap_or(&empty);
        let filter = self.settings.filter;
        // Whoever asks beside another works with memory of their own.
        let memory = std::mem::take(&mut *self.memory());
        let mut reader = Reader::new(&self.log, fold, &self.people, filter, memory);
        let answer = ask(&mut reader);
        *self.memory() = reader.into_memory();
        answer
    }

    /// What no reader works with, in order whatever happened to the last one.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check_tip(&self, tip: Option<&str>) -> Result<(), HistoryError> {
        let found = self.log.last_name();
        match tip {
            Some(tip) if !tip.as_bytes().eq_ignore_ascii_case(found) => {
                Err(HistoryError::OtherTip {
                    expected: tip.to_owned(),
                    found: (!found.is_empty()).then(|| String::from_utf8_lossy(found).into_owned()),
                })
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for History {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("History")
            .field("commits", &self.log.commits.len())
            .field("events", &self.log.events.len())
            .field("finished", &self.fold.is_some())
            .finish_non_exhaustive()
    }
}
