//! Reads every mentoring and onboarding document of the corpus, in place, and
//! compares with what a careful reader took from it.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../mentorship-core/tests/corpus/mod.rs"]
mod corpus;

use mentorship_texts::plan::{self, Plan, PlanForm};

/// Each line: path, form, and the facts with the lines that say them:
/// `learning 12:1` is somebody learning from one mentor, `mentors 23(2)` two
/// mentors without an apprentice, `day 42@55` a milestone, `note 7` a note.
const REVIEWED: &str = include_str!("plan_corpus.txt");

#[test]
fn every_document_gives_what_a_careful_reader_takes() {
    let Some(root) = corpus::folder() else { return };
    let mut found = Vec::new();
    for kind in ["mentoring", "onboarding"] {
        for path in corpus::files(&root.join(kind)) {
            let parsed = plan::parse(&std::fs::read(&path).unwrap());
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            let notes: Vec<u32> = parsed.notes.iter().filter_map(|note| note.line).collect();
            found.push(format!("{name} | {}", facts(&parsed.value, &notes)));
        }
    }
    let reviewed: Vec<&str> = REVIEWED
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    for (found, reviewed) in found.iter().zip(&reviewed) {
        assert_eq!(found, reviewed);
    }
    assert_eq!(
        found.len(),
        reviewed.len(),
        "documents without a reviewed line, or the other way round"
    );
}

fn facts(plan: &Plan, notes: &[u32]) -> String {
    let form = match plan.form {
        PlanForm::Canonical => "canonical",
        PlanForm::Plain => "plain",
        PlanForm::Unstructured => "unstructured",
        PlanForm::UnfilledTemplate => "unfilled template",
        PlanForm::Empty => "empty",
    };
    let mut facts = vec![form.to_owned()];
    let mut add = |what: &str, list: Vec<String>| {
        if !list.is_empty() {
            facts.push(format!("{what} {}", list.join(" ")));
        }
    };
    let mentors =
        |learner: &plan::Apprentice| format!("{}:{}", learner.line, learner.mentors.len());
    add("learning", plan.apprentices.iter().map(mentors).collect());
    add(
        "mentors",
        counted(plan.mentors.iter().map(|mentor| mentor.line)),
    );
    add(
        "steward",
        counted(plan.steward.iter().map(|person| person.line)),
    );
    add(
        "backup",
        counted(plan.backup.iter().map(|person| person.line)),
    );
    add(
        "maintainers",
        counted(plan.maintainers.iter().map(|person| person.line)),
    );
    let own = plan
        .apprentices
        .iter()
        .flat_map(|learner| &learner.milestones);
    let milestones = plan.milestones.iter().chain(own);
    add(
        "day",
        milestones
            .map(|one| format!("{}@{}", one.day, one.line))
            .collect(),
    );
    add(
        "assets",
        plan.assets
            .iter()
            .map(|asset| format!("{:?}@{}", asset.kind, asset.line))
            .collect(),
    );
    add(
        "escalation",
        counted(plan.escalation.iter().map(|entry| entry.line)),
    );
    add("log", counted(plan.log.iter().map(|entry| entry.line)));
    add("note", counted(notes.iter().copied()));
    facts.join("; ")
}

/// Lines in order, with how often each where more than once.
fn counted(lines: impl Iterator<Item = u32>) -> Vec<String> {
    let mut counts: Vec<(u32, usize)> = Vec::new();
    for line in lines {
        match counts.last_mut() {
            Some((last, count)) if *last == line => *count += 1,
            _ => counts.push((line, 1)),
        }
    }
    let show = |(line, count): &(u32, usize)| match count {
        1 => line.to_string(),
        count => format!("{line}({count})"),
    };
    counts.iter().map(show).collect()
}
