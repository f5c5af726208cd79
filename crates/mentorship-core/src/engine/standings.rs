//! Standings: each service as its outline, so that services that stand alike are
//! judged once.

use std::hash::{BuildHasher, Hash};

use foldhash::fast::FixedState;

use crate::civil_date::CivilDate;
use crate::facts::{Exemption, Load, Loads, Outline, Outlined, Outliner};
use crate::policy::Policy;
use crate::readings::rotation::Phase;
use crate::report::{Judgement, RuleSet};
use mentorship_symbols::intern::{Interner, Numbers};

/// Where the services of a catalog stand, in the order of their refs.
#[derive(Debug, Default)]
pub(super) struct Standings {
    services: Vec<Standing>,
    outlines: usize,
    /// Since when stewards are stewards; never first.
    days: Vec<Option<CivilDate>>,
    /// What rules are excused; none first.
    exemptions: Vec<Vec<Exemption>>,
    /// What stewards look after; nobody first.
    loads: Vec<Load>,
    /// The identities of stewards, by their numbers from 1 on.
    identities: Interner,
}

/// Where a service stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    outline: u32,
    since: u32,
    steward: u32,
    excused: u32,
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
        for &number in in_order {
            let outlined = match is_known_better(number) {
                true => None,
                false => outliner.outline(number),
            };
            let Some(outlined) = outlined else {
                standings.services.push(Standing::OF_ITS_OWN);
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
            standings.services.push(Standing {
                outline: outlines.number(outline),
                since,
                steward,
                excused,
            });
        }
        standings.outlines = outlines.all.len();
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

impl Standing {
    const OF_ITS_OWN: Self = Self {
        outline: OF_ITS_OWN,
        since: 0,
        steward: 0,
        excused: 0,
    };
}

/// Judgements by what tells services apart: the outline, the phase of the rotation,
/// whether the steward looks after too much, and what rules are excused. They hold on
/// every day.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// The number of the judgement in each place, from 1 on, where no rule is excused.
    by_place: Vec<u32>,
    /// The same where rules are.
    excused: Distinct<(usize, RuleSet)>,
    by_excused: Vec<u32>,
    distinct: Distinct<Judgement>,
}

/// Values that are equal, each once, numbered in the order of arrival.
#[derive(Debug)]
struct Distinct<T> {
    all: Vec<T>,
    numbers: Numbers,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            numbers: Numbers::default(),
        }
    }
}

impl<T: Hash + PartialEq> Distinct<T> {
    fn number(&mut self, value: T) -> u32 {
        let hash = FixedState::default().hash_one(&value);
        // The upper half has all of it too.
        let hash = (hash >> 32) as u32;
        let is_it = |number: u32| self.all.get(number as usize) == Some(&value);
        if let Some(known) = self.numbers.find(hash, is_it) {
            return known;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.numbers.insert(hash, number);
        self.all.push(value);
        number
    }
}

/// Phases of a rotation, one of which is that there is none.
const PHASES: usize = 5;
const PLACES: usize = PHASES * 2;

impl Judged {
    /// Calls back with the judgement of each service and its steward's age in days;
    /// `judge` judges the service in a place of the order.
    pub(super) fn each(
        &mut self,
        standings: &Standings,
        policy: &Policy,
        as_of: CivilDate,
        mut judge: impl FnMut(usize) -> Option<(Judgement, i32)>,
        mut take: impl FnMut(u32, i32),
    ) {
        self.by_place.resize(standings.outlines * PLACES, 0);
        let excused = standings.exemptions.iter().map(|all| {
            let still = all.iter().filter(|one| as_of <= one.until);
            RuleSet::of_ids(still.map(|one| one.rule))
        });
        let excused: Vec<RuleSet> = excused.collect();
        let moments: Vec<(usize, i32)> = standings
            .days
            .iter()
            .map(|since| moment(*since, policy, as_of))
            .collect();
        let thresholds = &policy.thresholds;
        let heavy = standings.loads.iter().map(|load| {
            let services = load.has_too_many_services(thresholds);
            usize::from(services || load.has_too_many_apprentices(thresholds))
        });
        let heavy: Vec<usize> = heavy.collect();
        for (at, standing) in standings.services.iter().enumerate() {
            let moment = moments.get(standing.since as usize);
            let (phase, age) = moment.copied().unwrap_or_default();
            let heavy = heavy.get(standing.steward as usize).copied();
            let place = (standing.outline as usize).wrapping_mul(PLACES);
            let place = place.wrapping_add(phase * 2 + heavy.unwrap_or_default());
            let excused = excused.get(standing.excused as usize).copied();
            let excused = excused.unwrap_or_default();
            let known = match (standing.outline, excused.is_empty()) {
                (OF_ITS_OWN, _) => None,
                (_, true) => self.by_place.get_mut(place),
                (_, false) => {
                    let number = self.excused.number((place, excused)) as usize;
                    if self.by_excused.len() <= number {
                        self.by_excused.resize(number + 1, 0);
                    }
                    self.by_excused.get_mut(number)
                }
            };
            if let Some(number) = known.as_ref().and_then(|known| known.checked_sub(1)) {
                take(number, age);
                continue;
            }
            let Some((judgement, age)) = judge(at) else {
                continue;
            };
            let number = self.distinct.number(judgement);
            take(number, age);
            if let Some(known) = known {
                *known = number + 1;
            }
        }
    }

    /// The judgement with a number.
    pub(super) fn get(&self, number: u32) -> Option<&Judgement> {
        self.distinct.all.get(number as usize)
    }

    /// How many judgements there are.
    pub(super) fn len(&self) -> usize {
        self.distinct.all.len()
    }
}

fn moment(since: Option<CivilDate>, policy: &Policy, as_of: CivilDate) -> (usize, i32) {
    let Some(since) = since else {
        return (0, -1);
    };
    match Phase::of(since, policy, as_of) {
        Phase::Future => (1, -1),
        phase => (1 + phase as usize, as_of.days_since(since)),
    }
}
