//! From the report to the wire, for one audience.

mod assessment;
mod catalogue;
mod enums;
mod evidence;
mod judgement;
mod knowledge;
mod program;
mod reminder;
mod row;
mod what_if;
mod words;

use super::{
    Assessment, AssessmentRow, Audience, Judgement, Knowledge, Program, RuleCatalogue, ServiceRisk,
    WhatIf,
};
use crate::evidence::Collected;
use crate::knowledge::Directory;
use crate::organisation::Person;
use crate::policy::Policy;
use crate::report::{self, Departures, Report};

pub use reminder::reminder;
pub use words::plain;

/// The assessment of one service in words for an audience.
pub fn assessment(report: &Report<'_>, audience: Audience) -> Assessment {
    assessment::render(report, audience)
}

/// The service in one row, which names nobody but the steward.
pub fn row(report: &Report<'_>) -> AssessmentRow {
    row::render(report)
}

/// What services have in common that stand alike, with the rules in an order.
pub fn judgement(judgement: &report::Judgement, heaviest_first: &[&str]) -> Judgement {
    judgement::render(judgement, heaviest_first)
}

/// What happens when people leave, in words for an audience.
pub fn what_if(departures: &Departures, audience: Audience) -> WhatIf {
    what_if::render(departures, audience)
}

/// Who knows which directory of a service; `people` are those of the history, in its
/// order.
pub fn knowledge(
    entity_ref: &str,
    tree: &Collected<Directory>,
    people: &[Person],
    audience: Audience,
) -> Knowledge {
    knowledge::render(entity_ref, tree, people, audience)
}

/// The program, with the risks of its queue in order; `title` names a service.
pub fn program(
    summed: &crate::program::Program,
    risk_queue: Vec<ServiceRisk>,
    title: &dyn Fn(&str) -> String,
) -> Program {
    program::render(summed, risk_queue, title)
}

/// How much a service asks for mentoring.
pub fn risk(
    report: &Report<'_>,
    points: u32,
    incidents: Option<u32>,
    reason: &crate::words::Words,
) -> ServiceRisk {
    program::risk(report, points, incidents, reason)
}

/// All rules with the weights and levels of a policy.
pub fn catalogue(policy: &Policy) -> RuleCatalogue {
    catalogue::render(policy)
}

/// A share, 0 to 1, as exact as anybody reads it.
fn four_decimals(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
