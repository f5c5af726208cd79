//! One stable sort for everything that is put in order outside the knowledge engine.
//!
//! The standard library's sort is compiled again for each type it sorts, some 7 KB
//! of WebAssembly a type. Lists of findings, milestones or links are short, so here
//! indices are sorted, by code compiled once, and the items follow them.

use std::cmp::Ordering;

/// Puts items in order. Equal ones keep their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = sorted_indices(items.len(), &|left, right| {
        // Both are below the length, from which the indices were made.
        compare(&items[left], &items[right])
    });
    // Each cycle of the permutation is walked once: a place takes the item that
    // belongs there and marks itself as done by pointing to itself.
    for start in 0..order.len() {
        let mut place = start;
        loop {
            let from = std::mem::replace(&mut order[place], place);
            if from == start {
                break;
            }
            items.swap(place, from);
            place = from;
        }
    }
}

/// Puts items in order of a key. Equal ones keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |left, right| key(left).cmp(&key(right)));
}

/// Where the item of each place is to come from.
fn sorted_indices(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|&left, &right| compare(left, right));
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn orders_as_the_standard_library_does(
            mut items in proptest::collection::vec((0_u8..6, any::<u8>()), 0..80),
        ) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut items, |(key, _)| *key);
            prop_assert_eq!(items, expected);
        }
    }
}
