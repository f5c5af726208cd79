//! The assessment of one service.

use super::evidence::{evidence, not_collected};
use super::four_decimals;
use super::words::render as words;
use crate::evidence::Collected;
use crate::facts::{self, DateFact, Facts, Place, RoleFact};
use crate::policy::{Policy, Source};
use crate::readings::bus_factor::BusFactor;
use crate::readings::mentorship::{ApprenticeshipReading, Mentorship, MilestoneReading};
use crate::readings::rotation::Rotation;
use crate::report::{self, Outcome, Report};
use crate::rules::{Rule, Verdict};
use crate::wire::v1::{self, Audience};
use crate::words::Words;

const SCHEMA: &str = "mentorship/assessment/v1";

pub(super) fn render(report: &Report<'_>, audience: Audience) -> v1::Assessment {
    let case = &report.case;
    let facts = case.facts;
    v1::Assessment {
        schema: SCHEMA.to_owned(),
        as_of: case.as_of.to_string(),
        audience,
        entity: entity(&facts.service),
        enrolment: v1::Enrolment {
            enrolled: report.enrolment.enrolled,
            reason: words(&report.enrolment.reason, audience),
        },
        level: report.level.into(),
        next_level: report.next_level.as_ref().map(next_level),
        score: report.score.and_then(|score| score.percent()),
        coverage: report.score.and_then(|score| score.coverage()),
        headline: words(&report.headline.words(&facts.service.title), audience),
        next_actions: next_actions(report, audience),
        rotation: rotation(&report.stewardship.rotation, audience),
        mentorship: mentorship(&case.mentorship, facts, audience),
        bus_factor: bus_factor(&case.bus_factor, facts, case.policy, audience),
        findings: report
            .findings
            .iter()
            .map(|finding| self::finding(finding, audience))
            .collect(),
        escalation: escalation(facts),
        documents: documents(facts),
        evidence: evidence(facts, case.policy, audience),
        notes: facts
            .notes
            .iter()
            .map(note)
            .chain(run_out(report))
            .collect(),
    }
}

pub(super) fn entity(service: &facts::Service) -> v1::EntitySummary {
    v1::EntitySummary {
        entity_ref: service.entity_ref.to_string(),
        title: service.title.clone(),
        kind: service.kind.clone(),
        entity_type: service.entity_type.clone(),
        lifecycle: service.lifecycle.clone(),
        tier: service.tier,
        owner: service.owner.as_ref().map(ToString::to_string),
        system: service.system.as_ref().map(ToString::to_string),
    }
}

fn next_level(next: &report::NextLevel) -> v1::NextLevel {
    let mentions = |rules: &[&'static Rule]| {
        rules
            .iter()
            .map(|rule| v1::RuleMention {
                rule: rule.id.to_owned(),
                ask: rule.ask.to_owned(),
            })
            .collect()
    };
    v1::NextLevel {
        level: next.level.into(),
        missing: mentions(&next.missing),
        to_find_out: mentions(&next.to_find_out),
        exempt: mentions(&next.exempt),
    }
}

fn next_actions(report: &Report<'_>, audience: Audience) -> Vec<v1::NextAction> {
    report
        .next_steps()
        .into_iter()
        .map(|step| v1::NextAction {
            rule: step.rule.id.to_owned(),
            action: words(step.action, audience),
        })
        .collect()
}

fn rotation(rotation: &Rotation<'_>, audience: Audience) -> v1::Rotation {
    let clock = rotation.clock;
    v1::Rotation {
        state: rotation.state.into(),
        summary: words(&rotation.summary(), audience),
        steward: rotation
            .steward
            .map(|steward| holder(steward, v1::Role::Steward)),
        since: rotation.since.map(|since| since.date.to_string()),
        since_basis: rotation.since.map(basis),
        since_commit: rotation.since.and_then(|since| since.commit.clone()),
        age_days: clock.map(|clock| clock.age_days),
        age_months: clock.map(|clock| clock.age_months),
        window_opens: clock.map(|clock| clock.window_opens.to_string()),
        due: clock.map(|clock| clock.due.to_string()),
        elapsed_percent: clock.map(|clock| clock.elapsed_percent()),
        window_percent: clock.map(|clock| clock.window_percent()),
        ready_successors: size(rotation.ready_successors.len()),
        handover_started: rotation.handover_started,
        successors: words(&rotation.successors(), audience),
    }
}

fn basis(date: &DateFact) -> v1::DateBasis {
    match date.commit {
        Some(_) => v1::DateBasis::Inferred,
        None => v1::DateBasis::Declared,
    }
}

fn holder(role: &RoleFact, as_role: v1::Role) -> v1::RoleHolder {
    v1::RoleHolder {
        role: as_role,
        name: role.person.name.name.clone(),
        entity_ref: role.person.name.entity_ref.clone(),
        left: role.person.left,
        source: role.source.into(),
        remark: role.remark.clone(),
    }
}

/// Who learns from whom, and how far they are, is for the named audience only.
fn mentorship(mentorship: &Mentorship<'_>, facts: &Facts, audience: Audience) -> v1::Mentorship {
    let (done, total) = mentorship.milestones();
    let apprentices = match audience {
        Audience::Named => mentorship.apprenticeships.iter().map(apprentice).collect(),
        Audience::Counted => Vec::new(),
    };
    v1::Mentorship {
        status: mentorship.status.into(),
        summary: words(&mentorship.summary(), audience),
        last_moved: mentorship.last_moved.map(|date| date.to_string()),
        learning: size(mentorship.learning()),
        milestones_done: size(done),
        milestones_total: size(total),
        next_milestone_due: mentorship.next_milestone_due().map(|date| date.to_string()),
        apprentices,
        plan: facts.plan.value().map(|plan| v1::Document {
            kind: v1::DocumentKind::Plan,
            title: plan.path.clone(),
            path: Some(plan.path.clone()),
            href: plan.place.href.clone(),
        }),
    }
}

fn apprentice(one: &ApprenticeshipReading<'_>) -> v1::Apprentice {
    let facts = one.facts;
    v1::Apprentice {
        name: facts.apprentice.name.name.clone(),
        entity_ref: facts.apprentice.name.entity_ref.clone(),
        mentors: facts
            .mentors
            .iter()
            .map(|mentor| mentor.name.name.clone())
            .collect(),
        started: facts
            .started
            .as_ref()
            .map(|started| started.date.to_string()),
        started_basis: facts.started.as_ref().map(basis),
        day: one.day,
        autonomy: facts.autonomy.map(Into::into),
        autonomy_since: facts
            .autonomy_since
            .as_ref()
            .map(|since| since.date.to_string()),
        goal: facts.goal.clone(),
        success_signal: facts.success_signal.clone(),
        finished: one.finished,
        milestones: one.milestones.iter().map(milestone).collect(),
    }
}

fn milestone(milestone: &MilestoneReading<'_>) -> v1::Milestone {
    let facts = milestone.facts;
    v1::Milestone {
        day: facts.day,
        title: facts.title.clone(),
        state: match (facts.done, milestone.days_late) {
            (true, _) => v1::MilestoneState::Done,
            (false, Some(_)) => v1::MilestoneState::Overdue,
            (false, None) => v1::MilestoneState::Open,
        },
        due: milestone.due.map(|date| date.to_string()),
        days_late: milestone.days_late,
        done_on: facts.done_on.as_ref().map(|done| done.date.to_string()),
        done_on_basis: facts.done_on.as_ref().map(basis),
        deliverable: facts.deliverable.clone(),
        line: facts.line,
    }
}

fn bus_factor(
    bus_factor: &BusFactor<'_>,
    facts: &Facts,
    policy: &Policy,
    audience: Audience,
) -> v1::BusFactor {
    let history = bus_factor.history;
    let why_not = why_no_history(facts, policy);
    let mut readings = vec![declared(bus_factor, audience)];
    let of_service = history.map(|known| [&known.authorship, &known.recent, &known.absence]);
    readings.extend(history_readings(of_service, &why_not, audience));
    v1::BusFactor {
        value: bus_factor.value,
        basis: bus_factor.basis.map(Into::into),
        verdict: bus_factor.verdict.into(),
        summary: words(&bus_factor.summary(), audience),
        readings,
        critical_paths: critical_paths(facts, &why_not, audience),
        merges: match (history, audience) {
            (Some(history), Audience::Named) => history.merges.iter().map(merge).collect(),
            _ => Vec::new(),
        },
        merge_count: history.map_or(0, |history| size(history.merges.len())),
        bots: history.map_or_else(Vec::new, |history| history.bots.iter().map(bot).collect()),
    }
}

/// The readings of a history, in the order in which they are shown.
fn history_readings(
    readings: Option<[&facts::HistoryReading; 3]>,
    why_not: &Words,
    audience: Audience,
) -> Vec<v1::Reading> {
    let named = [
        (v1::ReadingName::Authorship, "wrote what is there"),
        (v1::ReadingName::Recent, "know what changed lately"),
        (v1::ReadingName::Absence, "make half of the changes"),
    ];
    let mut written = Vec::new();
    for (place, (name, meaning)) in named.into_iter().enumerate() {
        let reading = readings.and_then(|readings| readings.get(place).copied());
        written.push(match reading {
            Some(reading) => history_reading(name, meaning, reading, audience),
            None => empty_reading(name, meaning, words(why_not, audience)),
        });
    }
    written
}

/// Absent where nothing is critical, or where nobody looked.
fn critical_paths(
    facts: &Facts,
    why_no_history: &Words,
    audience: Audience,
) -> Option<v1::CriticalPathReadings> {
    let critical = facts.critical_paths.value()?;
    if critical.paths.is_empty() {
        return None;
    }
    let whose = match critical.by_default {
        true => " that the policy takes for critical",
        false => " that the service names critical",
    };
    let files = i32::try_from(critical.files).unwrap_or(i32::MAX);
    let summary = Words::default().count(files, "file", "files").then(whose);
    let no_file = Words::text("No file of the repository matches the patterns.");
    let why_not = match critical.files {
        0 => &no_file,
        _ => why_no_history,
    };
    let known = critical.known.as_ref();
    let known = known.map(|known| [&known.authorship, &known.recent, &known.absence]);
    let patterns = critical.paths.iter().map(|path| path.pattern.clone());
    Some(v1::CriticalPathReadings {
        summary: words(&summary, audience),
        patterns: patterns.collect(),
        by_default: critical.by_default,
        files: critical.files,
        readings: history_readings(known, why_not, audience),
    })
}

fn merge(merge: &facts::MergeFact) -> v1::Merge {
    v1::Merge {
        person: merge.person.name.name.clone(),
        name: merge.name.clone(),
        reason: merge.reason.to_owned(),
    }
}

fn bot(bot: &facts::BotFact) -> v1::Bot {
    v1::Bot {
        name: bot.name.clone(),
        reason: bot.reason.clone(),
    }
}

fn declared(bus_factor: &BusFactor<'_>, audience: Audience) -> v1::Reading {
    let meaning = "are declared able to run it alone";
    let Some(people) = &bus_factor.declared else {
        return empty_reading(
            v1::ReadingName::Declared,
            meaning,
            words(
                &Words::text("Nobody is declared in an annotation or a plan."),
                audience,
            ),
        );
    };
    let all = people.iter().chain(&bus_factor.declared_left);
    let holders = all.map(|person| v1::Holder {
        name: person.name.name.clone(),
        entity_ref: person.name.entity_ref.clone(),
        files: 0,
        share: 0.0,
        left: person.left,
    });
    v1::Reading {
        value: Some(size(people.len())),
        as_published: Some(size(people.len() + bus_factor.declared_left.len())),
        people: match audience {
            Audience::Named => holders.collect(),
            Audience::Counted => Vec::new(),
        },
        people_count: size(people.len()),
        why_not: None,
        ..empty_reading(v1::ReadingName::Declared, meaning, Vec::new())
    }
}

fn history_reading(
    name: v1::ReadingName,
    meaning: &str,
    reading: &facts::HistoryReading,
    audience: Audience,
) -> v1::Reading {
    let holders = reading.holders.iter().map(|holder| v1::Holder {
        name: holder.person.name.name.clone(),
        entity_ref: holder.person.name.entity_ref.clone(),
        files: holder.files,
        share: four_decimals(holder.share),
        left: holder.person.left,
    });
    v1::Reading {
        name,
        meaning: meaning.to_owned(),
        value: reading.value,
        as_published: reading.as_published,
        why_not: reading.value.is_none().then(|| {
            words(
                &Words::text("The history holds nothing that this reading counts."),
                audience,
            )
        }),
        people: match audience {
            Audience::Named => holders.collect(),
            Audience::Counted => Vec::new(),
        },
        people_count: size(reading.holders.len()),
        files_counted: reading.counted,
        files_excluded: reading
            .excluded
            .iter()
            .map(|(reason, files)| v1::Exclusion {
                reason: reason.clone(),
                files: *files,
            })
            .collect(),
        files_orphaned: reading.orphaned,
        coverage: Some(four_decimals(reading.coverage)),
        filter_version: Some(reading.filter_version.to_owned()),
        rename_mode: Some(reading.rename_mode.to_owned()),
        last_commit: Some(reading.last_commit.to_string()),
        remarks: vec![
            format!("files: {}", reading.filter_version),
            format!("renames: {}", reading.rename_mode),
        ],
    }
}

fn empty_reading(name: v1::ReadingName, meaning: &str, why_not: v1::Words) -> v1::Reading {
    v1::Reading {
        name,
        meaning: meaning.to_owned(),
        value: None,
        as_published: None,
        why_not: Some(why_not),
        people: Vec::new(),
        people_count: 0,
        files_counted: 0,
        files_excluded: Vec::new(),
        files_orphaned: 0,
        coverage: None,
        filter_version: None,
        rename_mode: None,
        last_commit: None,
        remarks: Vec::new(),
    }
}

fn why_no_history(facts: &Facts, policy: &Policy) -> Words {
    match &facts.knowledge {
        Collected::Failed { reason, .. } => {
            Words::text(format!("The history could not be read: {reason}."))
        }
        Collected::Missing => Words::text("The repository has no history."),
        Collected::Found(_) => Words::text("The history holds nothing that this reading counts."),
        Collected::NotCollected => not_collected(facts, policy, Source::Git),
    }
}

fn finding(finding: &report::Finding<'_>, audience: Audience) -> v1::Finding {
    v1::Finding {
        rule: finding.rule.id.to_owned(),
        title: finding.rule.title.to_owned(),
        category: finding.rule.category.into(),
        weight: finding.weight,
        outcome: outcome(&finding.outcome, audience),
    }
}

fn outcome(outcome: &Outcome<'_>, audience: Audience) -> v1::Outcome {
    match outcome {
        Outcome::Exempt(exemption) => v1::Outcome::Exempt {
            until: exemption.until.to_string(),
            reason: exemption.reason.clone(),
        },
        Outcome::Judged(Verdict::Pass(reason)) => v1::Outcome::Pass {
            reason: words(reason, audience),
        },
        Outcome::Judged(Verdict::NotApplicable(reason)) => v1::Outcome::NotApplicable {
            reason: words(reason, audience),
        },
        Outcome::Judged(Verdict::Unknown { missing, how, .. }) => v1::Outcome::Unknown {
            missing: words(missing, audience),
            how: words(how, audience),
        },
        Outcome::Judged(Verdict::Fail(failure)) => v1::Outcome::Fail {
            reasons: failure
                .reasons
                .iter()
                .map(|reason| words(reason, audience))
                .collect(),
            evidence: failure.places.iter().map(link).collect(),
            next_action: words(&failure.next_action, audience),
        },
    }
}

fn link(place: &Place) -> v1::EvidenceLink {
    v1::EvidenceLink {
        label: place.label.clone(),
        href: place.href.clone(),
    }
}

fn escalation(facts: &Facts) -> Vec<v1::RoleHolder> {
    let roles = [
        (&facts.stewards, v1::Role::Steward),
        (&facts.backups, v1::Role::Backup),
        (&facts.program_owners, v1::Role::ProgramOwner),
    ];
    roles
        .into_iter()
        .flat_map(|(holders, role)| {
            let holders = holders.value().map(Vec::as_slice).unwrap_or_default();
            holders.iter().map(move |one| holder(one, role))
        })
        .collect()
}

fn documents(facts: &Facts) -> Vec<v1::Document> {
    let files = |documents: &Collected<Vec<facts::DocumentFact>>, kind| -> Vec<v1::Document> {
        let documents = documents.value().map(Vec::as_slice).unwrap_or_default();
        documents
            .iter()
            .map(|document| v1::Document {
                kind,
                title: document.title.clone(),
                path: Some(document.path.clone()),
                href: document.place.href.clone(),
            })
            .collect()
    };
    // A link of the plan to a file that is listed by itself is one document.
    let listed = |target: &str| {
        let target = target.trim_start_matches("./");
        let of = |documents: &Collected<Vec<facts::DocumentFact>>| {
            let documents = documents.value().map(Vec::as_slice).unwrap_or_default();
            documents.iter().any(|document| document.path == target)
        };
        of(&facts.runbooks) || of(&facts.decision_records)
    };
    let links = facts
        .links
        .iter()
        .filter(|link| !listed(&link.target))
        .map(|link| v1::Document {
            kind: link.kind.into(),
            title: link.title.clone(),
            path: (!is_address(&link.target)).then(|| link.target.clone()),
            href: is_address(&link.target).then(|| link.target.clone()),
        });
    let recordings = facts.recordings.value().into_iter().flatten();
    let unlisted = |target: &str| facts.links.iter().all(|link| link.target != target);
    let recordings = recordings
        .filter(|recording| unlisted(&recording.target))
        .map(walkthrough);
    let mut all = files(&facts.runbooks, v1::DocumentKind::Runbook);
    all.extend(links);
    all.extend(recordings);
    all.extend(files(
        &facts.decision_records,
        v1::DocumentKind::DecisionRecord,
    ));
    all
}

fn walkthrough(recording: &facts::RecordingFact) -> v1::Document {
    let target = &recording.target;
    v1::Document {
        kind: v1::DocumentKind::Walkthrough,
        title: recording.title.clone(),
        path: (!is_address(target)).then(|| target.clone()),
        href: is_address(target).then(|| target.clone()),
    }
}

fn is_address(target: &str) -> bool {
    target.starts_with("https://") || target.starts_with("http://")
}

/// Exemptions whose last day is over.
fn run_out<'a>(report: &'a Report<'_>) -> impl Iterator<Item = v1::Note> + 'a {
    let as_of = report.case.as_of;
    let exemptions = report.case.facts.exemptions.iter();
    let over = exemptions.filter(move |exemption| exemption.until < as_of);
    over.map(|exemption| v1::Note {
        place: facts::EXEMPT.to_owned(),
        line: None,
        message: format!(
            "`{}` was excused until {} and is judged again",
            exemption.rule, exemption.until
        ),
    })
}

fn note(note: &facts::PlacedNote) -> v1::Note {
    v1::Note {
        place: note.place.clone(),
        line: note.line,
        message: note.message.clone(),
    }
}

pub(super) fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
