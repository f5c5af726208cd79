//! Refs as numbers: each ref of a user or a group is kept once, as it is written in full,
//! and whatever else is kept of it is kept by its number.

use crate::evidence::catalog::EntityRef;
use mentorship_symbols::intern::Interner;

/// The number of a ref among the [`Refs`] that gave it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RefId(u32);

/// The refs of users, of groups, and of whom these name.
///
/// They are kept as texts, for mostly they are asked for by what somebody wrote.
#[derive(Debug, Default)]
pub(super) struct Refs(Interner);

impl Refs {
    /// The number of a ref, new or known; `None` past 4 GiB of refs.
    pub(super) fn number(&mut self, entity_ref: &EntityRef) -> Option<RefId> {
        let EntityRef {
            kind,
            namespace,
            name,
        } = entity_ref;
        let written = [kind, ":", namespace, "/", name].concat();
        self.0.intern(written.as_bytes()).map(RefId)
    }

    /// The number of the ref that is written so in full, where it is known.
    pub(super) fn find(&self, written: &str) -> Option<RefId> {
        self.0.find(written.as_bytes()).map(RefId)
    }

    /// The ref with a number as it is written in full: `user:default/alice`.
    pub(super) fn written(&self, number: RefId) -> &str {
        std::str::from_utf8(self.0.get(number.0)).unwrap_or_default()
    }

    /// The ref with a number.
    pub(super) fn entity_ref(&self, number: RefId) -> EntityRef {
        let [kind, namespace, name] = self.parts(number).map(str::to_owned);
        EntityRef {
            kind,
            namespace,
            name,
        }
    }

    /// Of two, the first in the order of refs: by kind, namespace and name.
    pub(super) fn first(&self, one: RefId, other: RefId) -> RefId {
        match self.parts(one) < self.parts(other) {
            true => one,
            false => other,
        }
    }

    /// Kind, namespace and name.
    fn parts(&self, number: RefId) -> [&str; 3] {
        let written = self.written(number);
        let (kind, rest) = written.split_once(':').unwrap_or(("", written));
        let (namespace, name) = rest.split_once('/').unwrap_or(("", rest));
        [kind, namespace, name]
    }
}

/// What is kept of some refs.
#[derive(Debug)]
pub(super) struct ByRef<T>(Vec<Option<T>>);

impl<T> Default for ByRef<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByRef<T> {
    /// What is kept of a ref.
    pub(super) fn get(&self, number: RefId) -> Option<&T> {
        self.0.get(number.0 as usize)?.as_ref()
    }

    /// Where something of a ref is kept, or is to be.
    pub(super) fn place(&mut self, number: RefId) -> Option<&mut Option<T>> {
        let at = number.0 as usize;
        if self.0.len() <= at {
            self.0.resize_with(at + 1, || None);
        }
        self.0.get_mut(at)
    }

    /// Whether nothing was kept of any ref.
    pub(super) fn is_empty(&self) -> bool {
        // There is room for no more than for the last of which something is.
        self.0.is_empty()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_two_is_the_first_by_its_parts_and_not_by_its_text() {
        let mut refs = Refs::default();
        let mut number = |text| refs.number(&EntityRef::parse(text, "user").unwrap());
        let long = number("user:team-a/alice").unwrap();
        let short = number("user:team/zoe").unwrap();
        assert!(refs.written(long) < refs.written(short));
        assert_eq!(refs.first(long, short), short);
        assert_eq!(refs.first(short, long), short);
        assert_eq!(refs.find("user:team/zoe"), Some(short));
        assert_eq!(refs.entity_ref(short).to_string(), "user:team/zoe");
    }
}
