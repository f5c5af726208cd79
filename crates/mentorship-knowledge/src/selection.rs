//! The files that a scope means.

use super::fold::Fold;
use super::formula::Touch;
use super::identities::People;
use super::log::EventLog;
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
    /// The files that a scope means, the living ones in the order of their paths.
    pub(crate) fn of(log: &EventLog, fold: &Fold, people: &People, scope: &Scope<'_>) -> Self {
        let living = match (scope, scope.directory()) {
            (Scope::Repository | Scope::Subtree(_), None) => (0..fold.files.len()).collect(),
            (_, Some(directory)) => fold.files_below(log, directory.as_bytes()).collect(),
            (Scope::Paths(wanted), _) => (0..)
                .zip(&fold.files)
                .filter(|(_, file)| wanted(log.paths.get(file.path)))
                .map(|(number, _)| number)
                .collect(),
            (Scope::Files(paths), _) => return Self::listed(log, fold, people, paths),
        };
        Self::living(living)
    }

    fn listed(log: &EventLog, fold: &Fold, people: &People, paths: &[&str]) -> Self {
        let mut selection = Self {
            listed: true,
            ..Self::default()
        };
        let mut paths = paths.to_vec();
        sort_by(&mut paths, Ord::cmp);
        paths.dedup();
        for path in paths {
            let path = path.as_bytes();
            if let Some(file) = fold.living_file(log, path) {
                selection.living.push(file);
            } else if let Some(path) = log.paths.find(path) {
                let touches = fold.touches_of_path(log, people, path);
                selection.dead.push(touches);
            } else {
                selection.missing += 1;
            }
        }
        selection
    }
}
