//! The files and commits that a scope means.

use super::fold::Touch;
use super::log::{CommitNumber, PathNumber};
use super::reader::Reader;
use super::scope::Scope;
use mentorship_texts::ordering::sort_by;

/// The files of a scope.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Living files by index.
    pub(crate) living: Vec<usize>,
    /// Touches of files that were listed though the stream has them dead.
    pub(crate) dead: Vec<Vec<Touch>>,
    /// Listed paths that the history does not have.
    pub(crate) missing: u32,
    /// Whether the files were listed one by one, so that the filter is off.
    pub(crate) listed: bool,
}

impl Selection {
    pub(crate) fn living(files: Vec<usize>) -> Self {
        Self {
            living: files,
            ..Self::default()
        }
    }
}

impl Reader<'_> {
    /// The living files of a scope by index, in the order of their paths.
    pub(crate) fn living_files(&self, scope: &Scope<'_>) -> Vec<usize> {
        self.select(scope).living
    }

    pub(crate) fn select(&self, scope: &Scope<'_>) -> Selection {
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
        sort_by(&mut paths, Ord::cmp);
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
