//! Columns: two numbers a service, for those who want all of them at once.

use super::judged::{Judged, Today};
use super::standings::Standings;
use super::{Engine, Refused, day};
use crate::civil_date::CivilDate;
use crate::facts::{Gathered, StewardshipFacts};
use crate::report::{Judgement, Marks, Scale, heaviest_first, judge};
use crate::wire::v1;

/// The judgement on all services: one entry a service, in the order of the refs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Which of [`Self::judgements`] a service has.
    pub judgement: Vec<u32>,
    /// Days since the steward took over; -1 where that is unknown.
    pub steward_age_days: Vec<i32>,
    /// What services have that stand alike, each once, in the order of the first
    /// service that has it.
    pub judgements: Vec<Judgement>,
    /// The rules in the order of their weights.
    heaviest_first: Vec<&'static str>,
}

impl Columns {
    /// The judgements for everybody to read.
    pub fn judgements(&self) -> Vec<v1::Judgement> {
        let render = |judgement| v1::render::judgement(judgement, &self.heaviest_first);
        self.judgements.iter().map(render).collect()
    }
}

/// No service was seen that has the judgement.
const UNSEEN: u32 = u32::MAX;

impl Engine {
    /// The columns of all services as of a day.
    ///
    /// Services of which nothing is known but their entities are judged once for all
    /// that stand alike, whatever the day: the next call costs two numbers a service.
    ///
    /// # Errors
    /// Where `as_of` is no day.
    pub fn columns(&mut self, as_of: &str) -> Result<Columns, Refused> {
        let as_of = day(as_of)?;
        self.prepare();
        let mut judged = std::mem::take(&mut self.judged);
        let services = self.services.in_order();
        let mut columns = Columns {
            judgement: Vec::with_capacity(services.len()),
            steward_age_days: Vec::with_capacity(services.len()),
            judgements: Vec::new(),
            heaviest_first: heaviest_first(&self.policy),
        };
        if let Some(prepared) = &self.prepared {
            let today = Today::of(&prepared.standings, &self.policy, as_of);
            let scale = Scale::of(&self.policy);
            self.judge_alike(&mut judged, &prepared.standings, &today, &scale, as_of);
            let judge = |place: usize| {
                let entity = self.services.entity(*services.get(place)?)?;
                Some(self.judged(&entity, as_of, |report| {
                    let clock = report.stewardship.rotation.clock;
                    let age = clock.map_or(-1, |clock| clock.age_days);
                    (Judgement::of(&report), age)
                }))
            };
            judged.each(&today, &scale, judge, |number, age| {
                columns.judgement.push(number);
                columns.steward_age_days.push(age);
            });
        }
        // Judgements are numbered as they were first needed, on whatever day.
        let mut shown = vec![UNSEEN; judged.len()];
        for number in &mut columns.judgement {
            let Some(seen) = shown.get_mut(*number as usize) else {
                continue;
            };
            if *seen == UNSEEN {
                *seen = u32::try_from(columns.judgements.len()).unwrap_or(u32::MAX);
                columns.judgements.extend(judged.get(*number));
            }
            *number = *seen;
        }
        self.judged = judged;
        Ok(columns)
    }

    /// Judges one service for all that stand like it and were not judged yet. What is
    /// known of an outline is gathered once: its services differ by nothing but the
    /// stewardship. The steward keeps the name of the first one's, so that no sentence may
    /// be made of it.
    fn judge_alike(
        &self,
        judged: &mut Judged,
        standings: &Standings,
        today: &Today<'_>,
        scale: &Scale<'_>,
        as_of: CivilDate,
    ) {
        let mut gathered: Option<(u32, Gathered, Option<Marks>)> = None;
        for (place, at) in judged.missing(today) {
            let Some((outline, since, load)) = standings.stewardship(at) else {
                continue;
            };
            let (_, gathered, known) = match &mut gathered {
                Some(alike) if alike.0 == outline => {
                    alike.1.stewardship = StewardshipFacts::of_entity(since, load);
                    alike
                }
                _ => {
                    let number = self.services.in_order().get(at);
                    let Some(entity) = number.and_then(|&number| self.services.entity(number))
                    else {
                        continue;
                    };
                    gathered.insert((outline, self.gathered(&entity), None))
                }
            };
            let (judgement, marks) = judge(gathered, scale, as_of, *known);
            *known = marks;
            judged.add(place, judgement, marks);
        }
    }
}
