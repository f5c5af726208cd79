//! What was judged: by where services stand, so that it holds on every day.

use super::distinct::Distinct;
use super::standings::{Standing, Standings};
use crate::civil_date::CivilDate;
use crate::policy::Policy;
use crate::readings::rotation::Phase;
use crate::report::{Judgement, Marks, RuleSet, Scale};

/// Judgements by what tells services apart: the outline, the phase of the rotation,
/// whether the steward looks after too much, and what rules are excused. They hold on
/// every day.
#[derive(Debug, Default)]
pub(super) struct Judged {
    by_place: Vec<Known>,
    /// What the rules say in the places that were judged.
    marks: Vec<Option<Marks>>,
    /// Places where rules are excused.
    excused: Distinct<(usize, RuleSet)>,
    by_excused: Vec<u32>,
    distinct: Distinct<Judgement>,
}

/// What is known of a place.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// The number of the judgement where no rule is excused, from 1 on; 0 where there
    /// is none yet.
    judgement: u32,
    marks: u32,
}

/// What a day makes of standings.
pub(super) struct Today<'a> {
    standings: &'a Standings,
    /// By the number of a day: the phase of the rotation, and the steward's age in days.
    moments: Vec<(usize, i32)>,
    /// By steward: whether they look after too much.
    heavy: Vec<usize>,
    /// By the number of exemptions: the rules that are excused still.
    excused: Vec<RuleSet>,
}

/// Phases of a rotation, one of which is that there is none.
const PHASES: usize = 5;
const PLACES: usize = PHASES * 2;

impl<'a> Today<'a> {
    pub(super) fn of(standings: &'a Standings, policy: &Policy, as_of: CivilDate) -> Self {
        let thresholds = &policy.thresholds;
        let days = standings.days.iter();
        let loads = standings.loads.iter();
        let exemptions = standings.exemptions.iter();
        Self {
            standings,
            moments: days.map(|since| moment(*since, policy, as_of)).collect(),
            heavy: loads
                .map(|load| {
                    let services = load.has_too_many_services(thresholds);
                    usize::from(services || load.has_too_many_apprentices(thresholds))
                })
                .collect(),
            excused: exemptions
                .map(|all| {
                    let still = all.iter().filter(|one| as_of <= one.until);
                    RuleSet::of_ids(still.map(|one| one.rule))
                })
                .collect(),
        }
    }

    /// The place of a service among the judgements, and its steward's age in days.
    fn place(&self, standing: Standing) -> (usize, i32) {
        let moment = self.moments.get(standing.since as usize).copied();
        let (phase, age) = moment.unwrap_or_default();
        let heavy = self.heavy.get(standing.steward as usize).copied();
        let place = (standing.outline as usize).wrapping_mul(PLACES);
        let place = place.wrapping_add(phase * 2 + heavy.unwrap_or_default());
        (place, age)
    }
}

impl Judged {
    /// The services to be judged for all that stand like them and were not judged yet:
    /// each with its place among the judgements, and its place in the order. Those of one
    /// outline stand together.
    pub(super) fn missing(&mut self, today: &Today<'_>) -> Vec<(usize, usize)> {
        let standings = today.standings;
        let places = standings.outlines * PLACES;
        self.by_place.resize(places, Known::default());
        let mut missing = vec![usize::MAX; places];
        for (at, standing) in standings.services.iter().enumerate() {
            let (place, _) = today.place(*standing);
            let known = self.by_place.get(place);
            if known.is_some_and(|known| known.judgement == 0)
                && let Some(first) = missing.get_mut(place)
            {
                *first = at.min(*first);
            }
        }
        let missing = missing.into_iter().enumerate();
        missing.filter(|(_, at)| *at != usize::MAX).collect()
    }

    /// Adds the judgement on those in a place, and what the rules say of them.
    pub(super) fn add(&mut self, place: usize, judgement: Judgement, marks: Option<Marks>) {
        if let Some(known) = self.by_place.get_mut(place) {
            *known = Known {
                judgement: self.distinct.number(judgement) + 1,
                marks: u32::try_from(self.marks.len()).unwrap_or(u32::MAX),
            };
            self.marks.push(marks);
        }
    }

    /// Calls back with the judgement of each service and its steward's age in days, after
    /// none of them is missing; `judge` judges the service in a place of the order, of
    /// which more is known.
    pub(super) fn each(
        &mut self,
        today: &Today<'_>,
        scale: &Scale<'_>,
        mut judge: impl FnMut(usize) -> Option<(Judgement, i32)>,
        mut take: impl FnMut(u32, i32),
    ) {
        for (at, standing) in today.standings.services.iter().enumerate() {
            let (place, age) = today.place(*standing);
            let excused = today.excused.get(standing.excused as usize).copied();
            let excused = excused.unwrap_or_default();
            let known = self.by_place.get(place).copied().unwrap_or_default();
            match known.judgement.checked_sub(1) {
                Some(number) if excused.is_empty() => take(number, age),
                Some(number) => {
                    let marks = self.marks.get(known.marks as usize).copied();
                    let unexcused = (number, marks.flatten());
                    take(self.excusing(place, excused, unexcused, scale), age);
                }
                None => {
                    if let Some((judgement, age)) = judge(at) {
                        take(self.distinct.number(judgement), age);
                    }
                }
            }
        }
    }

    /// The number of the judgement on those in a place of whom rules are excused, made of
    /// the judgement and the marks of those of whom none is.
    fn excusing(
        &mut self,
        place: usize,
        excused: RuleSet,
        (judgement, marks): (u32, Option<Marks>),
        scale: &Scale<'_>,
    ) -> u32 {
        let known = self.excused.number((place, excused)) as usize;
        if let Some(number) = self.by_excused.get(known) {
            return *number;
        }
        let unexcused = self.distinct.get(judgement).copied();
        let number = match (unexcused, marks) {
            (Some(unexcused), Some(marks)) => {
                let excusing = unexcused.excusing(&marks, excused, scale);
                self.distinct.number(excusing)
            }
            // Where no rule is asked, there is nothing to excuse.
            _ => judgement,
        };
        // Places are numbered one behind the other, each when it is first asked for.
        self.by_excused.push(number);
        number
    }

    /// The judgement with a number.
    pub(super) fn get(&self, number: u32) -> Option<&Judgement> {
        self.distinct.get(number)
    }

    /// How many judgements there are.
    pub(super) fn len(&self) -> usize {
        self.distinct.len()
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
