//! A log out of numbers and byte strings. Every number is checked: `None` where one is
//! not what was written.

use super::numbers::{Reading, unzigzag};
use crate::log::{CommitRow, Event, EventKind, EventLog, Trailer, UNKNOWN_COMMIT};
use crate::stream::TrailerRole;
use mentorship_symbols::intern::Interner;

/// Everything of a log.
pub(super) fn log(input: &mut Reading<'_>) -> Option<EventLog> {
    let mut log = EventLog::default();
    log.set_last_name(input.bytes()?);
    log.open_parents = input.number_32()?;
    log.repeats = input.number_32()?;
    log.merge_changes = input.number_32()?;
    log.paths = paths(input)?;
    log.identities = identities(input)?;
    let mut time = 0_i64;
    let count = input.number_32()?;
    log.commits.reserve_exact(input.room_for(count));
    for number in 0..count {
        let name = u64::from_le_bytes(*input.take(8)?.first_chunk()?);
        time = time.wrapping_add(input.signed()?);
        let author = input.number_32()?;
        expect(author < log.identities.count())?;
        let shape = input.number()?;
        let (follows, has_trailers, events) = (shape & 1 != 0, shape & 2 != 0, shape >> 2);
        if follows {
            log.parents.push(number.checked_sub(1)?);
        } else {
            parents(input, number, &mut log)?;
        }
        if has_trailers {
            trailers(input, number, &mut log)?;
        }
        changes(input, events, &mut log)?;
        log.push_commit(CommitRow {
            name,
            time,
            author,
            events_end: u32::try_from(log.events.len()).ok()?,
            parents_end: u32::try_from(log.parents.len()).ok()?,
        });
    }
    expect(input.0.is_empty())?;
    Some(log)
}

fn paths(input: &mut Reading<'_>) -> Option<Interner> {
    let count = input.number_32()?;
    let mut paths = Interner::with_room_for(input.room_for(count));
    let mut path = Vec::new();
    for number in 0..count {
        let shared = usize::try_from(input.number()?).ok()?;
        expect(shared <= path.len())?;
        path.truncate(shared);
        path.extend_from_slice(input.bytes()?);
        expect(paths.intern(&path)? == number)?;
    }
    Some(paths)
}

fn identities(input: &mut Reading<'_>) -> Option<Interner> {
    let count = input.number_32()?;
    let mut identities = Interner::with_room_for(input.room_for(count));
    for number in 0..count {
        expect(identities.intern(input.bytes()?)? == number)?;
    }
    Some(identities)
}

/// Of the commit with this number.
fn parents(input: &mut Reading<'_>, number: u32, log: &mut EventLog) -> Option<()> {
    for _ in 0..input.number()? {
        let parent = match input.number_32()? {
            0 => UNKNOWN_COMMIT,
            back => number.checked_sub(back)?,
        };
        log.parents.push(parent);
    }
    Some(())
}

fn trailers(input: &mut Reading<'_>, commit: u32, log: &mut EventLog) -> Option<()> {
    for _ in 0..input.number()? {
        let packed = input.number()?;
        let identity = u32::try_from(packed >> 1).ok()?;
        expect(identity < log.identities.count())?;
        log.trailers.push(Trailer {
            commit,
            role: match packed & 1 {
                0 => TrailerRole::CoAuthor,
                _ => TrailerRole::Reviewer,
            },
            identity,
        });
    }
    Some(())
}

fn changes(input: &mut Reading<'_>, count: u64, log: &mut EventLog) -> Option<()> {
    let mut path = 0_i64;
    for _ in 0..count {
        let packed = input.number()?;
        path = path.checked_add(unzigzag(packed >> 3))?;
        let path = u32::try_from(path).ok()?;
        expect(path < log.paths.count())?;
        let kind = EventKind::from_bits(packed & 0b111)?;
        log.events.push(Event::new(path, kind)?);
    }
    Some(())
}

fn expect(holds: bool) -> Option<()> {
    holds.then_some(())
}
