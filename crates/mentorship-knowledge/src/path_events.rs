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
        let start = self.renames.partition_point(|rename| rename.target < path);
        let rest = self.renames.get(start..).unwrap_or_default();
        let count = rest.partition_point(|rename| rename.target == path);
        rest.get(..count).unwrap_or_default()
    }
}
