//! Histories that were merged from another repository, and whether the merge
//! moved their files.
//!
//! A subtree merge brings the commits of another repository in under their own
//! paths and puts the files below a directory. The move itself is part of the
//! merge, of which the stream prints nothing; without care, every file of the
//! other repository would live on where it never was.

use super::ancestry::Ancestry;
use super::log::{CommitNumber, EventLog, State};
use super::path_events::EventsByPath;

/// Commits that share no ancestor with the mainline, in connected groups.
#[derive(Debug)]
pub(crate) struct Islands {
    /// Per commit, a commit of its island that stands for all of it;
    /// [`MAINLAND`] for everything that descends from the mainline's root.
    island: Vec<CommitNumber>,
    /// Per island, at the commit that stands for it: whether its files were
    /// moved when it was merged.
    moved: Vec<bool>,
}

const MAINLAND: CommitNumber = CommitNumber::MAX;

impl Islands {
    /// `None` where there are no islands, as in most repositories.
    pub(crate) fn of(
        log: &EventLog,
        by_path: &EventsByPath,
        ancestry: &Ancestry<'_>,
    ) -> Option<Self> {
        let island = connected(log, ancestry)?;
        let mut islands = Self {
            moved: vec![false; island.len()],
            island,
        };
        islands.find_moved(log, by_path);
        Some(islands)
    }

    /// Whether a commit's paths are those of another repository.
    pub(crate) fn is_moved(&self, commit: CommitNumber) -> bool {
        self.island(commit)
            .is_some_and(|island| self.moved.get(island as usize) == Some(&true))
    }

    /// Whether an island was moved shows in what the mainland does to files
    /// that it never added: the island's own paths speak for staying, its paths
    /// below a directory for moving. The more frequent counts.
    fn find_moved(&mut self, log: &EventLog, by_path: &EventsByPath) {
        let mut votes = vec![0_i64; self.island.len()];
        let mut vote = |island: CommitNumber, by: i64| {
            if let Some(votes) = votes.get_mut(island as usize) {
                *votes += by;
            }
        };
        for path in 0..log.paths.count() {
            if !self.is_found_by_mainland(by_path, path) {
                continue;
            }
            if let Some(island) = self.born_on(by_path, path) {
                vote(island, -1);
                continue;
            }
            let text = log.paths.get(path);
            let below = memchr::memchr_iter(b'/', text)
                .filter_map(|slash| log.paths.find(text.get(slash + 1..)?))
                .find_map(|path| self.born_on(by_path, path));
            if let Some(island) = below {
                vote(island, 1);
            }
        }
        self.moved = votes.into_iter().map(|votes| votes > 0).collect();
    }

    fn island(&self, commit: CommitNumber) -> Option<CommitNumber> {
        let island = self.island.get(commit as usize).copied()?;
        (island != MAINLAND).then_some(island)
    }

    /// Whether the mainland touches a path and never brought it into being.
    fn is_found_by_mainland(&self, by_path: &EventsByPath, path: u32) -> bool {
        let mut touched = false;
        for event in by_path.events(path) {
            if self.island(event.number()).is_none() {
                touched = true;
                if event.leaves() == State::Born {
                    return false;
                }
            }
        }
        touched
    }

    /// The island where a path came into being first.
    fn born_on(&self, by_path: &EventsByPath, path: u32) -> Option<CommitNumber> {
        by_path
            .events(path)
            .iter()
            .filter(|event| event.leaves() == State::Born)
            .find_map(|event| self.island(event.number()))
    }
}

/// Joins commits off the mainland that are parent and child.
fn connected(log: &EventLog, ancestry: &Ancestry<'_>) -> Option<Vec<CommitNumber>> {
    let mut island: Vec<CommitNumber> = (0..log.commit_count())
        .map(|commit| match ancestry.descends_from_root(commit) {
            true => MAINLAND,
            false => commit,
        })
        .collect();
    if island.iter().all(|&island| island == MAINLAND) {
        return None;
    }
    for commit in 0..log.commit_count() {
        for &parent in log.parents_of(commit) {
            let (a, b) = (root(&mut island, commit), root(&mut island, parent));
            if let (Some(a), Some(b)) = (a, b)
                && let Some(place) = island.get_mut(a.max(b) as usize)
            {
                *place = a.min(b);
            }
        }
    }
    for commit in 0..log.commit_count() {
        if let Some(stands_for_all) = root(&mut island, commit)
            && let Some(place) = island.get_mut(commit as usize)
        {
            *place = stands_for_all;
        }
    }
    Some(island)
}

/// The commit that stands for an island while islands are being joined.
fn root(island: &mut [CommitNumber], commit: CommitNumber) -> Option<CommitNumber> {
    let mut commit = commit;
    loop {
        let next = island.get(commit as usize).copied()?;
        match next {
            MAINLAND => return None,
            next if next == commit => return Some(commit),
            next => {
                let after = island.get(next as usize).copied()?;
                if let Some(place) = island.get_mut(commit as usize) {
                    *place = after;
                }
                commit = next;
            }
        }
    }
}
