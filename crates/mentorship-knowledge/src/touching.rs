//! The commits that a scope means.

use super::log::{CommitNumber, PathNumber};
use super::reader::Reader;
use super::scope::Scope;
use std::collections::BinaryHeap;

/// Later than every commit.
pub(crate) const ALWAYS: i64 = i64::MAX;

impl Reader<'_> {
    /// The commits that touch a scope, merges and ignored revisions not, each
    /// once, with the events of dead paths too.
    pub(crate) fn commits_touching(&mut self, scope: &Scope<'_>) -> Vec<CommitNumber> {
        self.question += 1;
        let mut commits = Vec::new();
        let Some(paths) = self.paths_of(scope) else {
            for (commit, credit) in (0..).zip(&self.fold.credits) {
                if credit.counts && !self.log.events_of(commit).is_empty() {
                    commits.push(commit);
                }
            }
            return commits;
        };
        for path in paths {
            self.collect_commits(path, ALWAYS, &mut commits);
        }
        commits
    }

    /// The same, and those that touched what became a path of the scope by renames,
    /// as long as it was called so. What is called so later is another file: a commit
    /// that is younger than the rename does not count, by author time, so that the
    /// order in which the stream brings two lines of history makes no difference.
    pub(crate) fn commits_behind(&mut self, scope: &Scope<'_>) -> Vec<CommitNumber> {
        let Some(paths) = self.paths_of(scope) else {
            return self.commits_touching(scope);
        };
        let mut commits = Vec::new();
        for (until, path) in self.names_of(paths) {
            self.collect_commits(path, until, &mut commits);
        }
        commits
    }

    /// Paths and what they were called before, each once, with the author time of the
    /// rename that ended it; the paths themselves have no end.
    pub(crate) fn names_of(&mut self, paths: Vec<PathNumber>) -> Vec<(i64, PathNumber)> {
        self.question += 1;
        let mut names = Vec::new();
        let mut now = paths.into_iter().map(|path| (ALWAYS, path));
        // What was left last comes first, so that a path is looked at once.
        let mut before = BinaryHeap::new();
        while let Some((until, path)) = now.next().or_else(|| before.pop()) {
            match self.followed.get_mut(path as usize) {
                Some(last) if *last != self.question => *last = self.question,
                _ => continue,
            }
            names.push((until, path));
            for rename in self.fold.renames_to(path) {
                let time = self.time_of(rename.commit).unwrap_or(until);
                if time <= until {
                    before.push((time, rename.source));
                }
            }
        }
        names
    }

    /// The paths of a scope, living or not; `None` for the whole repository.
    pub(crate) fn paths_of(&self, scope: &Scope<'_>) -> Option<Vec<PathNumber>> {
        let (log, fold) = (self.log, self.fold);
        if let Some(directory) = scope.directory() {
            return Some(fold.paths_below(log, directory.as_bytes()).to_vec());
        }
        match scope {
            Scope::Repository | Scope::Subtree(_) => None,
            Scope::Paths(wanted) => {
                let paths = fold.sorted_paths(log).iter().copied();
                Some(paths.filter(|&path| wanted(log.paths.get(path))).collect())
            }
            Scope::Files(paths) => {
                let paths = paths.iter();
                let known = paths.filter_map(|path| log.paths.find(path.as_bytes()));
                Some(known.collect())
            }
        }
    }

    fn collect_commits(&mut self, path: PathNumber, until: i64, commits: &mut Vec<CommitNumber>) {
        for event in self.fold.events(path) {
            let commit = event.number();
            let credit = self.fold.credits.get(commit as usize);
            let counts = credit.is_some_and(|credit| credit.counts)
                && self.time_of(commit).is_none_or(|time| time <= until);
            match self.counted.get_mut(commit as usize) {
                Some(last) if *last != self.question && counts => *last = self.question,
                _ => continue,
            }
            commits.push(commit);
        }
    }
}
