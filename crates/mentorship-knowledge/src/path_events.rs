//! The events of every path, and where it was renamed from.

use super::log::{CommitNumber, Event, EventKind, EventLog, PathNumber};
use mentorship_texts::ordering::sort_by;

/// The events of every path in the order of the stream, and its renames.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventsByPath {
    /// Where a path's events end in `events`.
    ends: Vec<u32>,
    /// Events with commit numbers.
    events: Vec<Event>,
    /// Ordered by target.
    renames: Vec<Rename>,
    /// Where the renames to a path begin in `renames`; empty where nothing was renamed.
    first_renames: Vec<u32>,
}

/// A path that became another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rename {
    target: PathNumber,
    pub(crate) source: PathNumber,
    pub(crate) commit: CommitNumber,
}

impl EventsByPath {
    pub(crate) fn of(log: &EventLog) -> Self {
        let mut ends = vec![0_u32; log.paths.len() + 1];
        for event in &log.events {
            if let Some(count) = ends.get_mut(event.number() as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        // `ends[path]` is where the path's events begin, and moves to where
        // they end while they are put in place.
        let mut events = vec![Event::default(); log.events.len()];
        let mut renames = Vec::new();
        let mut start = 0;
        for (commit, row) in (0..).zip(&log.commits) {
            let of_commit = log
                .events
                .get(start as usize..row.events_end as usize)
                .unwrap_or_default();
            start = row.events_end;
            let mut left = None;
            for event in of_commit {
                let path = event.number();
                if let Some(place) = ends.get_mut(path as usize) {
                    if let Some(event_place) = events.get_mut(*place as usize) {
                        *event_place = event.with_number(commit);
                    }
                    *place += 1;
                }
                if let (EventKind::RenamedHere, Some(source)) = (event.kind(), left) {
                    renames.push(Rename {
                        target: path,
                        source,
                        commit,
                    });
                }
                left = (event.kind() == EventKind::RenamedAway).then_some(path);
            }
        }
        ends.pop();
        sort_by(&mut renames, Ord::cmp);
        Self {
            first_renames: first_renames(&renames, log.paths.len()),
            ends,
            events,
            renames,
        }
    }

    pub(crate) fn events(&self, path: PathNumber) -> &[Event] {
        let path = path as usize;
        let end = self.ends.get(path).copied().unwrap_or(0);
        let start = path
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.events
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// The renames whose target is the path.
    pub(crate) fn renames_to(&self, path: PathNumber) -> &[Rename] {
        let path = path as usize;
        let range = match self.first_renames.get(path..path + 2) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        };
        self.renames.get(range).unwrap_or_default()
    }
}

/// Where each path's renames begin in `renames`, and those of the last end.
fn first_renames(renames: &[Rename], paths: usize) -> Vec<u32> {
    if renames.is_empty() {
        return Vec::new();
    }
    let mut first = Vec::with_capacity(paths + 1);
    for (place, rename) in (0..).zip(renames) {
        first.resize(first.len().max(rename.target as usize + 1), place);
    }
    first.resize(paths + 1, u32::try_from(renames.len()).unwrap_or(u32::MAX));
    first
}
