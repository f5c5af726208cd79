//! Columns: one number a service, for those who want all of them at once.

use super::{Engine, Refused, day};
use crate::report::{Report, report};

/// One value a service, in the order of the refs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Position of the level, from `exposed` 0 to `not-enrolled` 5.
    pub level_rank: Vec<u8>,
    /// Percent; 255 where there is none.
    pub score: Vec<u8>,
    /// The headline bus factor; 65535 where it is unknown.
    pub bus_factor: Vec<u16>,
    /// Days since the steward took over; -1 where that is unknown.
    pub steward_age_days: Vec<i32>,
}

impl Engine {
    /// The columns of all services as of a day.
    ///
    /// # Errors
    /// Where `as_of` is no day.
    pub fn columns(&mut self, as_of: &str) -> Result<Columns, Refused> {
        let as_of = day(as_of)?;
        self.prepare();
        let mut columns = Columns::default();
        for entity in self.services.values() {
            let facts = self.facts(entity);
            columns.push(&report(&facts, &self.policy, as_of));
        }
        Ok(columns)
    }
}

impl Columns {
    fn push(&mut self, report: &Report<'_>) {
        let case = &report.case;
        self.level_rank.push(report.level as u8);
        self.score.push(
            report
                .score
                .and_then(|score| score.percent())
                .unwrap_or(u8::MAX),
        );
        let bus_factor = case
            .bus_factor
            .value
            .and_then(|value| u16::try_from(value).ok());
        self.bus_factor.push(bus_factor.unwrap_or(u16::MAX));
        self.steward_age_days
            .push(case.rotation.clock.map_or(-1, |clock| clock.age_days));
    }
}
