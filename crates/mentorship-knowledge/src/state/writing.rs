//! A log as numbers and byte strings.

use super::numbers::{Writing, zigzag};
use crate::log::{CommitRow, Event, EventLog, Trailer, UNKNOWN_COMMIT};
use crate::stream::TrailerRole;

/// Everything of the log.
pub(super) fn log(out: &mut Writing, log: &EventLog) {
    out.bytes(log.last_name());
    out.number(u64::from(log.open_parents));
    out.number(u64::from(log.repeats));
    out.number(u64::from(log.merge_changes));
    paths(out, log);
    identities(out, log);
    out.number(u64::from(log.commit_count()));
    let mut time = 0;
    for (number, row) in (0..).zip(&log.commits) {
        commit(out, row, time);
        time = row.time;
        let events = log.events_of(number);
        let followed = number.checked_sub(1);
        let follows = matches!(*log.parents_of(number), [parent] if Some(parent) == followed);
        let trailers = log.trailers_of(number);
        let flags = u64::from(follows) | u64::from(!trailers.is_empty()) << 1;
        out.number((events.len() as u64) << 2 | flags);
        if !follows {
            parents(out, number, log.parents_of(number));
        }
        if !trailers.is_empty() {
            named(out, trailers);
        }
        changes(out, events);
    }
}

fn paths(out: &mut Writing, log: &EventLog) {
    out.number(u64::from(log.paths.count()));
    let mut before: &[u8] = &[];
    for path in 0..log.paths.count() {
        let path = log.paths.get(path);
        let shared = path.iter().zip(before).take_while(|(a, b)| a == b).count();
        out.number(shared as u64);
        out.bytes(path.get(shared..).unwrap_or_default());
        before = path;
    }
}

fn identities(out: &mut Writing, log: &EventLog) {
    out.number(u64::from(log.identities.count()));
    for identity in 0..log.identities.count() {
        out.bytes(log.identities.get(identity));
    }
}

/// `before` is the time of the commit before it.
fn commit(out: &mut Writing, commit: &CommitRow, before: i64) {
    out.0.extend_from_slice(&commit.name.to_le_bytes());
    // An unreadable time is the smallest, so that a difference wraps.
    out.signed(commit.time.wrapping_sub(before));
    out.number(u64::from(commit.author));
}

/// How far behind the commit with this number they are; 0 for one that is not known.
fn parents(out: &mut Writing, number: u32, parents: &[u32]) {
    out.number(parents.len() as u64);
    for &parent in parents {
        out.number(match parent {
            UNKNOWN_COMMIT => 0,
            known => u64::from(number - known),
        });
    }
}

fn named(out: &mut Writing, trailers: &[Trailer]) {
    out.number(trailers.len() as u64);
    for trailer in trailers {
        let role = u64::from(trailer.role == TrailerRole::Reviewer);
        out.number(u64::from(trailer.identity) << 1 | role);
    }
}

/// Each with its path's distance from the one before it.
fn changes(out: &mut Writing, events: &[Event]) {
    let mut path = 0;
    for event in events {
        let step = i64::from(event.number()) - path;
        path = i64::from(event.number());
        out.number(zigzag(step) << 3 | event.kind() as u64);
    }
}
