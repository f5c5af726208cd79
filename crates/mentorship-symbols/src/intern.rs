//! Numbers for byte strings, so that paths and people are compared as integers.

use crate::byte_words;

/// Every distinct byte string once, in one piece of memory, numbered from 0 in
/// the order of arrival.
#[derive(Debug, Clone, Default)]
pub struct Interner {
    bytes: Vec<u8>,
    /// Where each string ends in `bytes`; it begins where the one before ends.
    ends: Vec<u32>,
    numbers: Numbers,
}

/// Numbers by a hash of what they stand for. The table grows, and mostly tells
/// things apart, without looking at them.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// A power of two of places, at least a third of them empty. A number stands
    /// at the place that its hash says, or behind it where that was taken.
    places: Vec<Entry>,
    taken: usize,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u32,
    number: u32,
}

/// An empty place. No number is as great.
const EMPTY: Entry = Entry {
    hash: 0,
    number: u32::MAX,
};

/// So many that one stays empty when the table is as full as it gets.
const LEAST_PLACES: usize = 16;

impl Numbers {
    /// No number yet, and room for so many.
    pub fn with_room_for(count: usize) -> Self {
        Self {
            places: vec![
                EMPTY;
                (count + count / 2 + 1)
                    .next_power_of_two()
                    .max(LEAST_PLACES)
            ],
            taken: 0,
        }
    }

    /// The number with this hash of which `is` says that it is meant.
    pub fn find(&self, hash: u32, is: impl Fn(u32) -> bool) -> Option<u32> {
        let mut at = hash as usize;
        loop {
            let entry = self.places.get(self.place(at))?;
            if entry.number == EMPTY.number {
                return None;
            }
            if entry.hash == hash && is(entry.number) {
                return Some(entry.number);
            }
            at = at.wrapping_add(1);
        }
    }

    /// Adds a number that is not there.
    pub fn insert(&mut self, hash: u32, number: u32) {
        if self.places.len() * 2 <= self.taken * 3 {
            self.grow();
        }
        self.taken += 1;
        self.put(Entry { hash, number });
    }

    /// Forgets all numbers and keeps the room for them.
    pub fn clear(&mut self) {
        self.places.fill(EMPTY);
        self.taken = 0;
    }

    fn grow(&mut self) {
        let places = vec![EMPTY; (self.places.len() * 2).max(LEAST_PLACES)];
        for entry in std::mem::replace(&mut self.places, places) {
            if entry.number != EMPTY.number {
                self.put(entry);
            }
        }
    }

    /// Puts an entry into the first empty place, which there always is.
    fn put(&mut self, entry: Entry) {
        let mut at = entry.hash as usize;
        loop {
            let place = self.place(at);
            match self.places.get_mut(place) {
                Some(place) if place.number != EMPTY.number => at = at.wrapping_add(1),
                Some(place) => return *place = entry,
                None => return,
            }
        }
    }

    fn place(&self, at: usize) -> usize {
        at & self.places.len().wrapping_sub(1)
    }
}

impl Interner {
    /// No string yet, and room for the numbers of so many.
    pub fn with_room_for(count: usize) -> Self {
        Self {
            bytes: Vec::new(),
            ends: Vec::with_capacity(count),
            numbers: Numbers::with_room_for(count),
        }
    }

    /// The number of `text`, new or known; `None` past 4 GiB of text.
    pub fn intern(&mut self, text: &[u8]) -> Option<u32> {
        let hash = byte_words::hash(text);
        if let Some(known) = self.find_hashed(hash, text) {
            return Some(known);
        }
        let number = self.add(text)?;
        self.numbers.insert(hash, number);
        Some(number)
    }

    /// A number for `text` that is never found by it: for what is there only once.
    /// `None` past 4 GiB of text.
    pub fn add(&mut self, text: &[u8]) -> Option<u32> {
        let number = u32::try_from(self.ends.len()).ok()?;
        let end = u32::try_from(self.bytes.len() + text.len()).ok()?;
        self.bytes.extend_from_slice(text);
        self.ends.push(end);
        Some(number)
    }

    /// The number of `text` where it is known.
    pub fn find(&self, text: &[u8]) -> Option<u32> {
        self.find_hashed(byte_words::hash(text), text)
    }

    fn find_hashed(&self, hash: u32, text: &[u8]) -> Option<u32> {
        self.numbers
            .find(hash, |number| byte_words::same(self.get(number), text))
    }

    /// The string with this number; empty for a number never given out.
    pub fn get(&self, number: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, number)
    }

    /// How many distinct strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives back the room that was made for more.
    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The same as a number: one past the greatest that was given out, which
    /// [`Self::intern`] keeps within 32 bits.
    pub fn count(&self) -> u32 {
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

#[cfg(test)]
mod tests {
    use super::Interner;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_string_has_one_number_whatever_room_there_was(
            texts in proptest::collection::vec("[a-c]{0,3}", 0..80), room in 0..40_usize,
        ) {
            let mut known: Vec<&str> = Vec::new();
            let mut interner = Interner::with_room_for(room);
            for text in &texts {
                let before = known.iter().position(|other| other == text);
                prop_assert_eq!(interner.find(text.as_bytes()), before.map(|number| number as u32));
                let number = interner.intern(text.as_bytes());
                prop_assert_eq!(number, Some(before.unwrap_or(known.len()) as u32));
                if before.is_none() {
                    known.push(text);
                }
            }
            prop_assert_eq!(interner.len(), known.len());
        }
    }
}
