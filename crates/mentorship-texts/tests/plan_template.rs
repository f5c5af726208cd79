//! What `mentorship init` writes, its own reader understands.
#![allow(clippy::unwrap_used, clippy::panic)]

use mentorship_texts::civil_date::CivilDate;
use mentorship_texts::documents::inline::Link;
use mentorship_texts::plan::{
    self, Apprentice, Asset, AssetKind, Autonomy, EscalationEntry, Identity, LogEntry, LogKind,
    Milestone, PersonRef, Plan, PlanForm, template,
};
use mentorship_texts::{Located, Parsed};
use proptest::prelude::*;

#[test]
fn a_template_that_nobody_filled_reads_as_one() {
    let written = template::render(&template::blank());
    let Parsed { value: read, notes } = plan::parse(written.as_bytes());
    assert_eq!(notes, []);
    assert_eq!(read.form, PlanForm::UnfilledTemplate);
    assert_eq!(facts(&read), facts(&template::blank()));
    assert_eq!(
        read.milestones
            .iter()
            .map(|one| one.day)
            .collect::<Vec<_>>(),
        [30, 60, 90]
    );
}

#[test]
fn one_name_makes_it_a_plan() {
    let plan = Plan {
        service: said("component:default/checkout".to_owned()),
        steward: vec![Located::at(
            1,
            person(
                Identity::Email("ann@example.org".to_owned()),
                Some("Ann Lee"),
            ),
        )],
        ..template::blank()
    };
    let read = reread(&plan);
    assert_eq!(read.form, PlanForm::Canonical);
    assert_eq!(facts(&read), facts(&plan));
}

#[test]
fn everything_that_a_plan_can_say_is_read_back() {
    let ann = person(Identity::Entity("user:default/ann".to_owned()), None);
    let ben = person(Identity::Handle("ben-d".to_owned()), Some("Ben Doe"));
    let cy = person(Identity::Email("cy@example.org".to_owned()), None);
    let dee = person(Identity::Name("Dee Fox".to_owned()), None);
    let plan = Plan {
        form: PlanForm::Canonical,
        scope: said("Checkout, and \"refunds\": both".to_owned()),
        service: said("component:default/checkout".to_owned()),
        steward: vec![Located::at(1, ann.clone())],
        steward_since: said(day("2026-03-04")),
        backup: vec![Located::at(1, ben.clone()), Located::at(1, dee.clone())],
        program_owner: vec![Located::at(1, cy.clone())],
        maintainers: vec![Located::at(1, ann.clone()), Located::at(1, ben.clone())],
        mentors: Vec::new(),
        apprentices: vec![
            Apprentice {
                person: ben.clone(),
                line: 1,
                mentors: vec![ann.clone(), cy.clone()],
                started: said(day("2026-05-01")),
                autonomy: said(Autonomy::Supervised),
                goal: said("Deploys \"alone\" \\ at night".to_owned()),
                success_signal: said("Two deploys: no help".to_owned()),
                milestones: vec![milestone(14, "Shadow one shift", Some(true))],
            },
            Apprentice {
                person: dee,
                line: 1,
                mentors: Vec::new(),
                started: None,
                autonomy: None,
                goal: None,
                success_signal: None,
                milestones: Vec::new(),
            },
        ],
        milestones: vec![
            Milestone {
                by: vec![ben.clone()],
                on: Some(day("2026-06-02")),
                links: vec![Link {
                    text: "change 7".to_owned(),
                    target: "https://git.example/checkout/pull/7".to_owned(),
                }],
                ..milestone(30, "Add the steps that the runbook lacks", Some(true))
            },
            milestone(60, "Pair on a risky change", Some(false)),
        ],
        assets: [
            (
                AssetKind::Runbook,
                "Restart",
                Some("docs/runbooks/restart.md"),
            ),
            (
                AssetKind::Dashboard,
                "Checkout",
                Some("https://graphs.example/d/1"),
            ),
            (AssetKind::Alert, "Latency", Some("alerts.yaml")),
            (
                AssetKind::DecisionRecord,
                "Queues",
                Some("docs/adr/0001-queues.md"),
            ),
            (
                AssetKind::Walkthrough,
                "Deploy",
                Some("https://video.example/watch/1"),
            ),
        ]
        .map(|(kind, title, target)| Asset {
            kind,
            title: title.to_owned(),
            target: target.map(str::to_owned),
            line: 1,
        })
        .to_vec(),
        escalation: vec![
            EscalationEntry {
                role: "Steward".to_owned(),
                people: vec![ann.clone()],
                note: Some("PagerDuty SEV2+".to_owned()),
                line: 1,
            },
            EscalationEntry {
                role: "Backup".to_owned(),
                people: vec![ben.clone()],
                note: None,
                line: 1,
            },
        ],
        log: [
            (LogKind::Shadow, "Shadow shift with @ben-d"),
            (LogKind::Win, "Win: first deploy alone, @ben-d"),
            (LogKind::Handover, "Handover rehearsed"),
        ]
        .map(|(kind, text)| LogEntry {
            date: day("2026-06-01"),
            kind,
            people: Vec::new(),
            text: text.to_owned(),
            line: 1,
        })
        .to_vec(),
    };
    let read = reread(&plan);
    assert_eq!(read.form, PlanForm::Canonical);
    assert_eq!(facts(&read), facts(&plan), "{}", template::render(&plan));
}

proptest! {
    /// Names, goals and titles in whatever words: the people, dates and ticks hold.
    #[test]
    fn whatever_is_known_is_read_back(
        steward in a_person(),
        backup in prop::option::of(a_person()),
        apprentice in a_person(),
        since in prop::option::of(0i32..20_000),
        goal in prop::option::of("[A-Za-z][A-Za-z0-9 :'\"\\\\#,-]{2,40}[a-z]"),
        done in prop::option::of(any::<bool>()),
    ) {
        let goal = goal.map(|goal| goal.split_whitespace().collect::<Vec<_>>().join(" "));
        let goal = goal.filter(|goal| !plan::person::is_placeholder(goal));
        let plan = Plan {
            steward: vec![Located::at(1, steward)],
            backup: backup.map(|person| Located::at(1, person)).into_iter().collect(),
            steward_since: since.map(|days| Located::at(1, CivilDate::from_days_since_epoch(days))),
            apprentices: vec![Apprentice {
                person: apprentice,
                line: 1,
                mentors: Vec::new(),
                started: None,
                autonomy: None,
                goal: goal.map(|goal| Located::at(1, goal)),
                success_signal: None,
                milestones: Vec::new(),
            }],
            milestones: vec![milestone(30, "Shadow one shift", done)],
            ..Plan::default()
        };
        let read = reread(&plan);
        prop_assert_eq!(facts(&read), facts(&plan), "{}", template::render(&plan));
    }
}

fn a_person() -> impl Strategy<Value = PersonRef> {
    let identity = prop_oneof![
        "[a-z][a-z0-9]{3,8}".prop_map(|name| Identity::Entity(format!("user:default/z{name}"))),
        "[a-z][a-z0-9]{3,8}(-[a-z]{1,4})?".prop_map(|login| Identity::Handle(format!("z{login}"))),
        "[a-z][a-z0-9.]{0,8}[a-z]"
            .prop_map(|local| Identity::Email(format!("{local}@example.org"))),
    ];
    let name = prop::option::of("Z[a-z]{3,8} Z[a-z]{3,8}");
    let person = (identity, name).prop_map(|(identity, name)| PersonRef::known(identity, name));
    // `a.tbd@example.org` stands for nobody.
    person.prop_filter("a fill-in", |person| {
        !plan::person::is_placeholder(&person.written)
    })
}

fn reread(plan: &Plan) -> Plan {
    let text = template::render(plan);
    let Parsed { value, notes } = plan::parse(text.as_bytes());
    assert_eq!(notes, [], "{text}");
    value
}

/// Everything but lines, spellings and the form.
fn facts(plan: &Plan) -> String {
    let people = |people: &[Located<PersonRef>]| -> Vec<String> {
        people.iter().map(|one| who(&one.value)).collect()
    };
    let milestones = |list: &[Milestone]| -> Vec<String> {
        let one = |one: &Milestone| {
            let by: Vec<String> = one.by.iter().map(PersonRef::key).collect();
            format!(
                "{} {:?} {:?} {by:?} {:?} {:?}",
                one.day, one.title, one.done, one.on, one.links
            )
        };
        list.iter().map(one).collect()
    };
    let apprentices: Vec<String> = plan
        .apprentices
        .iter()
        .map(|one| {
            let mentors: Vec<String> = one.mentors.iter().map(who).collect();
            format!(
                "{} {mentors:?} {:?} {:?} {:?} {:?} {:?}",
                who(&one.person),
                value(one.started.as_ref()),
                value(one.autonomy.as_ref()),
                value(one.goal.as_ref()),
                value(one.success_signal.as_ref()),
                milestones(&one.milestones)
            )
        })
        .collect();
    let assets: Vec<_> = plan
        .assets
        .iter()
        .map(|one| (one.kind, &one.title, &one.target))
        .collect();
    let log: Vec<_> = plan
        .log
        .iter()
        .map(|one| (one.date, one.kind, &one.text))
        .collect();
    format!(
        "{:?}\n{:?}\nsteward {:?} since {:?}\nbackup {:?}\nowner {:?}\nmaintainers {:?}\n{apprentices:#?}\n{:#?}\n{assets:#?}\n{log:#?}",
        value(plan.scope.as_ref()),
        value(plan.service.as_ref()),
        people(&plan.steward),
        value(plan.steward_since.as_ref()),
        people(&plan.backup),
        people(&plan.program_owner),
        people(&plan.maintainers),
        milestones(&plan.milestones),
    )
}

fn who(person: &PersonRef) -> String {
    format!("{} {:?}", person.key(), person.name)
}

fn value<T>(said: Option<&Located<T>>) -> Option<&T> {
    said.map(|said| &said.value)
}

fn said<T>(value: T) -> Option<Located<T>> {
    Some(Located::at(1, value))
}

fn person(identity: Identity, name: Option<&str>) -> PersonRef {
    PersonRef::known(identity, name.map(str::to_owned))
}

fn milestone(day: u16, title: &str, done: Option<bool>) -> Milestone {
    Milestone {
        day,
        title: title.to_owned(),
        done,
        by: Vec::new(),
        on: None,
        links: Vec::new(),
        line: 1,
    }
}

fn day(text: &str) -> CivilDate {
    CivilDate::parse(text).unwrap()
}
