//! Who descends from whom among commits, answered without walking the history.

use super::log::{CommitNumber, EventLog, UNKNOWN_COMMIT};

/// The graph of commits, prepared for questions of descent.
///
/// The mainline is the chain of first parents from the last commit. Every
/// commit remembers the newest mainline commit below it and the oldest one
/// above it; what these do not decide lies within one side branch, and a short
/// walk decides it.
#[derive(Debug)]
pub(crate) struct Ancestry<'a> {
    log: &'a EventLog,
    /// Per commit, 1 + the index of the newest mainline commit that is the
    /// commit itself or its ancestor; 0 where there is none.
    below: Vec<u32>,
    /// Per commit, 1 + the index of the oldest mainline commit that is the
    /// commit itself or its descendant; [`NEVER`] where it was not merged.
    above: Vec<u32>,
    /// Per commit, the walk that saw it last.
    seen: Vec<u32>,
    walk: u32,
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
            seen: vec![0; count],
            walk: 0,
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
        ancestry
    }

    /// Whether `older` is `newer` or one of its ancestors.
    pub(crate) fn is_ancestor(&mut self, older: CommitNumber, newer: CommitNumber) -> bool {
        if older == newer {
            return true;
        }
        if self.above(older) <= self.below(newer) {
            return true;
        }
        if !self.may_descend(newer, older) {
            return false;
        }
        self.walk_back(older, newer)
    }

    /// First parents from the last commit, oldest first.
    fn mainline(&self) -> Vec<CommitNumber> {
        let mut chain = Vec::new();
        let mut next = u32::try_from(self.log.commits.len())
            .ok()
            .and_then(|count| count.checked_sub(1));
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
        for commit in 0..self.below.len() {
            let Ok(number) = u32::try_from(commit) else {
                return;
            };
            let inherited = self
                .log
                .parents_of(number)
                .iter()
                .map(|&parent| self.below(parent))
                .max()
                .unwrap_or(0);
            if let Some(below) = self.below.get_mut(commit) {
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

    /// What a descendant has to fulfil; necessary, not sufficient.
    fn may_descend(&self, newer: CommitNumber, older: CommitNumber) -> bool {
        newer > older
            && self.below(newer) >= self.below(older)
            && self.above(newer) >= self.above(older)
    }

    fn walk_back(&mut self, older: CommitNumber, newer: CommitNumber) -> bool {
        self.walk += 1;
        let mut stack = std::mem::take(&mut self.stack);
        stack.clear();
        stack.push(newer);
        let mut found = false;
        while let Some(commit) = stack.pop() {
            if commit == older || self.above(older) <= self.below(commit) {
                found = true;
                break;
            }
            match self.seen.get_mut(commit as usize) {
                Some(seen) if *seen != self.walk => *seen = self.walk,
                _ => continue,
            }
            let parents = self.known_parents(commit);
            stack.extend(
                parents.filter(|&parent| parent == older || self.may_descend(parent, older)),
            );
        }
        stack.clear();
        self.stack = stack;
        found
    }
}
