//! Maps and sets by name whose code is compiled once.
//!
//! The standard library's ordered map is compiled again for each type of value, some
//! 3.5 KB of WebAssembly a type, since values are moved about in its nodes. Behind a
//! pointer all of them look alike, and the compiler keeps one copy.

use std::collections::{BTreeMap, BTreeSet};

/// Values by name, in the order of the names.
pub type ByName<T> = BTreeMap<String, Box<T>>;

/// Names, each once, in order. To collect them would put them in order first, by a
/// sort compiled for it alone.
pub fn names(each: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    names.extend(each);
    names
}
