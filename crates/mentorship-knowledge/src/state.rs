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

mod numbers;
mod reading;
mod writing;

use super::log::EventLog;
use numbers::{Reading, Writing};
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
const VERSION: u64 = 5;

/// Writes the log. `basis` is what the events depend on beside the commits.
pub(crate) fn write(log: &EventLog, basis: &str) -> Vec<u8> {
    let mut out = Writing(Vec::with_capacity(log.events.len() * 12));
    out.0.extend_from_slice(MAGIC);
    out.number(VERSION);
    out.bytes(basis.as_bytes());
    writing::log(&mut out, log);
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
    reading::log(&mut input).ok_or(StateError::Damaged)
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
