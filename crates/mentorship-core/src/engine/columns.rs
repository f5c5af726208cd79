//! Columns: two numbers a service, for those who want all of them at once.

use hashbrown::HashMap;

use super::{Engine, Refused, day};
use crate::report::Judgement;
use crate::wire::v1;

/// The judgement on all services: one entry a service, in the order of the refs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Which of [`Self::judgements`] a service has.
    pub judgement: Vec<u32>,
    /// Days since the steward took over; -1 where that is unknown.
    pub steward_age_days: Vec<i32>,
    /// What services have that stand alike, each once.
    pub judgements: Vec<v1::Judgement>,
}

impl Engine {
    /// The columns of all services as of a day.
    ///
    /// # Errors
    /// Where `as_of` is no day.
    pub fn columns(&mut self, as_of: &str) -> Result<Columns, Refused> {
        let as_of = day(as_of)?;
        self.prepare();
        let mut numbers: HashMap<Judgement, u32, foldhash::fast::FixedState> = HashMap::default();
        let mut columns = Columns::default();
        for entity in self.services.values() {
            let (judgement, age) = self.judged(entity, as_of, |report| {
                let clock = report.case.rotation.clock;
                let age = clock.map_or(-1, |clock| clock.age_days);
                (Judgement::of(&report), age)
            });
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(judgement).or_insert_with(|| {
                let rendered = v1::render::judgement(&judgement, &self.policy);
                columns.judgements.push(rendered);
                next
            });
            columns.judgement.push(number);
            columns.steward_age_days.push(age);
        }
        Ok(columns)
    }
}
