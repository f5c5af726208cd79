//! Symbols: what a pattern matches one of. They are the bytes, and the beginning and the
//! end of the path.

/// How many symbols there are: the bytes come first.
pub const COUNT: usize = 258;
/// The beginning of the path.
pub const BEGINNING: usize = 256;
/// The end of the path.
pub const END: usize = 257;

/// A set of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set([u64; 5]);

impl Set {
    pub const NONE: Self = Self([0; 5]);

    pub fn with(mut self, symbol: usize) -> Self {
        if let Some(word) = self.0.get_mut(symbol / 64) {
            *word |= 1 << (symbol % 64);
        }
        self
    }

    pub fn of(bytes: impl IntoIterator<Item = u8>) -> Self {
        bytes
            .into_iter()
            .fold(Self::NONE, |set, byte| set.with(usize::from(byte)))
    }

    /// All bytes that are not in the set; beginning and end are no bytes.
    pub fn negated(self) -> Self {
        let [a, b, c, d, _] = self.0;
        Self([!a, !b, !c, !d, 0])
    }

    pub fn united(self, other: Self) -> Self {
        let mut words = self.0;
        for (word, more) in words.iter_mut().zip(other.0) {
            *word |= more;
        }
        Self(words)
    }

    pub fn contains(&self, symbol: usize) -> bool {
        self.0
            .get(symbol / 64)
            .is_some_and(|word| word >> (symbol % 64) & 1 == 1)
    }
}
