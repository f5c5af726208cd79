//! Standings: each service as its outline, so that services that stand alike are
//! judged once.

use super::distinct::Distinct;
use crate::civil_date::CivilDate;
use crate::facts::{Exemption, Load, Loads, Outline, Outlined, Outliner};
use mentorship_symbols::intern::Interner;

/// Where the services of a catalog stand, in the order of their refs.
#[derive(Debug, Default)]
pub(super) struct Standings {
    pub(super) services: Vec<Standing>,
    /// How many outlines there are.
    pub(super) outlines: usize,
    /// Since when stewards are stewards; never first.
    pub(super) days: Vec<Option<CivilDate>>,
    /// What rules are excused; none first.
    pub(super) exemptions: Vec<Vec<Exemption>>,
    /// What stewards look after; nobody first.
    pub(super) loads: Vec<Load>,
    /// The identities of stewards, by their numbers from 1 on.
    identities: Interner,
}

/// Where a service stands, by numbers in [`Standings`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) outline: u32,
    pub(super) since: u32,
    pub(super) steward: u32,
    pub(super) excused: u32,
}

/// The outline of a service of which more is known than its entity.
const OF_ITS_OWN: u32 = u32::MAX;

impl Standings {
    /// The outlines of services by their numbers, in order; what more is known of is
    /// judged by itself.
    pub(super) fn of(
        mut outliner: Outliner<'_>,
        in_order: &[u32],
        is_known_better: impl Fn(u32) -> bool,
    ) -> Self {
        let mut outlines: Distinct<Outline> = Distinct::default();
        let mut standings = Self::default();
        let mut carried = Vec::new();
        // In the order of the numbers, in which what they share lies in memory.
        let mut by_number = Vec::with_capacity(in_order.len());
        for number in 0..u32::try_from(in_order.len()).unwrap_or(u32::MAX) {
            let outlined = match is_known_better(number) {
                true => None,
                false => outliner.outline(number),
            };
            let Some(outlined) = outlined else {
                by_number.push(Standing::OF_ITS_OWN);
                continue;
            };
            let Outlined {
                outline,
                since,
                steward,
                excused,
            } = outlined;
            if outline.is_carried() && steward > 0 {
                carried.push(steward);
            }
            by_number.push(Standing {
                outline: outlines.number(outline),
                since,
                steward,
                excused,
            });
        }
        let of = |number: &u32| by_number.get(*number as usize).copied();
        let in_order = in_order.iter().map(of);
        standings.services = in_order.map(Option::unwrap_or_default).collect();
        standings.outlines = outlines.len();
        standings.exemptions = outliner.exemptions().to_vec();
        standings.days = outliner.days().to_vec();
        standings.identities = outliner.into_identities();
        standings.loads = vec![Load::default(); standings.identities.len() + 1];
        for steward in carried {
            if let Some(load) = standings.loads.get_mut(steward as usize) {
                load.services += 1;
            }
        }
        standings
    }

    /// The places in the order of services of which more is known than their entities.
    pub(super) fn of_their_own(&self) -> impl Iterator<Item = usize> {
        let services = self.services.iter().enumerate();
        let own = services.filter(|(_, standing)| standing.outline == OF_ITS_OWN);
        own.map(|(place, _)| place)
    }

    /// The outline of a service and its stewardship: since when, and what the steward looks
    /// after.
    pub(super) fn stewardship(&self, at: usize) -> Option<(u32, Option<CivilDate>, Load)> {
        let standing = self.services.get(at)?;
        let since = self.days.get(standing.since as usize).copied().flatten();
        let load = self.loads.get(standing.steward as usize).copied()?;
        Some((standing.outline, since, load))
    }

    /// Adds what stewards look after in services of which more is known, and says what
    /// everybody looks after, by identity.
    pub(super) fn share(&mut self, mut loads: Loads) -> Loads {
        for (number, load) in (0..).zip(self.loads.iter_mut().skip(1)) {
            let identity = String::from_utf8_lossy(self.identities.get(number));
            if let Some(other) = loads.get(&*identity) {
                load.services += other.services;
                load.apprentices += other.apprentices;
            }
            if *load != Load::default() {
                loads.insert(identity.into_owned(), *load);
            }
        }
        loads
    }
}

impl Default for Standing {
    fn default() -> Self {
        Self::OF_ITS_OWN
    }
}

impl Standing {
    const OF_ITS_OWN: Self = Self {
        outline: OF_ITS_OWN,
        since: 0,
        steward: 0,
        excused: 0,
    };
}
