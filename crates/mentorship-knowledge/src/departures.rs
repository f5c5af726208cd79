//! What a part of a repository loses when people leave, and who could take over.

use super::filter::FileClass;
use super::formula::{Touch, logarithm_after_one};
use super::person::PersonId;
use super::person_set::PersonSet;
use super::reader::Reader;
use super::scope::Scope;
use hashbrown::{HashMap, HashSet};
use mentorship_texts::ordering::sort_by;

/// How much of a loss is listed. Counts are always whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LossLimits {
    /// Files listed.
    pub files: usize,
    /// Directories listed.
    pub directories: usize,
    /// People listed who could take over.
    pub successors: usize,
}

impl Default for LossLimits {
    fn default() -> Self {
        Self {
            files: 100,
            directories: 20,
            successors: 5,
        }
    }
}

/// What a scope loses.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// Living files that lose their last author, vendored and generated ones
    /// not among them. Files that nobody held before are no loss of these
    /// people.
    pub files: u32,
    /// Those files by path, bytewise, as many as the limits allow.
    pub file_paths: Vec<String>,
    /// Directories in which every file with an author loses its last one, the
    /// outermost only, most files first, then by path.
    pub directories: Vec<DirectoryLoss>,
    /// Who knows most of what is lost and around it, best placed first. Empty
    /// where nothing is lost or nobody is left.
    pub successors: Vec<Successor>,
}

/// A directory that loses its last authors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryLoss {
    /// The path without a closing slash; empty for the root.
    pub path: String,
    /// Files below it that lose their last author.
    pub files: u32,
}

/// Somebody who could take over.
#[derive(Debug, Clone, PartialEq)]
pub struct Successor {
    /// The person's place in [`super::History::people`].
    pub person: PersonId,
    /// Files losing their last author that the person has changed.
    pub lost_files: u32,
    /// Of these, those that the person changed in the window of the reading `recent`.
    pub lost_files_lately: u32,
    /// Other files beside them, in the same directories, that the person has
    /// changed.
    pub neighbouring_files: u32,
    /// What orders the list: knowledge of the lost files, half of that of
    /// their neighbours and a sixteenth of that of the rest of the scope.
    /// Knowledge of a file is that of the reading `recent`, and a little for
    /// every change however old.
    pub knowledge: f64,
}

/// How much one changed long ago knows beside what is recent.
const OLD_CHANGES: f64 = 0.1;
const NEIGHBOUR: f64 = 1.0 / 2.0;
const SAME_SCOPE: f64 = 1.0 / 16.0;

impl Reader<'_> {
    /// What a scope loses when those who are in `after` and not in `before`
    /// leave.
    pub(crate) fn loss(
        &mut self,
        scope: &Scope<'_>,
        before: &PersonSet,
        after: &PersonSet,
        limits: &LossLimits,
    ) -> Loss {
        let files = self.living_files(scope);
        let lost: Vec<bool> = files
            .iter()
            .map(|&file| self.is_lost(file, before, after))
            .collect();
        let mut loss = Loss {
            files: 0,
            file_paths: Vec::new(),
            directories: Vec::new(),
            successors: Vec::new(),
        };
        let lost_files = files.iter().zip(&lost).filter(|&(_, &lost)| lost);
        for (&file, _) in lost_files {
            loss.files += 1;
            if loss.file_paths.len() < limits.files {
                let path = String::from_utf8_lossy(self.path_of(file)).into_owned();
                loss.file_paths.push(path);
            }
        }
        if loss.files > 0 {
            let root = scope.directory().map_or(0, |directory| directory.len() - 1);
            loss.directories = self.lost_directories(root, &files, &lost, after);
            loss.directories.truncate(limits.directories);
            loss.successors = self.successors(&files, &lost, after);
            loss.successors.truncate(limits.successors);
        }
        loss
    }

    /// Whether the last authors of a file go now.
    fn is_lost(&self, file: usize, before: &PersonSet, after: &PersonSet) -> bool {
        let touches = self.touches_of_counted(file);
        let mut authors = touches.iter().filter(|touch| touch.is_author).peekable();
        if authors.peek().is_none() {
            return false;
        }
        let mut some_left_now = false;
        for author in authors {
            if !after.contains(author.person) {
                return false;
            }
            some_left_now |= !before.contains(author.person);
        }
        some_left_now
    }

    /// Touches of a file that can be lost: what others wrote or programs
    /// generate cannot.
    fn touches_of_counted(&self, file: usize) -> &[Touch] {
        match self.class_of(file) {
            Some(FileClass::Vendored | FileClass::Generated) | None => &[],
            Some(_) => self.touches(file),
        }
    }

    /// `root` is the length of the scope's directory: none above it is its loss.
    fn lost_directories(
        &self,
        root: usize,
        files: &[usize],
        lost: &[bool],
        after: &PersonSet,
    ) -> Vec<DirectoryLoss> {
        let mut directories: HashMap<&[u8], (u32, bool), foldhash::fast::FixedState> =
            HashMap::default();
        let files: Vec<(usize, bool)> = files.iter().copied().zip(lost.iter().copied()).collect();
        let innermost = |&(file, _): &(usize, bool)| directory(self.path_of(file));
        // In the order of the paths the files of a directory are a few runs.
        for beside in files.chunk_by(|one, next| innermost(one) == innermost(next)) {
            let mut count = 0;
            let mut held = false;
            for &(file, lost) in beside {
                count += u32::from(lost);
                let mut touches = self.touches_of_counted(file).iter();
                held |= touches.any(|touch| touch.is_author && !after.contains(touch.person));
            }
            let within = beside.first().map(innermost).into_iter().flat_map(upwards);
            for directory in within.take_while(|directory| directory.len() >= root) {
                let (files, any_held) = directories.entry(directory).or_insert((0, false));
                *files += count;
                *any_held |= held;
            }
        }
        let is_lost = |directory: &[u8]| {
            let counts = directories.get(directory);
            counts.is_some_and(|&(files, held)| files > 0 && !held)
        };
        let mut outermost: Vec<DirectoryLoss> = directories
            .iter()
            .filter(|&(directory, _)| is_lost(directory))
            .filter(|&(directory, _)| {
                let mut above = upwards(directory).skip(1);
                !above.any(is_lost)
            })
            .map(|(directory, &(files, _))| DirectoryLoss {
                path: String::from_utf8_lossy(directory).into_owned(),
                files,
            })
            .collect();
        sort_by(&mut outermost, |a, b| {
            b.files.cmp(&a.files).then_with(|| a.path.cmp(&b.path))
        });
        outermost
    }

    fn successors(&self, files: &[usize], lost: &[bool], after: &PersonSet) -> Vec<Successor> {
        let beside: HashSet<&[u8], foldhash::fast::FixedState> = files
            .iter()
            .zip(lost)
            .filter(|&(_, &lost)| lost)
            .map(|(&file, _)| directory(self.path_of(file)))
            .collect();
        let mut successors: HashMap<PersonId, Successor, foldhash::fast::FixedState> =
            HashMap::default();
        for (&file, &lost) in files.iter().zip(lost) {
            let is_beside = beside.contains(directory(self.path_of(file)));
            let nearness = match (lost, is_beside) {
                (true, _) => 1.0,
                (false, true) => NEIGHBOUR,
                (false, false) => SAME_SCOPE,
            };
            for touch in self.touches_of_counted(file) {
                if after.contains(touch.person) {
                    continue;
                }
                let successor = successors.entry(touch.person).or_insert(Successor {
                    person: touch.person,
                    lost_files: 0,
                    lost_files_lately: 0,
                    neighbouring_files: 0,
                    knowledge: 0.0,
                });
                successor.lost_files += u32::from(lost);
                successor.lost_files_lately += u32::from(lost && touch.recent > 0.0);
                successor.neighbouring_files += u32::from(!lost && is_beside);
                let old = OLD_CHANGES * logarithm_after_one(touch.changes);
                successor.knowledge += nearness * (touch.recent + old);
            }
        }
        let mut successors: Vec<Successor> = successors.into_values().collect();
        sort_by(&mut successors, |a, b| {
            b.knowledge
                .total_cmp(&a.knowledge)
                .then_with(|| a.person.cmp(&b.person))
        });
        successors
    }
}

/// The directory of a path; empty at the root.
fn directory(path: &[u8]) -> &[u8] {
    let end = memchr::memrchr(b'/', path).unwrap_or(0);
    path.get(..end).unwrap_or_default()
}

/// A directory and those above it, the root's empty path last.
fn upwards(inner: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::successors(Some(inner), |inner| {
        (!inner.is_empty()).then(|| directory(inner))
    })
}
