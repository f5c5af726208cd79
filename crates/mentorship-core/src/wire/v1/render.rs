//! From the report to the wire, for one audience.

mod assessment;
mod catalogue;
mod enums;
mod row;
mod what_if;
mod words;

use super::{Assessment, AssessmentRow, Audience, RuleCatalogue, WhatIf};
use crate::policy::Policy;
use crate::report::{Departures, Report};

pub use words::plain;

/// The assessment of one service in words for an audience.
pub fn assessment(report: &Report<'_>, audience: Audience) -> Assessment {
    assessment::render(report, audience)
}

/// The service in one row, which names nobody but the steward.
pub fn row(report: &Report<'_>) -> AssessmentRow {
    row::render(report)
}

/// What happens when people leave, in words for an audience.
pub fn what_if(departures: &Departures, audience: Audience) -> WhatIf {
    what_if::render(departures, audience)
}

/// All rules with the weights and levels of a policy.
pub fn catalogue(policy: &Policy) -> RuleCatalogue {
    catalogue::render(policy)
}
