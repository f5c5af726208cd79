//! Reminders: what is due to whom, told to those concerned and to nobody else.
//!
//! A reminder stands for some days, so that a run that was missed loses none, and keeps
//! its id as long as it is about the same thing, so that nobody is told twice. What is
//! long past is no reminder any more: the page says it every day. No sentence names
//! anybody.

use crate::organisation::Person;
use crate::readings::mentorship::ApprenticeshipReading;
use crate::report::Report;

/// Days before a rotation is due on which the steward is reminded, the first to come
/// first, the due day itself included.
const ROTATION_DAYS: [i32; 3] = [30, 7, 0];
/// Days without any movement after which those who learn and teach are reminded.
const STILL_DAYS: i32 = 30;
/// Days for which a reminder stands once its day has come.
const STANDS_DAYS: i32 = 30;

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The rotation of the steward is due soon, or since lately.
    RotationDue,
    /// A milestone is past its day.
    MilestoneOverdue,
    /// Nothing has moved for long.
    NothingMoved,
}

/// Something that is due to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// What it is about.
    pub topic: Topic,
    /// What tells it from the service's other reminders, now and later.
    pub id: String,
    /// Entity refs of users who have not left, each once, by ref.
    pub recipients: Vec<String>,
    /// One line.
    pub title: String,
    /// What to do about it.
    pub text: String,
}

/// What is due to whom of one service; nothing where it is not enrolled.
pub fn reminders(report: &Report<'_>) -> Vec<Reminder> {
    if !report.enrolment.enrolled {
        return Vec::new();
    }
    let mut reminders = Vec::new();
    reminders.extend(rotation_due(report));
    milestones_overdue(report, &mut reminders);
    reminders.extend(nothing_moved(report));
    // To remind nobody is to remind of nothing.
    reminders.retain(|reminder| !reminder.recipients.is_empty());
    reminders
}

fn rotation_due(report: &Report<'_>) -> Option<Reminder> {
    let rotation = &report.stewardship.rotation;
    let clock = rotation.clock?;
    let days = -clock.days_overdue;
    if days <= -STANDS_DAYS {
        return None;
    }
    let stage = ROTATION_DAYS.iter().rev().find(|stage| days <= **stage)?;
    let when = match days {
        1 => "is due tomorrow".to_owned(),
        0 => "is due today".to_owned(),
        -1 => "was due yesterday".to_owned(),
        _ if days > 0 => format!("is due in {days} days"),
        _ => format!("was due {} days ago", -days),
    };
    let successors = &rotation.ready_successors;
    let next = match successors.is_empty() {
        true => {
            "Nobody is ready to take over yet: agree on who follows, and on what they still need."
        }
        false => {
            "Somebody is ready to take over: agree on a day, and write the handover into the log."
        }
    };
    let steward = rotation.steward.map(|steward| &steward.person);
    Some(Reminder {
        topic: Topic::RotationDue,
        id: format!("rotation-due/{}/{stage}", clock.due),
        recipients: recipients(&mut steward.into_iter().chain(successors.iter().copied())),
        title: format!("The steward's rotation of {} {when}", title(report)),
        text: format!("The rotation is due on {}. {next}", clock.due),
    })
}

fn milestones_overdue(report: &Report<'_>, reminders: &mut Vec<Reminder>) {
    for one in report.case.mentorship.open() {
        let concerned = recipients(&mut concerned(report, one));
        for milestone in &one.milestones {
            let late = milestone.days_late.filter(|days| *days <= STANDS_DAYS);
            let (Some(_), Some(due)) = (late, milestone.due) else {
                continue;
            };
            let day = milestone.facts.day;
            reminders.push(Reminder {
                topic: Topic::MilestoneOverdue,
                id: format!(
                    "milestone-overdue/{}/{day}/{due}",
                    one.facts.apprentice.identity()
                ),
                recipients: concerned.clone(),
                title: format!("A milestone of learning {} is overdue", title(report)),
                text: format!(
                    "Day {day} was due on {due}: {}. Finish it, or agree on a new day and write it down.",
                    milestone.facts.title.trim_end_matches('.')
                ),
            });
        }
    }
}

fn nothing_moved(report: &Report<'_>) -> Option<Reminder> {
    let mentorship = &report.case.mentorship;
    let (moved, still) = mentorship.last_moved.zip(mentorship.days_still)?;
    if !(STILL_DAYS..STILL_DAYS + STANDS_DAYS).contains(&still) {
        return None;
    }
    let begun = |one: &&ApprenticeshipReading<'_>| one.day.is_some_and(|day| day >= STILL_DAYS);
    let mut people = mentorship
        .open()
        .filter(begun)
        .flat_map(|one| concerned(report, one));
    Some(Reminder {
        topic: Topic::NothingMoved,
        id: format!("nothing-moved/{moved}"),
        recipients: recipients(&mut people),
        title: format!(
            "Nothing has moved in learning {} for {still} days",
            title(report)
        ),
        text: format!(
            "The last tick, log entry or step was on {moved}. Meet, and write down what comes next."
        ),
    })
}

/// The steward, the apprentice and the mentors of an apprenticeship.
fn concerned<'a>(
    report: &'a Report<'_>,
    one: &'a ApprenticeshipReading<'_>,
) -> impl Iterator<Item = &'a Person> {
    let steward = report.case.facts.steward().map(|steward| &steward.person);
    let learning = std::iter::once(&one.facts.apprentice).chain(&one.facts.mentors);
    learning.chain(steward)
}

/// Those of some people who can be told.
fn recipients(people: &mut dyn Iterator<Item = &Person>) -> Vec<String> {
    let mut refs: Vec<String> = Vec::new();
    for person in people {
        let entity_ref = person.name.entity_ref.as_ref().filter(|_| !person.left);
        if let Some(entity_ref) = entity_ref
            && let Err(place) = refs.binary_search(entity_ref)
        {
            refs.insert(place, entity_ref.clone());
        }
    }
    refs
}

fn title<'a>(report: &'a Report<'_>) -> &'a str {
    &report.case.facts.service.title
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::engine::Engine;
    use serde_json::{Value, json};

    /// What is due on a day where the plan says so.
    fn due(plan: &str, as_of: &str, enrolled: bool) -> Vec<Value> {
        let user = |name: &str| json!({ "kind": "User", "metadata": { "name": name } });
        let annotations = json!({ "mentorship/enrolled": enrolled.to_string() });
        let service = json!({
            "kind": "Component",
            "metadata": { "name": "pay", "title": "Payments", "annotations": annotations },
            "spec": { "type": "service" },
        });
        let items = [user("alice"), user("ben"), user("jordan"), service];
        let page = json!({ "items": items, "pageInfo": {} }).to_string();
        let policy = json!({ "people": { "left": ["user:default/ben"] } }).to_string();
        let mut engine = Engine::new(&policy).unwrap();
        engine.upsert_page(page.as_bytes()).unwrap();
        let evidence = json!({
            "schema": "mentorship/evidence/v1",
            "repository": "https://git.example/pay",
            "collectedAt": "2026-11-21T00:00:00Z",
            "services": [{ "entityRef": "component:default/pay", "directory": "" }],
            "paths": ["MENTORSHIP.md"],
            "files": [{ "path": "MENTORSHIP.md", "text": plan }],
        });
        engine
            .put_repository(evidence.to_string().as_bytes())
            .unwrap();
        let results = engine.results(as_of, 0, 1).unwrap();
        let reminders = results.items.into_iter().flat_map(|item| item.reminders);
        reminders
            .map(|reminder| serde_json::to_value(reminder).unwrap())
            .collect()
    }

    fn ids(plan: &str, as_of: &str) -> Vec<String> {
        let due = due(plan, as_of, true);
        due.iter()
            .map(|each| each["id"].as_str().unwrap().to_owned())
            .collect()
    }

    const STEWARD: &str = "---\nsteward: alice\nsteward_since: 2026-01-15\n---\n";
    const LEARNING: &str = "---\nsteward: alice\nsteward_since: 2026-09-01\napprentices:\n  - user: jordan\n    mentor: ben\n    started: 2026-09-01\n---\n## Milestones\n- [ ] Day 30: Correct the runbook\n- [ ] Day 90: Lead a deploy\n";

    #[test]
    fn a_rotation_is_told_thirty_days_seven_days_and_none_before() {
        let stages = [
            ("2026-12-15", None),
            ("2026-12-16", Some("30")),
            ("2027-01-07", Some("30")),
            ("2027-01-08", Some("7")),
            ("2027-01-14", Some("7")),
            ("2027-01-15", Some("0")),
            ("2027-02-13", Some("0")),
            ("2027-02-14", None),
        ];
        for (day, stage) in stages {
            let expected = stage.map(|stage| format!("rotation-due/2027-01-15/{stage}"));
            assert_eq!(ids(STEWARD, day), Vec::from_iter(expected), "on {day}");
        }
        let due = due(STEWARD, "2027-01-08", true);
        assert_eq!(due[0]["recipients"], json!(["user:default/alice"]));
        assert_eq!(
            due[0]["title"],
            "The steward's rotation of Payments is due in 7 days"
        );
    }

    #[test]
    fn a_milestone_is_told_to_those_who_are_there_and_names_nobody() {
        let is_told = |day| {
            let ids = ids(LEARNING, day);
            ids.iter()
                .any(|id| id == "milestone-overdue/user:default/jordan/30/2026-10-01")
        };
        assert!(!is_told("2026-10-01"));
        let due = due(LEARNING, "2026-10-05", true);
        let milestone = due
            .iter()
            .find(|each| each["topic"] == "milestone-overdue")
            .unwrap();
        assert_eq!(
            milestone["id"],
            "milestone-overdue/user:default/jordan/30/2026-10-01"
        );
        // Ben has left.
        let told = json!(["user:default/alice", "user:default/jordan"]);
        assert_eq!(milestone["recipients"], told);
        let text = format!("{} {}", milestone["title"], milestone["text"]);
        assert!(text.contains("Correct the runbook"), "{text}");
        assert!(!text.contains("ordan"), "{text}");
        // It keeps its id from day to day, and ends.
        assert!(is_told("2026-10-31"));
        assert!(!is_told("2026-11-01"));
    }

    #[test]
    fn that_nothing_moved_is_told_after_thirty_days() {
        let still = |day| {
            let ids = ids(LEARNING, day);
            ids.into_iter().find(|id| id.starts_with("nothing-moved"))
        };
        assert_eq!(still("2026-09-30"), None);
        let id = Some("nothing-moved/2026-09-01".to_owned());
        assert_eq!(still("2026-10-01"), id);
        assert_eq!(still("2026-10-30"), id);
        assert_eq!(still("2026-10-31"), None);
    }

    #[test]
    fn whoever_takes_no_part_is_not_reminded() {
        assert_eq!(due(LEARNING, "2026-10-05", false), Vec::<Value>::new());
    }
}
