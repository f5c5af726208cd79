//! The events of a history as compact bytes, so that the next run reads only
//! new commits.
//!
//! ```text
//! "MKHS" version basis last-name paths identities commits checksum
//! ```
//!
//! Numbers are unsigned LEB128, signed ones zigzag. Paths share the beginning
//! of the path before them. Two flags beside a commit's count of events say
//! whether its only parent is the commit before it, as of most, and whether it
//! has trailers. The checksum is over everything before it: it finds damage, not
//! malice, and every number is checked when it is read.

use super::log::{CommitRow, Event, EventKind, EventLog, Trailer, TrailerRole, UNKNOWN_COMMIT};
use mentorship_symbols::intern::Interner;
use std::fmt;

/// Why stored bytes are no history. The remedy is the same for all: collect
/// the history from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateError {
    /// The bytes are something else, or written by another version.
    NotThisFormat,
    /// The bytes were changed or cut.
    Damaged,
    /// The history was collected on another basis: mailmap or rename mode.
    OtherBasis,
}

impl fmt::Display for StateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotThisFormat => {
                "the stored history has another format; collect it from the beginning"
            }
            Self::Damaged => "the stored history is damaged; collect it from the beginning",
            Self::OtherBasis => {
                "the stored history was collected with another mailmap or rename mode; collect it from the beginning"
            }
        })
    }
}

impl std::error::Error for StateError {}

const MAGIC: &[u8] = b"MKHS";
const VERSION: u64 = 3;

/// Writes the log. `basis` is what the events depend on beside the commits.
pub(crate) fn write(log: &EventLog, basis: &str) -> Vec<u8> {
    let mut out = Writer(Vec::with_capacity(log.events.len() * 12));
    out.0.extend_from_slice(MAGIC);
    out.number(VERSION);
    out.bytes(basis.as_bytes());
    out.bytes(log.last_name());
    out.number(u64::from(log.open_parents));
    out.number(u64::from(log.repeats));
    out.number(u64::from(log.merge_changes));
    out.number(u64::from(log.paths.count()));
    let mut before: &[u8] = &[];
    for path in 0..log.paths.count() {
        let path = log.paths.get(path);
        let shared = path.iter().zip(before).take_while(|(a, b)| a == b).count();
        out.number(shared as u64);
        out.bytes(path.get(shared..).unwrap_or_default());
        before = path;
    }
    out.number(u64::from(log.identities.count()));
    for identity in 0..log.identities.count() {
        out.bytes(log.identities.get(identity));
    }
    out.number(u64::from(log.commit_count()));
    let mut time = 0;
    for (number, commit) in (0..).zip(&log.commits) {
        out.0.extend_from_slice(&commit.name.to_le_bytes());
        // An unreadable time is the smallest, so that a difference wraps.
        out.signed(commit.time.wrapping_sub(time));
        time = commit.time;
        out.number(u64::from(commit.author));
        let parents = log.parents_of(number);
        let trailers = log.trailers_of(number);
        let events = log.events_of(number);
        let follows = matches!(*parents, [parent] if parent.checked_add(1) == Some(number));
        let flags = u64::from(follows) | u64::from(!trailers.is_empty()) << 1;
        out.number((events.len() as u64) << 2 | flags);
        if !follows {
            out.number(parents.len() as u64);
            for &parent in parents {
                out.number(match parent {
                    UNKNOWN_COMMIT => 0,
                    known => u64::from(number - known),
                });
            }
        }
        if !trailers.is_empty() {
            out.number(trailers.len() as u64);
            for trailer in trailers {
                let role = u64::from(trailer.role == TrailerRole::Reviewer);
                out.number(u64::from(trailer.identity) << 1 | role);
            }
        }
        let mut path = 0;
        for event in events {
            let step = i64::from(event.number()) - path;
            path = i64::from(event.number());
            out.number(zigzag(step) << 3 | event.kind() as u64);
        }
    }
    let checksum = checksum_of(&out.0);
    out.0.extend_from_slice(&checksum.to_le_bytes());
    out.0
}

/// Reads what [`write`] wrote on the same basis.
pub(crate) fn read(bytes: &[u8], basis: &str) -> Result<EventLog, StateError> {
    let split = bytes
        .len()
        .checked_sub(8)
        .ok_or(StateError::NotThisFormat)?;
    let (body, checksum) = bytes.split_at(split);
    let body = body.strip_prefix(MAGIC).ok_or(StateError::NotThisFormat)?;
    let mut input = Reading(body);
    if input.number() != Some(VERSION) {
        return Err(StateError::NotThisFormat);
    }
    if checksum != checksum_of(bytes.get(..split).unwrap_or_default()).to_le_bytes() {
        return Err(StateError::Damaged);
    }
    if input.bytes() != Some(basis.as_bytes()) {
        return Err(StateError::OtherBasis);
    }
    read_log(&mut input).ok_or(StateError::Damaged)
}

fn read_log(input: &mut Reading<'_>) -> Option<EventLog> {
    let mut log = EventLog::default();
    log.set_last_name(input.bytes()?);
    log.open_parents = input.number_32()?;
    log.repeats = input.number_32()?;
    log.merge_changes = input.number_32()?;
    let mut path = Vec::new();
    let count = input.number_32()?;
    log.paths = Interner::with_room_for(input.room_for(count));
    for number in 0..count {
        let shared = usize::try_from(input.number()?).ok()?;
        if shared > path.len() {
            return None;
        }
        path.truncate(shared);
        path.extend_from_slice(input.bytes()?);
        expect(log.paths.intern(&path)? == number)?;
    }
    let count = input.number_32()?;
    log.identities = Interner::with_room_for(input.room_for(count));
    for number in 0..count {
        expect(log.identities.intern(input.bytes()?)? == number)?;
    }
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
            for _ in 0..input.number()? {
                let parent = match input.number_32()? {
                    0 => UNKNOWN_COMMIT,
                    back => number.checked_sub(back)?,
                };
                log.parents.push(parent);
            }
        }
        let trailers = if has_trailers { input.number()? } else { 0 };
        for _ in 0..trailers {
            let packed = input.number()?;
            let identity = u32::try_from(packed >> 1).ok()?;
            expect(identity < log.identities.count())?;
            log.trailers.push(Trailer {
                commit: number,
                role: match packed & 1 {
                    0 => TrailerRole::CoAuthor,
                    _ => TrailerRole::Reviewer,
                },
                identity,
            });
        }
        let mut path = 0_i64;
        for _ in 0..events {
            let packed = input.number()?;
            path = path.checked_add(unzigzag(packed >> 3))?;
            let path = u32::try_from(path).ok()?;
            expect(path < log.paths.count())?;
            let kind = EventKind::from_bits(packed & 0b111)?;
            log.events.push(Event::new(path, kind)?);
        }
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

fn expect(holds: bool) -> Option<()> {
    holds.then_some(())
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn signed(&mut self, number: i64) {
        self.number(zigzag(number));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }
}

/// What is left to read; `None` from its functions where too little is.
struct Reading<'a>(&'a [u8]);

impl<'a> Reading<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// For how many things room is made of which `count` are said to follow: each has
    /// a byte at least, whatever damaged bytes say.
    fn room_for(&self, count: u32) -> usize {
        self.0.len().min(count as usize)
    }

    /// Most numbers have one byte.
    #[inline]
    fn number(&mut self) -> Option<u64> {
        match self.0.split_first() {
            Some((&byte, rest)) if byte & 0x80 == 0 => {
                self.0 = rest;
                Some(u64::from(byte))
            }
            _ => self.long_number(),
        }
    }

    fn long_number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn number_32(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn signed(&mut self) -> Option<i64> {
        self.number().map(unzigzag)
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = usize::try_from(self.number()?).ok()?;
        self.take(count)
    }
}

fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// Like FNV-1a, but eight bytes at a time.
fn checksum_of(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, word: u64| {
        let mixed = (hash ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ mixed >> 32
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let hash = words.fold(bytes.len() as u64, mix);
    rest.iter()
        .fold(hash, |hash, &byte| mix(hash, u64::from(byte)))
}
