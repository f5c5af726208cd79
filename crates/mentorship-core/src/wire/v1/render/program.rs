//! The program.

use super::words::render as words;
use crate::civil_date::CivilDate;
use crate::program::{
    self, Better, Direction, Measure, Program, Progress, Rotations, Step, Unit, Unmeasured,
};
use crate::report::Report;
use crate::wire::v1::{self, Audience};
use crate::words::Words;

const SCHEMA: &str = "mentorship/program/v1";

pub(super) fn render(
    program: &Program,
    risk_queue: Vec<v1::ServiceRisk>,
    title: &dyn Fn(&str) -> String,
) -> v1::Program {
    let levels = program.levels.iter().map(|(level, services)| {
        let of_all = program::Tally {
            part: *services,
            whole: program.enrolled,
            apart: 0,
        };
        v1::LevelShare {
            level: (*level).into(),
            services: *services,
            percent: of_all.percent(),
        }
    });
    v1::Program {
        schema: SCHEMA.to_owned(),
        as_of: program.as_of.to_string(),
        services: program.services,
        enrolled: program.enrolled,
        levels: levels.collect(),
        measures: program.measures.iter().map(measure).collect(),
        rotations: rotations(&program.rotations, title),
        rollout: program.rollout.iter().map(step).collect(),
        proposal: risk_queue
            .iter()
            .take(program.proposal.len())
            .cloned()
            .collect(),
        risk_queue,
    }
}

fn measure(measure: &Measure) -> v1::Measure {
    let unmeasured = measure
        .unmeasured
        .iter()
        .map(|(reason, services)| v1::UnmeasuredServices {
            reason: rendered(&Words::text(why(*reason))),
            services: *services,
        });
    let trend = measure.trend.map(|trend| match trend.direction {
        Direction::Improving => "improving",
        Direction::Steady => "steady",
        Direction::Worsening => "worsening",
    });
    v1::Measure {
        id: measure.id.as_str().to_owned(),
        title: measure.id.title().to_owned(),
        unit: match measure.id.unit() {
            Unit::Days => "days",
            Unit::Percent => "percent",
        }
        .to_owned(),
        better: match measure.id.better() {
            Better::Higher => "higher",
            Better::Lower => "lower",
        }
        .to_owned(),
        value: measure.value,
        part: measure.tally.part,
        whole: measure.tally.whole,
        from: measure.window.first().to_string(),
        until: measure.window.until.to_string(),
        baseline: measure.baseline.map(|baseline| v1::Baseline {
            value: baseline.value,
            frozen: baseline.window.is_none(),
            from: baseline.window.map(|window| window.first().to_string()),
            until: baseline.window.map(|window| window.until.to_string()),
        }),
        target: measure.target.map(|target| target.value),
        target_part: measure.target_part(),
        reached: measure.target.and_then(|target| target.reached),
        before: measure.trend.map(|trend| trend.before),
        trend: trend.map(str::to_owned),
        measured: measure.measured,
        unmeasured: unmeasured.collect(),
        summary: rendered(&measure.summary),
    }
}

fn why(reason: Unmeasured) -> &'static str {
    match reason {
        Unmeasured::NotConfigured => "This installation has no source of what is counted.",
        Unmeasured::NotDelivered => "The source has delivered nothing of the service.",
        Unmeasured::Failed => "The source failed, and nothing was known before.",
        Unmeasured::NoSteward => "Nobody is known as steward.",
        Unmeasured::StewardSinceUnknown => "Since when the steward is steward is not known.",
        Unmeasured::NoCriticalPath => "There is no critical path.",
        Unmeasured::NobodyLearning => "Nobody began to learn, or when is not known.",
    }
}

fn rotations(rotations: &Rotations, title: &dyn Fn(&str) -> String) -> v1::RotationsDue {
    let [within30, within60, within90] = rotations.due_within;
    let services = rotations
        .services
        .iter()
        .map(|(due, service)| v1::RotationDue {
            entity_ref: service.clone(),
            title: title(service),
            due: due.to_string(),
        });
    v1::RotationsDue {
        within30,
        within60,
        within90,
        overdue: rotations.overdue,
        vacant: rotations.vacant,
        unknown: rotations.unknown,
        services: services.collect(),
    }
}

fn step(step: &Step) -> v1::RolloutStep {
    let (confirmed_on, detail): (Option<CivilDate>, Words) = match step.progress {
        Progress::Counted { of: 0, .. } => (None, Words::text("There is nothing to do it on yet.")),
        Progress::Counted { done, of } => (None, Words::text(format!("{done} of {of}"))),
        Progress::Confirmed(None) => (None, Words::text("The program owner confirms this.")),
        Progress::Confirmed(Some(None)) => (None, Words::text("Confirmed.")),
        Progress::Confirmed(Some(Some(on))) => (Some(on), Words::text("Confirmed on ").date(on)),
    };
    v1::RolloutStep {
        id: step.id.as_str().to_owned(),
        title: step.id.title().to_owned(),
        done: step.is_done(),
        needs_confirmation: matches!(step.progress, Progress::Confirmed(_)),
        confirmed_on: confirmed_on.map(|on| on.to_string()),
        detail: rendered(&detail),
    }
}

pub(super) fn risk(
    report: &Report<'_>,
    points: u32,
    incidents: Option<u32>,
    reason: &Words,
) -> v1::ServiceRisk {
    let service = &report.case.facts.service;
    v1::ServiceRisk {
        entity_ref: service.entity_ref.to_string(),
        title: service.title.clone(),
        tier: service.tier,
        enrolled: report.enrolment.enrolled,
        points,
        incidents,
        reason: rendered(reason),
    }
}

fn rendered(sentence: &Words) -> v1::Words {
    words(sentence, Audience::Counted)
}
