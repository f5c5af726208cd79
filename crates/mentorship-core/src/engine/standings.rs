//! Standings: each service as its outline, so that services that stand alike are
//! judged once.

use std::collections::BTreeMap;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::civil_date::CivilDate;
use crate::facts::{Exemption, Load, Outline, Outlined, Outliner};
use crate::policy::Policy;
use crate::readings::rotation::Phase;
use crate::report::{Judgement, RuleSet};

/// Where the services of a catalog stand, in the order of their refs.
#[derive(Debug, Default)]
pub(super) struct Standings {
    services: Vec<Standing>,
    outlines: u32,
    /// Since when stewards are stewards; never first.
    days: Vec<Option<CivilDate>>,
    /// What rules are excused; none first.
    exemptions: Vec<Vec<Exemption>>,
    /// What stewards look after; nobody first.
    loads: Vec<Load>,
    /// The identities of stewards, by their numbers from 1 on.
    identities: Vec<String>,
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
        let mut numbers: HashMap<Outline, u32, FixedState> = HashMap::default();
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
            let next = numbered(numbers.len());
            standings.services.push(Standing {
                outline: *numbers.entry(outline).or_insert(next),
                since,
                steward,
                excused,
            });
        }
        standings.outlines = numbered(numbers.len());
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
    pub(super) fn share(&mut self, mut loads: BTreeMap<String, Load>) -> BTreeMap<String, Load> {
        let mine = self.loads.iter_mut().skip(1).zip(&self.identities);
        for (load, identity) in mine {
            if let Some(other) = loads.get(identity) {
                load.services += other.services;
                load.apprentices += other.apprentices;
            }
            if *load != Load::default() {
                loads.insert(identity.clone(), *load);
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
    excused: HashMap<(usize, RuleSet), u32, FixedState>,
    distinct: Vec<Judgement>,
    numbers: HashMap<Judgement, u32, FixedState>,
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
        self.by_place
            .resize(standings.outlines as usize * PLACES, 0);
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
            let place = match standing.outline {
                OF_ITS_OWN => usize::MAX,
                outline => outline as usize * PLACES + phase * 2 + heavy.unwrap_or_default(),
            };
            let excused = excused.get(standing.excused as usize).copied();
            let excused = excused.unwrap_or_default();
            let known = match excused.is_empty() {
                true => self.by_place.get(place).copied().unwrap_or_default(),
                false => self
                    .excused
                    .get(&(place, excused))
                    .copied()
                    .unwrap_or_default(),
            };
            if known > 0 {
                take(known - 1, age);
                continue;
            }
            let Some((judgement, age)) = judge(at) else {
                continue;
            };
            let number = self.number(judgement);
            take(number, age);
            if !excused.is_empty() {
                self.excused.insert((place, excused), number + 1);
            } else if let Some(place) = self.by_place.get_mut(place) {
                *place = number + 1;
            }
        }
    }

    /// The judgement with a number.
    pub(super) fn get(&self, number: u32) -> Option<&Judgement> {
        self.distinct.get(number as usize)
    }

    /// How many judgements there are.
    pub(super) fn len(&self) -> usize {
        self.distinct.len()
    }

    fn number(&mut self, judgement: Judgement) -> u32 {
        let next = numbered(self.distinct.len());
        *self.numbers.entry(judgement).or_insert_with(|| {
            self.distinct.push(judgement);
            next
        })
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

fn numbered(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
