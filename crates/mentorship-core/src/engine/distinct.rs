//! Distinct values, by number.

use std::hash::{BuildHasher, Hash};

use foldhash::fast::FixedState;

use mentorship_symbols::intern::Numbers;

/// Values that are equal, each once, numbered in the order of arrival.
#[derive(Debug)]
pub(super) struct Distinct<T> {
    all: Vec<T>,
    numbers: Numbers,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            numbers: Numbers::default(),
        }
    }
}

impl<T: Hash + PartialEq> Distinct<T> {
    /// The number of a value, new or known.
    pub(super) fn number(&mut self, value: T) -> u32 {
        let hash = FixedState::default().hash_one(&value);
        // The upper half has all of it too.
        let hash = (hash >> 32) as u32;
        let is_it = |number: u32| self.all.get(number as usize) == Some(&value);
        if let Some(known) = self.numbers.find(hash, is_it) {
            return known;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.numbers.insert(hash, number);
        self.all.push(value);
        number
    }
}

impl<T> Distinct<T> {
    /// The value with a number.
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.all.get(number as usize)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }
}
