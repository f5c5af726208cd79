//! Numbers for byte strings, so that paths and people are compared as integers.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::BuildHasher;

/// Every distinct byte string once, in one piece of memory, numbered from 0 in
/// the order of arrival.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interner {
    bytes: Vec<u8>,
    /// Where each string ends in `bytes`; it begins where the one before ends.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
    /// The seed is fixed: nothing that leaves depends on the order of the
    /// table, and the core has no source of randomness.
    hasher: FixedState,
}

impl Interner {
    /// The number of `text`, new or known; `None` past 4 GiB of text.
    pub(crate) fn intern(&mut self, text: &[u8]) -> Option<u32> {
        let Self {
            bytes,
            ends,
            numbers,
            hasher,
        } = self;
        let hash = hasher.hash_one(text);
        let entry = numbers.entry(
            hash,
            |&number| slice(bytes, ends, number) == text,
            |&number| hasher.hash_one(slice(bytes, ends, number)),
        );
        match entry {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(place) => {
                let number = u32::try_from(ends.len()).ok()?;
                let end = u32::try_from(bytes.len() + text.len()).ok()?;
                bytes.extend_from_slice(text);
                ends.push(end);
                place.insert(number);
                Some(number)
            }
        }
    }

    /// The number of `text` where it is known.
    pub(crate) fn find(&self, text: &[u8]) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        self.numbers
            .find(hash, |&number| self.get(number) == text)
            .copied()
    }

    /// The string with this number; empty for a number never given out.
    pub(crate) fn get(&self, number: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, number)
    }

    /// How many distinct strings there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The same as a number: one past the greatest that was given out, which
    /// [`Self::intern`] keeps within 32 bits.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }
}

fn slice<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let number = number as usize;
    let end = ends.get(number).map_or(0, |&end| end as usize);
    let start = match number {
        0 => 0,
        _ => ends.get(number - 1).map_or(0, |&end| end as usize),
    };
    bytes.get(start..end).unwrap_or_default()
}
