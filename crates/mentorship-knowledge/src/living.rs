//! Which paths are alive at the last commit, as far as the stream can tell.
//!
//! Merges print no changes, so that what a merge itself added or removed is
//! not in the stream. Where two lines of history disagree about a path, the
//! rule of a three-way merge decides: a deletion wins over changes to a file
//! that both lines started from, and loses against a file that it never knew.

use super::ancestry::Ancestry;
use super::islands::Islands;
use super::log::{CommitNumber, Event, EventLog, State};
use super::path_events::EventsByPath;

/// Tells living paths from dead ones. It keeps its working memory, so that
/// asking for every path of a repository allocates nothing.
pub(crate) struct Living<'a> {
    ancestry: Ancestry<'a>,
    islands: Option<Islands>,
    /// What each commit left of the path, in the order of the stream.
    states: Vec<(CommitNumber, State)>,
    /// Those of `states` that no later one descends from.
    newest: Vec<(CommitNumber, State)>,
    /// Those of `states` that are still to be compared.
    open: Vec<(CommitNumber, State)>,
}

impl<'a> Living<'a> {
    pub(crate) fn new(log: &'a EventLog, by_path: &EventsByPath, ancestry: Ancestry<'a>) -> Self {
        Self {
            islands: Islands::of(log, by_path, &ancestry),
            ancestry,
            states: Vec::new(),
            newest: Vec::new(),
            open: Vec::new(),
        }
    }

    /// Whether the path with these events is alive. Events carry commit
    /// numbers and are in the order of the stream.
    pub(crate) fn is_alive(&mut self, events: &[Event]) -> bool {
        let islands = self.islands.as_ref();
        let is_moved =
            |event: &Event| islands.is_some_and(|islands| islands.is_moved(event.number()));
        let ends = |event: &Event| event.leaves() == State::Gone;
        if !events.iter().any(ends) {
            return !events.iter().all(is_moved);
        }
        self.collect_states(events);
        self.collect_newest();
        let gone = |&(_, state): &(CommitNumber, State)| state == State::Gone;
        if !self.newest.iter().any(gone) {
            return !self.newest.is_empty();
        }
        let Self {
            ancestry,
            states,
            newest,
            ..
        } = self;
        let (ends, signs): (Vec<_>, Vec<_>) = newest.iter().copied().partition(gone);
        signs.iter().any(|&(sign, _)| {
            states.iter().any(|&(birth, state)| {
                state == State::Born
                    && ancestry.is_ancestor(birth, sign)
                    && !ends
                        .iter()
                        .any(|&(end, _)| ancestry.is_ancestor(birth, end))
            })
        })
    }

    /// A commit that moves one file away and another to its place leaves the
    /// path in being.
    fn collect_states(&mut self, events: &[Event]) {
        self.states.clear();
        for event in events {
            let islands = self.islands.as_ref();
            if islands.is_some_and(|islands| islands.is_moved(event.number())) {
                continue;
            }
            let state = event.leaves();
            match self.states.last_mut() {
                Some((commit, before)) if *commit == event.number() => {
                    *before = match (*before, state) {
                        (State::Gone, state) | (state, State::Gone) => state,
                        (State::Born, _) | (_, State::Born) => State::Born,
                        (State::Changed, State::Changed) => State::Changed,
                    };
                }
                _ => self.states.push((event.number(), state)),
            }
        }
    }

    /// Takes the newest state that is left and strikes all that it descends
    /// from, until none is left.
    fn collect_newest(&mut self) {
        self.newest.clear();
        self.open.clear();
        self.open.extend(&self.states);
        while let Some((newer, state)) = self.open.pop() {
            self.newest.push((newer, state));
            let ancestry = &mut self.ancestry;
            // Up to some commit all are ancestors, and need no question each.
            let covered = self
                .open
                .partition_point(|&(older, _)| ancestry.are_all_ancestors(older, newer));
            self.open.drain(..covered);
            self.open
                .retain(|&(older, _)| !ancestry.is_ancestor(older, newer));
        }
    }
}
