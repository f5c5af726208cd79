//! A person whom some evidence names.

use std::collections::BTreeSet;

use mentorship_knowledge::folded;

use crate::policy::PeopleSettings;
use crate::words::PersonName;

/// A person whom some evidence names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// The name, and the User where it maps to one.
    pub name: PersonName,
    /// Whether the person has left.
    pub left: bool,
    /// Whether the person asked to be forgotten: the name says nothing of them then.
    pub erased: bool,
}

impl Person {
    /// What tells this person from others: the ref, else the name without
    /// accents in lower case.
    pub fn identity(&self) -> &str {
        self.name.identity()
    }

    /// Who stands for somebody who asked to be forgotten, where they are written or named
    /// so: nothing is said of them but that there was somebody.
    ///
    /// They are numbered from 1 on in the order of the policy's list, which is sorted:
    /// two of them stay two people.
    pub(super) fn erased(
        written: &str,
        name: &PersonName,
        settings: &PeopleSettings,
    ) -> Option<Self> {
        if settings.erased.is_empty() {
            return None;
        }
        let written = folded(written.as_bytes());
        let shown = folded(name.name.as_bytes());
        let mut erased = settings.erased.iter();
        let place = erased.position(|listed| {
            *listed == written || *listed == shown || name.entity_ref.as_ref() == Some(listed)
        })?;
        Some(Self {
            name: PersonName::new(format!("Erased person {}", place + 1), None),
            left: true,
            erased: true,
        })
    }
}

/// The identities of some people, each once.
pub fn identities(people: &mut dyn Iterator<Item = &Person>) -> BTreeSet<String> {
    // Filled one by one: to collect into a set is to compile a sort.
    let mut identities = BTreeSet::new();
    for person in people {
        identities.insert(person.identity().to_owned());
    }
    identities
}
