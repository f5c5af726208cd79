//! Who descends from whom among commits, answered without walking the history.

use super::log::{CommitNumber, EventLog, UNKNOWN_COMMIT};

/// The graph of commits, prepared for questions of descent.
///
/// The mainline is the chain of first parents from the last commit. Every
/// commit remembers the newest mainline commit below it and the oldest one
/// above it; what these do not decide lies within one side branch, and a walk
/// through that decides it.
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
    /// Per commit, the walk that saw it last.
    seen: Vec<u32>,
    walk: u32,
    walked_from: Option<CommitNumber>,
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
            above_so_far: Vec::new(),
            seen: vec![0; count],
            walk: 0,
            walked_from: None,
            stack: Vec::new(),
        };
        let mainline = ancestry.mainline();
        for (place, &commit) in (1..).zip(&mainline) {
            if let Some(below) = ancestry.below.get_mut(commit as usize) {
                *below = place;
            }
        }
        ancestry.spread_below();
        for (place, &commit) in (1..).zip(&mainline) {
            ancestry.mark_above(commit, place);
        }
        let mut greatest = 0;
        let above_so_far = ancestry.above.iter().map(|&above| {
            greatest = above.max(greatest);
            greatest
        });
        ancestry.above_so_far = above_so_far.collect();
        ancestry
    }

    /// Whether `older` is `newer` or one of its ancestors. Questions about one
    /// `newer` after the other share its walk.
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
        if self.walked_from != Some(newer) {
            self.walk_from(newer);
        }
        self.seen.get(older as usize) == Some(&self.walk)
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

    /// First parents from the last commit, oldest first.
    fn mainline(&self) -> Vec<CommitNumber> {
        let mut chain = Vec::new();
        let mut next = self.log.commit_count().checked_sub(1);
        while let Some(commit) = next {
            chain.push(commit);
            // Parents come before their children, so that the chain ends.
            next = self
                .log
                .parents_of(commit)
                .first()
                .copied()
                .filter(|&parent| parent < commit);
        }
        chain.reverse();
        chain
    }

    fn spread_below(&mut self) {
        for commit in 0..self.log.commit_count() {
            let inherited = self
                .log
                .parents_of(commit)
                .iter()
                .map(|&parent| self.below(parent))
                .max()
                .unwrap_or(0);
            if let Some(below) = self.below.get_mut(commit as usize) {
                *below = (*below).max(inherited);
            }
        }
    }

    /// Marks everything that a mainline commit is the first to merge.
    fn mark_above(&mut self, commit: CommitNumber, place: u32) {
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(commit);
        while let Some(commit) = stack.pop() {
            match self.above.get_mut(commit as usize) {
                Some(above) if *above == NEVER => *above = place,
                _ => continue,
            }
            stack.extend(self.known_parents(commit));
        }
        self.stack = stack;
    }

    fn known_parents(&self, commit: CommitNumber) -> impl Iterator<Item = CommitNumber> + use<'a> {
        self.log
            .parents_of(commit)
            .iter()
            .copied()
            .filter(|&parent| parent != UNKNOWN_COMMIT)
    }

    fn below(&self, commit: CommitNumber) -> u32 {
        self.below.get(commit as usize).copied().unwrap_or(0)
    }

    fn above(&self, commit: CommitNumber) -> u32 {
        self.above.get(commit as usize).copied().unwrap_or(NEVER)
    }

    /// Marks the ancestors of a commit that the mainline below it does not
    /// have: those of its own side branch.
    fn walk_from(&mut self, newer: CommitNumber) {
        self.walked_from = Some(newer);
        self.walk += 1;
        let below = self.below(newer);
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(newer);
        while let Some(commit) = stack.pop() {
            match self.seen.get_mut(commit as usize) {
                Some(seen) if *seen != self.walk => *seen = self.walk,
                _ => continue,
            }
            let parents = self.known_parents(commit);
            stack.extend(parents.filter(|&parent| self.above(parent) > below));
        }
        self.stack = stack;
    }
}
