//! Short byte strings looked at eight bytes at a time: paths, names, fields.
//!
//! A call into the C library, or the loop over bytes that stands for it in
//! WebAssembly, costs more than the few words that these strings have.

use std::cmp::Ordering;

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x80 * EACH;

/// Whether two strings are equal.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    // The last words overlap those before, so that no byte is left over.
    if let (Some(last_left), Some(last_right)) = (left.last_chunk::<8>(), right.last_chunk::<8>()) {
        let words = left.as_chunks::<8>().0.iter().zip(right.as_chunks::<8>().0);
        return last_left == last_right
            && words
                .map(|(left, right)| (u64::from_le_bytes(*left), u64::from_le_bytes(*right)))
                .all(|(left, right)| left == right);
    }
    left.iter().zip(right).all(|(left, right)| left == right)
}

/// The bytewise order of two strings.
pub fn compare(left: &[u8], right: &[u8]) -> Ordering {
    let mut words = left.as_chunks::<8>().0.iter().zip(right.as_chunks::<8>().0);
    let differing = words.find(|(left, right)| left != right);
    if let Some((left, right)) = differing {
        return u64::from_be_bytes(*left).cmp(&u64::from_be_bytes(*right));
    }
    let equal = left.len().min(right.len()) / 8 * 8;
    let behind = |text| <[u8]>::get(text, equal..).unwrap_or_default().iter();
    behind(left).cmp(behind(right))
}

/// Where a byte is first found.
pub fn find(text: &[u8], byte: u8) -> Option<usize> {
    let pattern = u64::from(byte) * EACH;
    let (words, rest) = text.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let differing = u64::from_le_bytes(*word) ^ pattern;
        // The lowest of these bits stands for the first byte that is zero;
        // those above it may be borrowed.
        let found = differing.wrapping_sub(EACH) & !differing & HIGHEST;
        if found != 0 {
            return Some(at * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|&other| other == byte)?;
    Some(words.len() * 8 + at)
}

/// A hash of a string, in which all of its bytes take part.
pub fn hash(text: &[u8]) -> u32 {
    let mix = |hash: u64, word: u64| {
        let mixed = (hash ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ mixed >> 32
    };
    let (words, rest) = text.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let hash = words.fold(text.len() as u64 ^ 0x9e37_79b9_7f4a_7c15, mix);
    let rest = match text.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => rest
            .iter()
            .fold(0, |word, &byte| word << 8 | u64::from(byte)),
    };
    mix(hash, rest) as u32
}

#[cfg(test)]
mod tests {
    use super::{compare, find, hash, same};
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(
            prop_oneof![Just(0), Just(b'a'), Just(0x80), any::<u8>()],
            0..40,
        )
    }

    proptest! {
        #[test]
        fn agrees_with_looking_at_each_byte(
            left in text(), right in text(), byte in any::<u8>(), shared in 0..40_usize,
        ) {
            let mut near = left.clone();
            near.truncate(shared);
            near.extend(right.iter().take(3));
            for other in [&left, &right, &near] {
                prop_assert_eq!(same(&left, other), &left == other);
                prop_assert_eq!(compare(&left, other), left.cmp(other));
            }
            prop_assert_eq!(hash(&left), hash(&left.clone()));
            let first = left.iter().position(|&other| other == byte);
            prop_assert_eq!(find(&left, byte), first);
        }
    }
}
