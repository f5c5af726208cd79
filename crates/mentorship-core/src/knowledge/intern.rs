//! Numbers for byte strings, so that paths and people are compared as integers.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hasher};

/// Every distinct byte string once, in one piece of memory, numbered from 0 in
/// the order of arrival.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interner {
    bytes: Vec<u8>,
    /// Where each string ends in `bytes`; it begins where the one before ends.
    ends: Vec<u32>,
    numbers: Numbers,
    /// The seed is fixed: nothing that leaves depends on the order of the
    /// table, and the core has no source of randomness.
    hasher: FixedState,
}

/// Numbers by a hash of what they stand for. The table grows, and mostly tells
/// things apart, without looking at them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers(HashTable<Entry>);

#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u32,
    number: u32,
}

impl Numbers {
    /// The number with this hash of which `is` says that it is meant.
    pub(crate) fn find(&self, hash: u32, is: impl Fn(u32) -> bool) -> Option<u32> {
        let known = |entry: &Entry| entry.hash == hash && is(entry.number);
        Some(self.0.find(spread(hash), known)?.number)
    }

    /// Adds a number that is not there.
    pub(crate) fn insert(&mut self, hash: u32, number: u32) {
        let entry = Entry { hash, number };
        let hash_of = |entry: &Entry| spread(entry.hash);
        self.0.insert_unique(spread(hash), entry, hash_of);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Interner {
    /// The number of `text`, new or known; `None` past 4 GiB of text.
    pub(crate) fn intern(&mut self, text: &[u8]) -> Option<u32> {
        let hash = self.hash(text);
        if let Some(known) = self.find_hashed(hash, text) {
            return Some(known);
        }
        let number = u32::try_from(self.ends.len()).ok()?;
        let end = u32::try_from(self.bytes.len() + text.len()).ok()?;
        self.bytes.extend_from_slice(text);
        self.ends.push(end);
        self.numbers.insert(hash, number);
        Some(number)
    }

    /// The number of `text` where it is known.
    pub(crate) fn find(&self, text: &[u8]) -> Option<u32> {
        self.find_hashed(self.hash(text), text)
    }

    fn find_hashed(&self, hash: u32, text: &[u8]) -> Option<u32> {
        self.numbers.find(hash, |number| self.get(number) == text)
    }

    fn hash(&self, text: &[u8]) -> u32 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(text);
        let hash = hasher.finish();
        (hash ^ hash >> 32) as u32
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

/// The table looks at the highest and at the lowest bits.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
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
