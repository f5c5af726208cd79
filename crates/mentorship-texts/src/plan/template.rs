//! Writing the canonical form, for `mentorship init`.
//!
//! What is not known is written as a fill-in that the reader of this very format
//! knows for one: a template nobody has filled reads as just that.

use std::fmt::Write as _;

use super::person::PersonRef;
use super::{Apprentice, Asset, AssetKind, Autonomy, LogKind, Milestone, Plan, vocabulary};
use crate::Located;

/// Fill-ins for what a plan does not say.
const HANDLE: &str = "@your-handle";
const DATE: &str = "YYYY-MM-DD";
const GOAL: &str = "<what they are to be able to do>";
const SIGNAL: &str = "<how everybody will see it>";

/// The plan that a program begins with: three milestones, nobody named.
pub fn blank() -> Plan {
    let milestone = |day, title: &str| Milestone {
        day,
        title: title.to_owned(),
        done: Some(false),
        by: Vec::new(),
        on: None,
        links: Vec::new(),
        line: 0,
    };
    Plan {
        milestones: vec![
            milestone(
                30,
                "Observe and map: shadow on-call, trace a request, add the steps that the runbook lacks",
            ),
            milestone(
                60,
                "Co-own risk: pair on a risky change, lead a game day, draft the decision record",
            ),
            milestone(
                90,
                "Lead with supervision: run the weekly deploy, be primary on-call for one quiet window",
            ),
        ],
        ..Plan::default()
    }
}

/// Writes a plan in the canonical form. Lines and notes are not part of it;
/// reading the text again gives the same people, milestones, assets and log.
pub fn render(plan: &Plan) -> String {
    let mut text = String::new();
    front_matter(&mut text, plan);
    introduction(&mut text, plan);
    milestones(&mut text, plan);
    assets(&mut text, plan);
    escalation(&mut text, plan);
    log(&mut text, plan);
    text
}

// Writing to a `String` cannot fail, so its results are dropped below.

fn front_matter(text: &mut String, plan: &Plan) {
    let value = |said: Option<String>| said.unwrap_or_else(|| DATE.to_owned());
    text.push_str("---\n");
    if let Some(service) = &plan.service {
        let _ = writeln!(text, "service: {}", quoted(&service.value));
    }
    let since = plan
        .steward_since
        .as_ref()
        .map(|since| since.value.to_string());
    let _ = writeln!(text, "steward: {}", people(&plan.steward));
    let _ = writeln!(text, "steward_since: {}", value(since));
    let _ = writeln!(text, "backup: {}", people(&plan.backup));
    let _ = writeln!(text, "program_owner: {}", people(&plan.program_owner));
    if !plan.maintainers.is_empty() {
        let _ = writeln!(text, "maintainers: {}", people(&plan.maintainers));
    }
    text.push_str("apprentices:\n");
    if plan.apprentices.is_empty() {
        apprentice(text, None);
    }
    for one in &plan.apprentices {
        apprentice(text, Some(one));
    }
    text.push_str("---\n\n");
}

/// An apprentice with a fill-in for each thing that is not known of them.
fn apprentice(text: &mut String, one: Option<&Apprentice>) {
    let user = one.map_or(HANDLE.to_owned(), |one| one.person.spelling());
    let mentors = one.map(|one| one.mentors.as_slice()).unwrap_or_default();
    let started = one.and_then(|one| one.started.as_ref());
    let started = started.map_or(DATE.to_owned(), |day| day.value.to_string());
    let autonomy = one.and_then(|one| one.autonomy.as_ref());
    let goal = one.and_then(|one| one.goal.as_ref());
    let signal = one.and_then(|one| one.success_signal.as_ref());
    let _ = writeln!(text, "  - user: {}", quoted(&user));
    let _ = writeln!(text, "    mentor: {}", list(mentors.iter()));
    let _ = writeln!(text, "    started: {started}");
    // The ladder has no fill-in: whoever begins is guided.
    if let Some(rung) = autonomy
        .map(|rung| rung.value)
        .or(one.is_none().then_some(Autonomy::Guided))
    {
        let _ = writeln!(text, "    autonomy: {}", rung_name(rung));
    }
    let goal = goal.map_or(GOAL, |goal| &goal.value);
    let signal = signal.map_or(SIGNAL, |signal| &signal.value);
    let _ = writeln!(text, "    goal: {}", quoted(goal));
    let _ = writeln!(text, "    success_signal: {}", quoted(signal));
}

fn people(people: &[Located<PersonRef>]) -> String {
    list(people.iter().map(|person| &person.value))
}

/// Nobody is a fill-in, one a scalar, several a list.
fn list<'a>(people: impl Iterator<Item = &'a PersonRef>) -> String {
    let people: Vec<String> = people.map(|person| quoted(&person.spelling())).collect();
    match people.as_slice() {
        [] => quoted(HANDLE),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

fn introduction(text: &mut String, plan: &Plan) {
    text.push_str("# Mentorship\n\n");
    text.push_str(
        "<!--\nFeedback, check-in notes and everything else that is private between a mentor and\n\
         an apprentice does not belong in a repository. This file says who learns what\n\
         from whom, by when, and what came of it.\n-->\n\n",
    );
    let scope = plan
        .scope
        .as_ref()
        .map_or("<what this plan covers>", |scope| scope.value.as_str());
    let _ = writeln!(text, "Scope: {scope}\n");
}

fn milestones(text: &mut String, plan: &Plan) {
    text.push_str("## 30-60-90\n\n");
    text.push_str("<!-- Tick with `- [x] … — @who, YYYY-MM-DD, link to the deliverable`. -->\n\n");
    plan.milestones.iter().for_each(|one| milestone(text, one));
    for apprentice in plan
        .apprentices
        .iter()
        .filter(|one| !one.milestones.is_empty())
    {
        let _ = writeln!(text, "\n### {}\n", apprentice.person.spelling());
        apprentice
            .milestones
            .iter()
            .for_each(|one| milestone(text, one));
    }
    text.push('\n');
}

fn milestone(text: &mut String, milestone: &Milestone) {
    let mark = match milestone.done {
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
        None => "",
    };
    let _ = write!(text, "- {mark}Day {}: {}", milestone.day, milestone.title);
    // Behind the dash an identity is sure where a name would be part of the title.
    let by = milestone.by.iter().map(|person| person.identity.spelling());
    let mut tail: Vec<String> = by.collect();
    tail.extend(milestone.on.map(|day| day.to_string()));
    tail.extend(
        milestone
            .links
            .iter()
            .map(|link| format!("[{}]({})", link.text, link.target)),
    );
    if !tail.is_empty() {
        let _ = write!(text, " — {}", tail.join(", "));
    }
    text.push('\n');
}

fn assets(text: &mut String, plan: &Plan) {
    text.push_str("## Assets\n\n");
    if plan.assets.is_empty() {
        text.push_str("- Runbook: TODO\n- Dashboards: TODO\n- Alerts: TODO\n- ADRs: TODO\n");
    }
    for asset in &plan.assets {
        let _ = writeln!(text, "- {}: {}", asset_label(asset.kind), asset_text(asset));
    }
    text.push('\n');
}

fn escalation(text: &mut String, plan: &Plan) {
    text.push_str("## Escalation tree\n\n");
    if plan.escalation.is_empty() {
        let roles = [
            ("Steward", &plan.steward),
            ("Backup", &plan.backup),
            ("Program owner", &plan.program_owner),
        ];
        for (role, people) in roles {
            let people: Vec<String> = people.iter().map(|one| one.value.spelling()).collect();
            let people = if people.is_empty() {
                HANDLE.to_owned()
            } else {
                people.join(", ")
            };
            let _ = writeln!(text, "- {role}: {people}");
        }
    }
    for entry in &plan.escalation {
        let people: Vec<String> = entry.people.iter().map(PersonRef::spelling).collect();
        let _ = write!(text, "- {}: {}", entry.role, people.join(", "));
        match &entry.note {
            Some(note) if people.is_empty() => text.push_str(note),
            Some(note) => {
                let _ = write!(text, " ({note})");
            }
            None => {}
        }
        text.push('\n');
    }
    text.push('\n');
}

fn log(text: &mut String, plan: &Plan) {
    text.push_str("## Log\n\n");
    text.push_str(
        "<!-- Newest first: `- YYYY-MM-DD — win, shadow, reverse shadow, pairing, game day or\n\
         handover: what happened, with @whom`. -->\n\n",
    );
    for entry in &plan.log {
        let said = vocabulary::log_kind(&entry.text) == entry.kind;
        let kind = if said {
            String::new()
        } else {
            format!("{}: ", log_label(entry.kind))
        };
        let _ = writeln!(text, "- {} — {kind}{}", entry.date, entry.text);
    }
}

/// A double-quoted YAML scalar.
fn quoted(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', " ");
    format!("\"{escaped}\"")
}

fn rung_name(autonomy: Autonomy) -> &'static str {
    match autonomy {
        Autonomy::Guided => "guided",
        Autonomy::Supervised => "supervised",
        Autonomy::Independent => "independent",
        Autonomy::Leading => "leading",
    }
}

fn asset_label(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Runbook => "Runbook",
        AssetKind::Dashboard => "Dashboards",
        AssetKind::Alert => "Alerts",
        AssetKind::DecisionRecord => "ADRs",
        AssetKind::Walkthrough => "Walkthroughs",
        AssetKind::Other => "Other",
    }
}

fn asset_text(asset: &Asset) -> String {
    match &asset.target {
        Some(target) => format!("[{}]({target})", asset.title),
        None => asset.title.clone(),
    }
}

fn log_label(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Win => "win",
        LogKind::Shadow => "shadow",
        LogKind::ReverseShadow => "reverse shadow",
        LogKind::Pairing => "pairing",
        LogKind::GameDay => "game day",
        LogKind::Handover => "handover",
        LogKind::Other => "note",
    }
}
