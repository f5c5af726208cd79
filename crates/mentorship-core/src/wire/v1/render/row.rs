//! One row a service.

use super::assessment::{entity, size};
use super::words::render as words;
use crate::readings::mentorship::MentorshipStatus;
use crate::report::{Outcome, Report};
use crate::wire::v1::{AssessmentRow, Audience};

pub(super) fn render(report: &Report<'_>) -> AssessmentRow {
    let case = &report.case;
    let entity = entity(&case.facts.service);
    let rotation = &report.stewardship.rotation;
    let mentorship = &case.mentorship;
    let learning_known = mentorship.status != MentorshipStatus::Unknown;
    let (done, total) = mentorship.milestones();
    let steward = rotation.steward.map(|steward| &steward.person.name);
    let history = case.bus_factor.history;
    AssessmentRow {
        as_of: case.as_of.to_string(),
        entity_ref: entity.entity_ref,
        title: entity.title,
        kind: entity.kind,
        entity_type: entity.entity_type,
        lifecycle: entity.lifecycle,
        tier: entity.tier,
        owner: entity.owner,
        system: entity.system,
        level: report.level.into(),
        level_rank: report.level as u8,
        score: report.score.and_then(|score| score.percent()),
        coverage: report.score.and_then(|score| score.coverage()),
        mentorship_status: mentorship.status.into(),
        apprentices: learning_known.then(|| size(mentorship.learning())),
        milestones_done: learning_known.then(|| size(done)),
        milestones_total: learning_known.then(|| size(total)),
        next_milestone_due: mentorship.next_milestone_due().map(|date| date.to_string()),
        steward: steward.map(|name| name.entity_ref.clone().unwrap_or_else(|| name.name.clone())),
        steward_name: steward.map(|name| name.name.clone()),
        steward_since: rotation.since.map(|since| since.date.to_string()),
        steward_age_days: rotation.clock.map(|clock| clock.age_days),
        steward_age_months: rotation.clock.map(|clock| clock.age_months),
        rotation_state: rotation.state.into(),
        rotation_due: rotation.clock.map(|clock| clock.due.to_string()),
        bus_factor: case.bus_factor.value,
        bus_factor_basis: case.bus_factor.basis.map(Into::into),
        bus_factor_verdict: case.bus_factor.verdict.into(),
        bus_factor_declared: case
            .bus_factor
            .declared
            .as_ref()
            .map(|people| size(people.len())),
        bus_factor_authorship: history.and_then(|history| history.authorship.value),
        bus_factor_recent: history.and_then(|history| history.recent.value),
        contributor_absence_factor: history.and_then(|history| history.absence.value),
        failed_rules: rules(report, Outcome::fails),
        unknown_rules: rules(report, Outcome::is_unknown),
        headline: words(
            &report.headline.words(&case.facts.service.title),
            Audience::Counted,
        ),
        next_steps: report
            .next_steps()
            .into_iter()
            .map(|step| step.ask.to_owned())
            .collect(),
    }
}

fn rules<'a>(report: &Report<'a>, which: fn(&Outcome<'a>) -> bool) -> Vec<String> {
    report
        .findings
        .iter()
        .filter(|finding| which(&finding.outcome))
        .map(|finding| finding.rule.id.to_owned())
        .collect()
}
