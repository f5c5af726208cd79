//! Files and changes counted by person, for one reading.

use super::person::PersonId;
use super::person_set::PersonSet;
use super::reading::Holder;
use mentorship_texts::ordering::sort_by;

/// Counts per person, cleared at the cost of those present.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    counts: Vec<(u32, u32)>,
    present: Vec<PersonId>,
    ranks: Vec<u32>,
}

/// Who goes when, from 0; nobody who has gone already.
pub(crate) struct Ranked<'a>(&'a [u32]);

impl Ranked<'_> {
    pub(crate) fn rank(&self, person: PersonId) -> Option<u32> {
        self.0
            .get(person as usize)
            .copied()
            .filter(|&rank| rank != u32::MAX)
    }
}

impl Tally {
    pub(crate) fn new(people: usize) -> Self {
        Self {
            counts: vec![(0, 0); people],
            present: Vec::new(),
            ranks: vec![u32::MAX; people],
        }
    }

    /// How many people can be counted.
    pub(crate) fn people(&self) -> usize {
        self.counts.len()
    }

    pub(crate) fn clear(&mut self) {
        for &person in &self.present {
            if let Some(count) = self.counts.get_mut(person as usize) {
                *count = (0, 0);
            }
        }
        self.present.clear();
    }

    pub(crate) fn add(&mut self, person: PersonId, holds: bool, changes: u32) {
        if let Some(count) = self.counts.get_mut(person as usize) {
            let was_absent = *count == (0, 0);
            count.0 += u32::from(holds);
            count.1 += changes;
            // Who only reviewed, and holds nothing, is nobody to be counted.
            if was_absent && *count != (0, 0) {
                self.present.push(person);
            }
        }
    }

    /// Everybody who holds something: most files first, then most changes, then
    /// by identity.
    pub(crate) fn holders(&self, counted: u32, left: &PersonSet) -> Vec<Holder> {
        let mut holders: Vec<Holder> = self
            .present
            .iter()
            .filter_map(|&person| {
                let &(files, changes) = self.counts.get(person as usize)?;
                (files > 0).then(|| Holder {
                    person,
                    files,
                    share: f64::from(files) / f64::from(counted.max(1)),
                    changes,
                    left: left.contains(person),
                })
            })
            .collect();
        sort_by(&mut holders, |a, b| {
            let most_first = (b.files, b.changes).cmp(&(a.files, a.changes));
            most_first.then(a.person.cmp(&b.person))
        });
        holders
    }

    /// The places of holders who are not gone, in their order.
    pub(crate) fn ranked(
        &mut self,
        holders: &[Holder],
        gone: impl Fn(PersonId) -> bool,
    ) -> Ranked<'_> {
        let mut next = 0;
        for holder in holders {
            if let Some(rank) = self.ranks.get_mut(holder.person as usize) {
                *rank = u32::MAX;
                if !gone(holder.person) {
                    *rank = next;
                    next += 1;
                }
            }
        }
        Ranked(&self.ranks)
    }
}
