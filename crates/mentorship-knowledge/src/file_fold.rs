//! One file folded: its events, and those of every path that it was renamed
//! from, added up by person.
//!
//! `authorship` follows renames of all time, as its reference tool does;
//! `recent` those of its window, since a path left long ago may name another
//! file by now.

use super::credit::Credit;
use super::formula::{self, Contribution, Touch, Weights};
use super::identities::People;
use super::log::{CommitNumber, Event, EventKind, EventLog, PathNumber};
use super::path_events::EventsByPath;
use super::person::PersonId;
use super::stream::TrailerRole;

/// Folds one file after the other with the same working memory.
pub(crate) struct FileFold<'a> {
    log: &'a EventLog,
    people: &'a People,
    by_path: &'a EventsByPath,
    /// Per commit.
    credits: &'a [Credit],
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

impl<'a> FileFold<'a> {
    pub(crate) fn new(
        log: &'a EventLog,
        people: &'a People,
        by_path: &'a EventsByPath,
        credits: &'a [Credit],
    ) -> Self {
        Self {
            log,
            people,
            by_path,
            credits,
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

    /// Adds what everybody did on the file to `touches`, by person.
    pub(crate) fn add(&mut self, path: PathNumber, touches: &mut Vec<Touch>) {
        self.file += 1;
        self.present.clear();
        if self.by_path.renames_to(path).is_empty() {
            self.add_events(path, true);
        } else {
            self.add_renamed(path);
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
    fn add_renamed(&mut self, path: PathNumber) {
        let is_recent = |commit: CommitNumber| {
            self.credits
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
            for rename in self.by_path.renames_to(path) {
                if is_recent(rename.commit) && take(&mut self.taken_recently, rename.source) {
                    self.queue.push(rename.source);
                }
            }
        }
        take(&mut self.taken, path);
        self.queue.push(path);
        while let Some(path) = self.queue.pop() {
            let recently = self.taken_recently.get(path as usize) == Some(&file);
            self.add_events(path, recently);
            for rename in self.by_path.renames_to(path) {
                if take(&mut self.taken, rename.source) {
                    self.queue.push(rename.source);
                }
            }
        }
    }

    fn add_events(&mut self, path: PathNumber, recently: bool) {
        for event in self.by_path.events(path) {
            let Some(&credit) = self.credits.get(event.number() as usize) else {
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
        let (log, people) = (self.log, self.people);
        let commit = event.number();
        let author = log
            .commits
            .get(commit as usize)
            .map(|commit| people.of_identity(commit.author));
        for role in [TrailerRole::CoAuthor, TrailerRole::Reviewer] {
            for person in people.named_by_trailers(log, commit, role) {
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
