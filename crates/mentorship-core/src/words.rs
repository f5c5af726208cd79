//! Sentences of the core as typed parts, before anybody decides who reads them.
//!
//! A sentence is written once. [`crate::wire::v1`] renders it *named* for
//! readers who may see names, or *counted*, in which guarded people become
//! "1 person".

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use mentorship_knowledge::folded;

use crate::civil_date::CivilDate;

/// A person as far as the evidence tells. Thousands of readings name the same
/// people, so that a copy is a reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(Arc<Named>);

/// What a [`PersonName`] says.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// The display name of the User entity, else what the evidence says.
    pub name: String,
    /// The User entity, where the name maps to one.
    pub entity_ref: Option<String>,
    identity: String,
}

impl PersonName {
    /// A name, and the User entity where it maps to one.
    pub fn new(name: String, entity_ref: Option<String>) -> Self {
        let folded_name = || folded(name.as_bytes()).into_owned();
        let identity = entity_ref.clone().unwrap_or_else(folded_name);
        Self(Arc::new(Named {
            name,
            entity_ref,
            identity,
        }))
    }

    /// What tells this person from others: the ref, else the name as
    /// [`folded`] makes it, like those of the history.
    pub fn identity(&self) -> &str {
        &self.0.identity
    }
}

impl Deref for PersonName {
    type Target = Named;

    fn deref(&self) -> &Named {
        &self.0
    }
}

/// Who may see a name in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Whoever may read the entity: people need to know whom to call.
    Open,
    /// Readers with `mentorship.people.read`: who learns, who knows what.
    Guarded,
}

/// One part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Plain words.
    Text(Cow<'static, str>),
    /// People, joined as "A", "A and B", "A, B and C".
    People {
        /// Whom, in reading order.
        people: Vec<PersonName>,
        /// Who may see them.
        visibility: Visibility,
    },
    /// A number with its noun in singular and plural.
    Count {
        /// The number.
        value: i32,
        /// The noun for 1.
        one: &'static str,
        /// The noun for every other number.
        many: &'static str,
    },
    /// A civil day.
    Date(CivilDate),
    /// Something to open: an address, or a path in the repository.
    Link {
        /// The label.
        label: String,
        /// The target.
        target: String,
    },
}

/// A sentence, built part by part.
///
/// Most sentences are one text that is always the same: those cost no memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    first: Option<Part>,
    rest: Vec<Part>,
}

impl Words {
    /// A sentence that begins with plain words.
    pub fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self::default().then(text)
    }

    /// Goes on with plain words.
    #[must_use]
    pub fn then(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.with(Part::Text(text.into()))
    }

    /// Goes on with a person whom everybody may see.
    #[must_use]
    pub fn person(self, person: &PersonName) -> Self {
        self.people(vec![person.clone()], Visibility::Open)
    }

    /// Goes on with people whom only some may see.
    #[must_use]
    pub fn guarded(self, people: Vec<PersonName>) -> Self {
        self.people(people, Visibility::Guarded)
    }

    fn people(self, people: Vec<PersonName>, visibility: Visibility) -> Self {
        self.with(Part::People { people, visibility })
    }

    /// Goes on with a number and its noun.
    #[must_use]
    pub fn count(self, value: impl TryInto<i32>, one: &'static str, many: &'static str) -> Self {
        let value = value.try_into().unwrap_or(i32::MAX);
        self.with(Part::Count { value, one, many })
    }

    /// Goes on with a number and words that are the same behind every number.
    #[must_use]
    pub fn number(self, value: impl TryInto<i32>, behind: &'static str) -> Self {
        self.count(value, behind, behind)
    }

    /// Goes on with a day.
    #[must_use]
    pub fn date(self, date: CivilDate) -> Self {
        self.with(Part::Date(date))
    }

    /// Goes on with something to open.
    #[must_use]
    pub fn link(self, label: impl Into<String>, target: impl Into<String>) -> Self {
        self.with(Part::Link {
            label: label.into(),
            target: target.into(),
        })
    }

    /// Goes on with what another sentence says.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let parts = other.first.into_iter().chain(other.rest);
        parts.fold(self, Self::with)
    }

    /// The parts in reading order.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.first.iter().chain(&self.rest)
    }

    fn with(mut self, part: Part) -> Self {
        match &self.first {
            None => self.first = Some(part),
            Some(_) => self.rest.push(part),
        }
        self
    }
}

impl From<&'static str> for Words {
    fn from(text: &'static str) -> Self {
        Self::text(text)
    }
}
