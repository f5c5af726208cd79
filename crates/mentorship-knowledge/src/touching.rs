//! The commits that a scope means.

use super::log::{CommitNumber, PathNumber};
use super::reader::Reader;
use super::scope::Scope;

impl Reader<'_> {
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
                for &path in self.fold.sorted_paths(self.log) {
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
}
