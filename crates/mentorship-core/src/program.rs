//! Program: what the program's owner reviews each month, out of the reports on all
//! services. Every number says its window, its sample and what it could not measure.
//!
//! Each report is condensed to a [`Survey`] as it is made; the program is a sum over
//! surveys, so that it costs no second judgement.

mod bus_factor_index;
mod measure;
mod ramp;
mod reminders;
mod risk;
mod rollout;
mod survey;
mod tally;

pub use measure::{Baseline, Better, Direction, Measure, MeasureId, Target, Trend, Unit};
pub use reminders::{Reminder, Topic, reminders};
pub use risk::{Risk, risk};
pub use rollout::{Progress, Step, StepId};
pub use survey::{Survey, Windows};
pub use tally::{Tally, Unmeasured};

use crate::civil_date::CivilDate;
use crate::policy::Policy;
use crate::report::Level;
use mentorship_texts::by_name::ByName;
use mentorship_texts::ordering::sort_by_key;

/// Services at most in a list that a page shows.
const MOST_LISTED: usize = 100;
/// Services that the program begins with, where it has not begun.
const PROPOSED: usize = 10;

/// What the program owner has set.
#[derive(Debug, Default)]
pub struct Decided {
    /// Frozen baselines.
    pub baselines: Vec<(MeasureId, f64)>,
    /// Steps of the rollout that were confirmed, and when.
    pub confirmed: Vec<(StepId, Option<CivilDate>)>,
}

/// The program as of a day.
#[derive(Debug)]
pub struct Program {
    /// The day.
    pub as_of: CivilDate,
    /// All services.
    pub services: u32,
    /// Those held to the rules.
    pub enrolled: u32,
    /// How many of them have each level.
    pub levels: Vec<(Level, u32)>,
    /// The six measures.
    pub measures: Vec<Measure>,
    /// The rotations of enrolled services.
    pub rotations: Rotations,
    /// The steps of the first two weeks.
    pub rollout: Vec<Step>,
    /// Where to mentor first, by ref, at most a hundred.
    pub risk_queue: Vec<String>,
    /// Whom to enrol first where nobody is, by ref.
    pub proposal: Vec<String>,
}

/// Rotations of enrolled services.
#[derive(Debug, Default)]
pub struct Rotations {
    /// Due within 30, 60 and 90 days, each including the one before; what is
    /// overdue is in none of them.
    pub due_within: [u32; 3],
    /// Past due.
    pub overdue: u32,
    /// Nobody is steward.
    pub vacant: u32,
    /// Not known.
    pub unknown: u32,
    /// Those due within 90 days and those overdue, by day and ref, at most a hundred.
    pub services: Vec<(CivilDate, String)>,
}

/// Sums up what was surveyed of all services, by ref.
pub fn program(
    surveys: &ByName<Survey>,
    windows: &Windows,
    decided: &Decided,
    policy: &Policy,
) -> Program {
    let enrolled = || surveys.iter().filter(|(_, survey)| survey.enrolled);
    let queue = queue(surveys);
    let measures = measure::measures(surveys, windows, decided, policy);
    let mut first: Vec<&Survey> = Vec::new();
    let is_any_enrolled = enrolled().next().is_some();
    for (_, survey) in &queue {
        if first.len() < rollout::FIRST_SERVICES && (survey.enrolled || !is_any_enrolled) {
            first.push(survey);
        }
    }
    let ranks = [
        Level::Exposed,
        Level::Developing,
        Level::Covered,
        Level::Resilient,
        Level::Unknown,
    ];
    let count = |level| {
        count(
            enrolled()
                .filter(|(_, survey)| survey.level == level)
                .count(),
        )
    };
    let refs = |most: usize| {
        let first = queue.iter().take(most);
        first.map(|(service, _)| (*service).clone()).collect()
    };
    Program {
        as_of: windows.now.until,
        services: self::count(surveys.len()),
        enrolled: self::count(enrolled().count()),
        levels: ranks.map(|level| (level, count(level))).to_vec(),
        rotations: rotations(surveys, windows.now.until),
        rollout: rollout::steps(&first, surveys, &measures, decided, policy),
        measures,
        risk_queue: refs(MOST_LISTED),
        proposal: match is_any_enrolled {
            true => Vec::new(),
            false => refs(PROPOSED),
        },
    }
}

/// Services at risk, the first to mentor first: risk × criticality, then incidents,
/// tier and ref.
fn queue(surveys: &ByName<Survey>) -> Vec<(&String, &Survey)> {
    let surveys = surveys.iter().map(|(service, survey)| (service, &**survey));
    let at_risk = surveys.filter(|(_, survey)| survey.risk > 0);
    let mut queue: Vec<(&String, &Survey)> = at_risk.collect();
    // Stable: what is equal stays in the order of the refs.
    sort_by_key(&mut queue, |(_, survey)| {
        let incidents = survey.incidents.unwrap_or_default();
        (
            std::cmp::Reverse((survey.risk, incidents)),
            survey.tier.unwrap_or(u8::MAX),
        )
    });
    queue
}

fn rotations(surveys: &ByName<Survey>, as_of: CivilDate) -> Rotations {
    use crate::readings::rotation::RotationState;
    let mut rotations = Rotations::default();
    for (service, survey) in surveys.iter().filter(|(_, survey)| survey.enrolled) {
        match survey.rotation {
            RotationState::Vacant => rotations.vacant += 1,
            RotationState::Unknown => rotations.unknown += 1,
            RotationState::Overdue => rotations.overdue += 1,
            RotationState::Settling | RotationState::Window => {}
        }
        let Some(due) = survey.rotation_due else {
            continue;
        };
        let days = due.days_since(as_of);
        for (within, most) in rotations.due_within.iter_mut().zip([30, 60, 90]) {
            *within += u32::from((0..=most).contains(&days));
        }
        if days <= 90 {
            rotations.services.push((due, service.clone()));
        }
    }
    sort_by_key(&mut rotations.services, |(due, _)| *due);
    rotations.services.truncate(MOST_LISTED);
    rotations
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
