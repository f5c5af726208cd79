//! Who descends from whom among commits, answered without walking the history.

use super::log::{CommitNumber, EventLog, UNKNOWN_COMMIT};

/// The graph of commits, prepared for questions of descent.
///
/// The mainline is the chain of first parents from the last commit. Every
/// commit remembers the newest mainline commit below it and the oldest one
/// above it; what these do not decide lies within one side branch. Side
/// branches fall into chains of first parents too, and a walk that goes from
/// chain to chain decides the rest.
#[derive(Debug)]
pub(crate) struct Ancestry<'a> {
    log: &'a EventLog,
    /// Per commit, 1 + the index of the newest mainline commit that is the
    /// commit itself or its ancestor; 0 where there is none.
    below: Vec<u32>,
    /// Per commit, 1 + the index of the oldest mainline commit that is the
    /// commit itself or its descendant; [`NEVER`] where it was not merged.
    above: Vec<u32>,
    /// Per commit, the greatest `above` of it and all commits before it.
    above_so_far: Vec<u32>,
    /// Per commit, the newest commit of its chain. Each commit of a chain is
    /// the first parent of the next.
    chain: Vec<CommitNumber>,
    /// Per commit, the newest commit of its chain, itself or below, from where
    /// parents lead into other chains.
    junction: Vec<CommitNumber>,
    /// Per chain, at its newest commit: the walk that came there last, and the
    /// newest commit of the chain that it reached.
    reached: Vec<(u32, CommitNumber)>,
    walk_number: u32,
    /// From which commit that walk went, and down to which in the stream.
    walked: Option<(CommitNumber, CommitNumber)>,
    stack: Vec<CommitNumber>,
}

const NEVER: u32 = u32::MAX;

impl<'a> Ancestry<'a> {
    pub(crate) fn of(log: &'a EventLog) -> Self {
        let count = log.commits.len();
        let mut ancestry = Self {
            log,
            below: vec![0; count],
            above: vec![NEVER; count],
            above_so_far: Vec::with_capacity(count),
            chain: (0..log.commit_count()).collect(),
            junction: Vec::with_capacity(count),
            reached: vec![(0, 0); count],
            walk_number: 0,
            walked: None,
            stack: Vec::new(),
        };
        ancestry.mark_mainline();
        ancestry.look_back();
        ancestry.look_ahead();
        ancestry
    }

    /// Whether `older` is `newer` or one of its ancestors. Questions about one
    /// `newer`, the oldest first, share its walk.
    pub(crate) fn is_ancestor(&mut self, older: CommitNumber, newer: CommitNumber) -> bool {
        if older == newer || self.above(older) <= self.below(newer) {
            return true;
        }
        // Necessary, not sufficient.
        let may_be = older < newer
            && self.below(older) <= self.below(newer)
            && self.above(older) <= self.above(newer);
        if !may_be {
            return false;
        }
        let chain = self.chain(older);
        if chain == self.chain(newer) {
            return true;
        }
        let walked_far_enough = self
            .walked
            .is_some_and(|(from, down_to)| from == newer && down_to <= older);
        if !walked_far_enough {
            self.walk(newer, older);
        }
        let reached = self.reached.get(chain as usize);
        reached.is_some_and(|&(walk, newest)| walk == self.walk_number && older <= newest)
    }

    /// Whether every commit up to `older` in the stream is known to be an
    /// ancestor of `newer`. "No" says nothing.
    pub(crate) fn are_all_ancestors(&self, older: CommitNumber, newer: CommitNumber) -> bool {
        self.above_so_far
            .get(older as usize)
            .is_some_and(|&above| above <= self.below(newer))
    }

    /// Whether the first commit of the mainline is an ancestor of this one.
    pub(crate) fn descends_from_root(&self, commit: CommitNumber) -> bool {
        self.below(commit) > 0
    }

    /// Numbers the chain of first parents from the last commit, its oldest with 1.
    fn mark_mainline(&mut self) {
        let tip = self.log.commit_count().checked_sub(1);
        let first_parent = |&commit: &CommitNumber| self.first_parent(commit);
        let mainline: Vec<_> = std::iter::successors(tip, first_parent).collect();
        for (place, &commit) in (1..).zip(mainline.iter().rev()) {
            for places in [&mut self.below, &mut self.above] {
                if let Some(of_commit) = places.get_mut(commit as usize) {
                    *of_commit = place;
                }
            }
        }
    }

    /// From children to parents: gives every commit to the chain of the last of those
    /// that it is the first parent of, and to the mainline commit that merged it first.
    fn look_back(&mut self) {
        for commit in (0..self.log.commit_count()).rev() {
            let (of_commit, above) = (self.chain(commit), self.above(commit));
            let parents = self.log.parents_of(commit);
            if let Some(&parent) = parents.first()
                && parent < commit
                && let Some(chain) = self.chain.get_mut(parent as usize)
                && *chain == parent
            {
                *chain = of_commit;
            }
            for &parent in parents {
                if let Some(of_parent) = self.above.get_mut(parent as usize) {
                    *of_parent = above.min(*of_parent);
                }
            }
        }
    }

    /// From parents to children: what lies below every commit.
    fn look_ahead(&mut self) {
        let mut greatest = 0;
        for commit in 0..self.log.commit_count() {
            let parents = self.log.parents_of(commit);
            let junction = match *parents {
                [parent] if parent < commit && self.chain(parent) == self.chain(commit) => {
                    self.junction(parent)
                }
                _ => commit,
            };
            self.junction.push(junction);
            let inherited = parents.iter().map(|&parent| self.below(parent)).max();
            if let Some(below) = self.below.get_mut(commit as usize) {
                *below = inherited.map_or(*below, |inherited| inherited.max(*below));
            }
            greatest = self.above(commit).max(greatest);
            self.above_so_far.push(greatest);
        }
    }

    /// Parents come before their children, so that following them ends.
    fn first_parent(&self, commit: CommitNumber) -> Option<CommitNumber> {
        let parents = self.log.parents_of(commit);
        parents.first().copied().filter(|&parent| parent < commit)
    }

    fn known_parents(&self, commit: CommitNumber) -> impl Iterator<Item = CommitNumber> + use<'a> {
        self.log
            .parents_of(commit)
            .iter()
            .copied()
            .filter(|&parent| parent != UNKNOWN_COMMIT)
    }

    fn chain(&self, commit: CommitNumber) -> CommitNumber {
        self.chain.get(commit as usize).copied().unwrap_or(commit)
    }

    fn junction(&self, commit: CommitNumber) -> CommitNumber {
        let junction = self.junction.get(commit as usize);
        junction.copied().unwrap_or(commit)
    }

    fn below(&self, commit: CommitNumber) -> u32 {
        self.below.get(commit as usize).copied().unwrap_or(0)
    }

    fn above(&self, commit: CommitNumber) -> u32 {
        self.above.get(commit as usize).copied().unwrap_or(NEVER)
    }

    /// Marks how much of every chain a commit descends from, down to `oldest` in
    /// the stream, without what the mainline below it has.
    fn walk(&mut self, newer: CommitNumber, oldest: CommitNumber) {
        self.walked = Some((newer, oldest));
        self.walk_number += 1;
        let below = self.below(newer);
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(newer);
        while let Some(commit) = stack.pop() {
            let chain = self.chain(commit);
            let Some(reached) = self.reached.get_mut(chain as usize) else {
                continue;
            };
            let known = (reached.0 == self.walk_number).then_some(reached.1);
            if known.is_some_and(|known| commit <= known) {
                continue;
            }
            *reached = (self.walk_number, commit);
            let mut at = self.junction(commit);
            // What is below the known part of the chain was walked before.
            while at >= oldest && known.is_none_or(|known| at > known) {
                let is_open = |parent: CommitNumber| parent >= oldest && self.above(parent) > below;
                let mut below_in_chain = None;
                for parent in self.known_parents(at).filter(|&parent| is_open(parent)) {
                    match self.chain(parent) == chain {
                        true => below_in_chain = below_in_chain.max(Some(parent)),
                        false => stack.push(parent),
                    }
                }
                match below_in_chain {
                    Some(parent) => at = self.junction(parent),
                    None => break,
                }
            }
        }
        self.stack = stack;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Ancestry, CommitNumber, EventLog, UNKNOWN_COMMIT};
    use crate::log::CommitRow;
    use proptest::prelude::*;

    /// Commits by how far back their parents are; 0 is a parent not shown.
    fn log(commits: &[Vec<u32>]) -> EventLog {
        let mut log = EventLog::default();
        for (number, backs) in (0..).zip(commits) {
            for &back in backs {
                let parent = number - back.min(number);
                let known = parent < number;
                log.parents
                    .push(if known { parent } else { UNKNOWN_COMMIT });
            }
            let row = CommitRow {
                name: u64::from(number),
                time: 0,
                author: 0,
                events_end: 0,
                parents_end: log.parents.len() as u32,
            };
            log.push_commit(row);
        }
        log
    }

    fn descends(log: &EventLog, older: CommitNumber, newer: CommitNumber) -> bool {
        let parents = log.parents_of(newer).iter();
        let mut known = parents.filter(|&&parent| parent != UNKNOWN_COMMIT);
        older == newer || known.any(|&parent| older <= parent && descends(log, older, parent))
    }

    proptest! {
        #[test]
        fn descent_is_what_following_all_parents_finds(
            commits in proptest::collection::vec(proptest::collection::vec(0..5_u32, 0..3), 1..14),
            questions in proptest::collection::vec((0..14_u32, 0..14_u32), 1..40),
        ) {
            let log = log(&commits);
            let count = log.commit_count();
            let mut ancestry = Ancestry::of(&log);
            for (older, newer) in questions {
                let (older, newer) = (older % count, newer % count);
                prop_assert_eq!(
                    ancestry.is_ancestor(older, newer),
                    descends(&log, older, newer),
                    "{} of {}", older, newer
                );
            }
        }
    }
}
