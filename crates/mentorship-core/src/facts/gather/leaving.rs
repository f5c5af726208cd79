//! Leaving: the files of a service that lose their last author, and who knows
//! most of what is lost.

use super::committers::Committers;
use super::{ServiceRepository, count, critical_paths};
use crate::facts::{Facts, Orphans, SuccessorFact};
use crate::knowledge::{LossLimits, Scope};

/// Paths and directories told of one service.
const MOST_PATHS: usize = 20;

/// People who leave a service.
pub struct Leaving<'a> {
    /// Where the service lives, the leavers marked among the people.
    pub place: ServiceRepository<'a>,
    /// The same people as they are today.
    pub before: &'a Committers,
}

impl Leaving<'_> {
    /// What loses its last author, and who knows most of it, best first. `after`
    /// are the facts without the leavers.
    pub fn loses(&self, after: &Facts) -> (Orphans, Vec<SuccessorFact>) {
        let history = self.place.repository.history();
        let Some(history) = history.value() else {
            return Default::default();
        };
        let committers = self.place.committers;
        let scope = match self.place.directory {
            "" => Scope::Repository,
            directory => Scope::Subtree(directory),
        };
        let limits = LossLimits {
            files: usize::MAX,
            directories: MOST_PATHS,
            ..LossLimits::default()
        };
        let losses = history.losses(&[scope], self.before.left(), committers.left(), &limits);
        let Some(loss) = losses.into_iter().next() else {
            return Default::default();
        };
        let mut orphans = Orphans {
            files: loss.files,
            paths: loss.file_paths,
            directories: loss
                .directories
                .into_iter()
                .map(|lost| (lost.path, lost.files))
                .collect(),
            critical_paths: Vec::new(),
        };
        orphans.critical_paths = critical(after, self.place.directory, &orphans.paths);
        orphans.paths.truncate(MOST_PATHS);
        let successors = loss.successors.into_iter().filter_map(|successor| {
            Some(SuccessorFact {
                person: committers.person(successor.person)?.clone(),
                learning: None,
                lost_files: successor.lost_files,
                lost_files_lately: successor.lost_files_lately,
                neighbouring_files: successor.neighbouring_files,
            })
        });
        let mut successors: Vec<SuccessorFact> = successors.collect();
        if successors.is_empty() {
            successors = holders(after);
        }
        (orphans, successors)
    }
}

/// The critical paths of a service with their files among the lost ones.
fn critical(after: &Facts, directory: &str, lost: &[String]) -> Vec<(String, u32)> {
    let Some(critical) = after.critical_paths.value() else {
        return Vec::new();
    };
    let of_path = |pattern: &str| count(critical_paths::among(pattern, directory, lost));
    critical
        .paths
        .iter()
        .map(|path| (path.pattern.clone(), of_path(&path.pattern)))
        .filter(|(_, files)| *files > 0)
        .collect()
}

/// Where no file is lost, those who know most of what changed lately.
fn holders(after: &Facts) -> Vec<SuccessorFact> {
    let knowledge = after.knowledge.value();
    let holders = knowledge.map(|known| known.recent.holders.as_slice());
    let there = holders
        .unwrap_or_default()
        .iter()
        .filter(|holder| !holder.person.left);
    there
        .map(|holder| SuccessorFact {
            person: holder.person.clone(),
            learning: None,
            lost_files: 0,
            lost_files_lately: 0,
            neighbouring_files: 0,
        })
        .collect()
}
