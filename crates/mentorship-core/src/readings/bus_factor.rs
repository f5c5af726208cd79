//! Bus factor: named readings side by side, never blended.

use std::collections::BTreeSet;

use crate::facts::{Autonomy, Facts, HistoryReading};
use crate::organisation::Person;
use crate::words::Words;

/// The verdict on the headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BusFactorVerdict {
    /// Nobody is left.
    Orphaned,
    /// One person.
    Single,
    /// Two people.
    Thin,
    /// Three people or more.
    Resilient,
    /// Nothing to go by.
    Unknown,
}

impl BusFactorVerdict {
    /// The verdict on a number of people.
    pub fn of(value: Option<u32>) -> Self {
        match value {
            None => Self::Unknown,
            Some(0) => Self::Orphaned,
            Some(1) => Self::Single,
            Some(2) => Self::Thin,
            Some(_) => Self::Resilient,
        }
    }
}

/// What the headline rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The reading `declared`.
    Declared,
    /// The reading `recent`.
    Recent,
}

/// The bus factor of a service.
#[derive(Debug)]
pub struct BusFactor<'a> {
    /// Trained maintainers still in the organisation, by ref or name; `None`
    /// where nobody is declared.
    pub declared: Option<Vec<&'a Person>>,
    /// Declared maintainers who have left.
    pub declared_left: Vec<&'a Person>,
    /// The readings of the history.
    pub history: Option<&'a crate::facts::KnowledgeFacts>,
    /// The headline number.
    pub value: Option<u32>,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// Its verdict.
    pub verdict: BusFactorVerdict,
}

/// Reads the bus factor of a service. The headline is `declared` where
/// somebody is declared, else `recent`, else unknown.
pub fn bus_factor(facts: &Facts) -> BusFactor<'_> {
    let (declared, declared_left) = declared(facts);
    let history = facts.knowledge.value();
    let recent = history.and_then(|history| history.recent.value);
    let (value, basis) = match (&declared, recent) {
        (Some(people), _) => (Some(count(people.len())), Some(Basis::Declared)),
        (None, Some(recent)) => (Some(recent), Some(Basis::Recent)),
        (None, None) => (None, None),
    };
    BusFactor {
        declared,
        declared_left,
        history,
        value,
        basis,
        verdict: BusFactorVerdict::of(value),
    }
}

/// Steward, backup, listed maintainers and apprentices at *independent* or
/// above, each person once.
fn declared(facts: &Facts) -> (Option<Vec<&Person>>, Vec<&Person>) {
    let stewards = facts.stewards.value().and_then(|roles| roles.first());
    let backups = facts.backups.value().map(Vec::as_slice).unwrap_or_default();
    let ready = facts
        .apprenticeships
        .value()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter(|one| one.autonomy >= Some(Autonomy::Independent))
        .map(|one| &one.apprentice);
    let named: Vec<&Person> = stewards
        .into_iter()
        .chain(backups)
        .chain(&facts.maintainers)
        .map(|role| &role.person)
        .chain(ready)
        .collect();
    if named.is_empty() {
        return (None, Vec::new());
    }
    let mut seen = BTreeSet::new();
    let (left, present): (Vec<&Person>, Vec<&Person>) = named
        .into_iter()
        .filter(|person| seen.insert(person.identity()))
        .partition(|person| person.left);
    (Some(present), left)
}

impl BusFactor<'_> {
    /// The reading that the number of `recent` rests on.
    pub fn recent(&self) -> Option<&HistoryReading> {
        self.history.map(|history| &history.recent)
    }

    /// The headline in one sentence.
    pub fn summary(&self) -> Words {
        let words = match (self.value, self.basis) {
            (None, _) | (_, None) => {
                return Words::text("Nobody is declared, and no history was read.");
            }
            (Some(0), Some(Basis::Declared)) => {
                return Words::text("Everybody who was declared has left.");
            }
            (Some(0), Some(Basis::Recent)) => {
                return Words::text("Everybody who holds recent knowledge has left.");
            }
            (Some(value), _) => Words::default().count(count_of(value), "person", "people"),
        };
        match self.basis {
            Some(Basis::Declared) => words.then(if self.value == Some(1) {
                " is declared able to run it alone."
            } else {
                " are declared able to run it alone."
            }),
            _ => words.then(if self.value == Some(1) {
                " holds most of the recent knowledge."
            } else {
                " hold most of the recent knowledge."
            }),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn count_of(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
