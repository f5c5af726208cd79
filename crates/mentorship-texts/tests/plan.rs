//! The plan as people write it: both forms, and everything in between.
#![allow(clippy::unwrap_used, clippy::panic)]

use mentorship_texts::Parsed;
use mentorship_texts::civil_date::CivilDate;
use mentorship_texts::plan::{self, AssetKind, Autonomy, LogKind, Plan, PlanForm};

const PLAIN: &str = "\
# MENTORSHIP.md
Scope: Payments database: failover, backups, schema changes

30-60-90 Milestones
- Day 30: Shadow on-call; add missing steps to the runbook
- Day 60: Pair on a risky change; draft the ADR
- Day 90: Lead the weekly deploy with supervision

Assets
- Runbook: docs/runbooks/payments-db.md
- Dashboards: https://grafana.example.org/d/abc, https://grafana.example.org/d/def
- Alerts: alerts/payments.yml
- ADRs: adr/

Escalation Tree
- Steward: @alice (PagerDuty SEV2+)
- Backup: @ben (DBA window)
- Program Owner: @maria
";

const CANONICAL: &str = "\
---
service: component:default/payments
steward: @alice
steward_since: 2026-02-01
backup: user:default/ben
program_owner: \"@maria\"
maintainers: [@alice, @ben]
apprentices:
  - user: @jordan
    mentor: @alice
    started: 2026-03-01
    autonomy: supervised
    goal: Run the weekly deploy alone
    success_signal: Two deploys without help
  - user: Sam Lee (@sam)
    mentor: [@ben]
    started: 3 April 2026
---
# Mentorship: payments

Scope: the payments API

<!-- Feedback does not belong here.
Steward: @ghost
-->

## 30-60-90
- [x] Day 30: Shadow on-call — @jordan, 2026-03-28, [runbook](https://git.example.org/o/r/pull/12)
- [ ] Day 60: Co-own a risky change
- [x] Day 90: Lead the deploy

## Assets
| Kind | Where |
|---|---|
| Runbook | [Payments](docs/runbooks/payments.md) |
| Dashboard | <https://grafana.example.org/d/x> |

## Escalation tree
1. Steward: @alice (PagerDuty SEV2+)
2. Backup: @ben
3. Program owner: @maria
4. Level 4: #payments-oncall

## Log
- 2026-03-05 — pairing: @jordan and @alice on the canary deploy
- 2026-03-12: reverse shadow, @jordan
- win without a date
";

fn parse(text: &str) -> Parsed<Plan> {
    plan::parse(text.as_bytes())
}

fn keys<'a>(people: impl IntoIterator<Item = &'a plan::PersonRef>) -> Vec<String> {
    people.into_iter().map(plan::PersonRef::key).collect()
}

fn messages(parsed: &Parsed<Plan>) -> Vec<String> {
    parsed
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.line.unwrap_or(0), note.message))
        .collect()
}

fn day(text: &str) -> CivilDate {
    CivilDate::parse(text).unwrap()
}

#[test]
fn the_plain_form_is_understood() {
    let parsed = parse(PLAIN);
    let plan = &parsed.value;
    assert_eq!(messages(&parsed), Vec::<String>::new());
    assert_eq!(plan.form, PlanForm::Plain);
    let scope = plan.scope.as_ref().unwrap();
    assert_eq!(
        (scope.value.as_str(), scope.line),
        ("Payments database: failover, backups, schema changes", 2)
    );
    assert_eq!(
        (plan.steward[0].value.key(), plan.steward[0].line),
        ("handle:alice".into(), 16)
    );
    assert_eq!(plan.steward[0].value.written, "@alice");
    assert_eq!(plan.backup[0].value.key(), "handle:ben");
    assert_eq!(plan.program_owner[0].value.key(), "handle:maria");
    let milestones: Vec<_> = plan
        .milestones
        .iter()
        .map(|one| (one.day, one.done, one.line))
        .collect();
    assert_eq!(milestones, [(30, None, 5), (60, None, 6), (90, None, 7)]);
    assert_eq!(
        plan.milestones[1].title,
        "Pair on a risky change; draft the ADR"
    );
    let assets: Vec<_> = plan
        .assets
        .iter()
        .map(|asset| (asset.kind, asset.target.as_deref().unwrap()))
        .collect();
    assert_eq!(
        assets,
        [
            (AssetKind::Runbook, "docs/runbooks/payments-db.md"),
            (AssetKind::Dashboard, "https://grafana.example.org/d/abc"),
            (AssetKind::Dashboard, "https://grafana.example.org/d/def"),
            (AssetKind::Alert, "alerts/payments.yml"),
            (AssetKind::DecisionRecord, "adr/"),
        ]
    );
    let tree: Vec<_> = plan
        .escalation
        .iter()
        .map(|entry| (entry.role.as_str(), entry.note.as_deref()))
        .collect();
    assert_eq!(
        tree,
        [
            ("Steward", Some("PagerDuty SEV2+")),
            ("Backup", Some("DBA window")),
            ("Program Owner", None)
        ]
    );
}

#[test]
fn the_canonical_form_is_understood() {
    let parsed = parse(CANONICAL);
    let plan = &parsed.value;
    assert_eq!(plan.form, PlanForm::Canonical);
    assert_eq!(
        plan.service.as_ref().unwrap().value,
        "component:default/payments"
    );
    assert_eq!(
        keys(plan.steward.iter().map(|one| &one.value)),
        ["handle:alice"]
    );
    assert_eq!(
        plan.steward_since
            .as_ref()
            .map(|since| (since.value, since.line)),
        Some((day("2026-02-01"), 4))
    );
    assert_eq!(
        keys(plan.backup.iter().map(|one| &one.value)),
        ["entity:user:default/ben"]
    );
    assert_eq!(
        keys(plan.maintainers.iter().map(|one| &one.value)),
        ["handle:alice", "handle:ben"]
    );
    let [jordan, sam] = plan.apprentices.as_slice() else {
        panic!("two apprentices")
    };
    assert_eq!(
        (jordan.person.key(), jordan.line),
        ("handle:jordan".into(), 9)
    );
    assert_eq!(keys(&jordan.mentors), ["handle:alice"]);
    assert_eq!(
        jordan.autonomy.as_ref().unwrap().value,
        Autonomy::Supervised
    );
    assert_eq!(
        jordan.goal.as_ref().unwrap().value,
        "Run the weekly deploy alone"
    );
    assert_eq!(
        jordan.success_signal.as_ref().unwrap().value,
        "Two deploys without help"
    );
    assert_eq!(
        (sam.person.key(), sam.person.name.as_deref()),
        ("handle:sam".into(), Some("Sam Lee"))
    );
    assert_eq!(sam.started.as_ref().unwrap().value, day("2026-04-03"));
    let log: Vec<_> = plan
        .log
        .iter()
        .map(|entry| (entry.date, entry.kind, entry.people.len()))
        .collect();
    assert_eq!(
        log,
        [
            (day("2026-03-05"), LogKind::Pairing, 2),
            (day("2026-03-12"), LogKind::ReverseShadow, 1)
        ]
    );
    assert_eq!(
        messages(&parsed),
        [
            "30: a milestone is ticked, but not for whom of the 2 apprentices; write `— @who, date, link` behind it",
            "47: an entry of the log without a date is not counted",
        ]
    );
}

#[test]
fn milestones_stand_for_each_apprentice() {
    let parsed = parse(CANONICAL);
    let plan = &parsed.value;
    let stands = |index: usize| -> Vec<(u16, Option<bool>)> {
        let own = plan.milestones_of(&plan.apprentices[index]);
        own.iter()
            .map(|one| (one.milestone.day, one.done))
            .collect()
    };
    assert_eq!(
        stands(0),
        [(30, Some(true)), (60, Some(false)), (90, Some(false))]
    );
    assert_eq!(
        stands(1),
        [(30, Some(false)), (60, Some(false)), (90, Some(false))]
    );
    let done = &plan.milestones[0];
    assert_eq!(done.on, Some(day("2026-03-28")));
    assert_eq!(done.links[0].target, "https://git.example.org/o/r/pull/12");
    assert_eq!(done.title, "Shadow on-call");

    let alone = parse("Apprentice: @jordan\n- [x] Day 30: shadow\n- [ ] Day 60: pair\n").value;
    let own: Vec<_> = alone
        .milestones_of(&alone.apprentices[0])
        .iter()
        .map(|one| one.done)
        .collect();
    assert_eq!(own, [Some(true), Some(false)]);

    let assigned = parse(
        "Apprentices: @jordan, @sam\n- [x] Day 30: shadow — @jordan\n- [ ] Day 30: shadow — @sam\n- [ ] Day 60: game day — @sam\n",
    )
    .value;
    let days = |index: usize| -> Vec<(u16, Option<bool>)> {
        let own = assigned.milestones_of(&assigned.apprentices[index]);
        own.iter()
            .map(|one| (one.milestone.day, one.done))
            .collect()
    };
    assert_eq!(days(0), [(30, Some(true))]);
    assert_eq!(days(1), [(30, Some(false)), (60, Some(false))]);
}

#[test]
fn other_words_and_shapes_say_the_same() {
    let parsed = parse(
        "\
# Onboarding plan

Welcome! Your buddy is @bob and your manager is Carol Jones.

**New hire:** Dana Scully
**Start date:** April 31st, 2026
**Lead:** [Bob Ross](https://github.com/bobross) / Coach: Jim

## Day 1–7
- [x] Laptop
- [x] Read the [runbook](docs/runbook.md)
  - [ ] the part on backups

## Week 2–4
* [ ] Ship a fix
1. [ ] Shadow on call

### Day 30 checkpoint
Meet with the lead

## Mentors

| Mentor | Area | GitHub |
|--------|------|-------|
| Ann Lee | DB | @ann |
| Ben Yu | UI | @ben |
",
    );
    let plan = &parsed.value;
    let [dana] = plan.apprentices.as_slice() else {
        panic!("one apprentice")
    };
    assert_eq!(dana.person.key(), "name:dana scully");
    assert_eq!(
        keys(&dana.mentors),
        ["handle:bob", "handle:bobross", "name:jim"]
    );
    assert_eq!(dana.started, None);
    let milestones: Vec<_> = plan
        .milestones
        .iter()
        .map(|one| (one.day, one.done, one.line))
        .collect();
    assert_eq!(
        milestones,
        [
            (7, Some(true), 10),
            (7, Some(true), 11),
            (28, Some(false), 15),
            (28, Some(false), 16),
            (30, None, 18)
        ]
    );
    assert_eq!(
        keys(plan.mentors.iter().map(|one| &one.value)),
        ["handle:ann", "handle:ben"]
    );
    assert_eq!(
        messages(&parsed),
        ["6: `April 31st, 2026` is not a day of the calendar"]
    );
}

#[test]
fn tables_say_the_same() {
    let plan = parse(
        "\
| Role | Name | GitHub | Since |
|---|---|---|---|
| System steward | Alice Smith | alice | 2026-01-10 |
| Backup | Ben Doe<br>Cy Lo | | |

## Apprentices
| Apprentice | Mentor(s) | Started | Autonomy | Goal |
|---|---|---|---|---|
| @jordan | Alice Smith & @ben | 2026/03/01 | Independent | lead the deploy |
| <name> | <mentor> | | | |

## 30-60-90
| Days | Milestone | Deliverable | @jordan | @sam |
|------|-----------|-------------|---------|------|
| 1–30 | Shadow | [PR](https://git.example.org/1) | ✅ | |
| 31–60 | Co-own | | 2026-05-01 | no |
",
    )
    .value;
    let steward = &plan.steward[0].value;
    assert_eq!(
        (steward.key(), steward.name.as_deref()),
        ("handle:alice".into(), Some("Alice Smith"))
    );
    assert_eq!(
        plan.steward_since.as_ref().map(|since| since.value),
        Some(day("2026-01-10"))
    );
    assert_eq!(
        keys(plan.backup.iter().map(|one| &one.value)),
        ["name:ben doe", "name:cy lo"]
    );
    let [jordan] = plan.apprentices.as_slice() else {
        panic!("one apprentice")
    };
    assert_eq!(keys(&jordan.mentors), ["name:alice smith", "handle:ben"]);
    assert_eq!(
        jordan.autonomy.as_ref().unwrap().value,
        Autonomy::Independent
    );
    let own: Vec<_> = plan
        .milestones_of(jordan)
        .iter()
        .map(|one| (one.milestone.day, one.done))
        .collect();
    assert_eq!(own, [(30, Some(true)), (60, Some(true))]);
    assert_eq!(
        plan.milestones[0].links[0].target,
        "https://git.example.org/1"
    );
}

#[test]
fn an_apprentice_may_have_a_section_or_a_line() {
    let plan = parse(
        "\
## Apprentices
- @sam — mentor: @ben, started: 2026-04-03, autonomy: guided, goal: run the restore
### Jordan Fox (@jordan)
- Mentors: @alice, @ben
- Started: March 1st, 2026
- Success signal: two deploys without help
- [x] Day 30: shadow on-call (2026-03-28, #12)
",
    )
    .value;
    let [sam, jordan] = plan.apprentices.as_slice() else {
        panic!("two apprentices")
    };
    assert_eq!(keys(&sam.mentors), ["handle:ben"]);
    assert_eq!(sam.started.as_ref().unwrap().value, day("2026-04-03"));
    assert_eq!(sam.goal.as_ref().unwrap().value, "run the restore");
    assert_eq!(jordan.person.name.as_deref(), Some("Jordan Fox"));
    assert_eq!(keys(&jordan.mentors), ["handle:alice", "handle:ben"]);
    assert_eq!(
        jordan.success_signal.as_ref().unwrap().value,
        "two deploys without help"
    );
    let own = &jordan.milestones[0];
    assert_eq!(
        (own.on, own.links[0].target.as_str()),
        (Some(day("2026-03-28")), "#12")
    );
    assert_eq!(plan.milestones_of(sam), []);
}

#[test]
fn what_is_no_plan_is_told_apart() {
    let form = |text: &str| parse(text).value.form;
    assert_eq!(form(""), PlanForm::Empty);
    assert_eq!(form("\u{FEFF}\r\n\r\n"), PlanForm::Empty);
    assert_eq!(form("<!-- nothing yet -->\n"), PlanForm::Empty);
    assert_eq!(
        form("# Mentorship\n\nWe like to help. Ask us on Slack.\n"),
        PlanForm::Unstructured
    );
    assert_eq!(
        form("Steward: @your-handle\nBackup: <name>\nProgram owner: TBD\n- [ ] Day 30: shadow\n"),
        PlanForm::UnfilledTemplate
    );
    assert_eq!(
        form("Steward:\nBackup:\nApprentices:\n\n- Day 30: shadow\n"),
        PlanForm::UnfilledTemplate
    );
    assert_eq!(
        form(
            "---\nsteward: \"@your-handle\"\nsteward_since: YYYY-MM-DD\napprentices: []\n---\n# Plan\n"
        ),
        PlanForm::UnfilledTemplate
    );
    assert_eq!(
        form("# Access\n\n- leads (members)\n- managers (owners)\n"),
        PlanForm::Unstructured
    );
    assert_eq!(form("Steward: @alice\nBackup: TBD\n"), PlanForm::Plain);
    assert_eq!(
        form("Steward: @alice\n- [ ] Day 30: shadow\n"),
        PlanForm::Canonical
    );
}

#[test]
fn placeholders_teams_and_nobody_are_not_people() {
    let parsed = parse(
        "Steward: @org/payments\nBackup: TODO\nProgram owner: vacant\nMentor: a good listener\nApprentices: …, [your name], @someone\n",
    );
    let plan = &parsed.value;
    assert!(plan.steward.is_empty() && plan.backup.is_empty() && plan.program_owner.is_empty());
    assert!(plan.mentors.is_empty() && plan.apprentices.is_empty());
    assert_eq!(
        messages(&parsed),
        [
            "1: `@org/payments` is a team; name a person",
            "4: `a good listener` does not read as a person",
        ]
    );
}

#[test]
fn a_login_in_a_column_of_logins_may_have_digits() {
    let text = "| Mentee | GitHub | Mentor |\n|---|---|---|\n\
        | Ann Lee | ann7 | @cy |\n| Ben Doe | - | @cy |\n| Dee Fox | to be told | @cy |\n";
    let plan = plan::parse(text.as_bytes()).value;
    let learners = plan.apprentices.iter();
    let learners: Vec<_> = learners.map(|learner| learner.person.spelling()).collect();
    assert_eq!(learners, ["Ann Lee (@ann7)", "Ben Doe", "Dee Fox"]);
}

#[test]
fn a_term_in_a_table_says_when_somebody_began() {
    let text = "| Program | Timeline | Mentee | Mentor(s) |\n|---|---|---|---|\n\
        | Summer | May 17th - August 31st, 2021 | @ann | @cy |\n\
        | Autumn | September 1st - November 31st, 2021 | @ben | @cy |\n\
        | Later | to be told | @dee | @cy |\n";
    let plan = plan::parse(text.as_bytes()).value;
    let started = |learner: &plan::Apprentice| {
        let day = learner.started.as_ref().map(|day| day.value.to_string());
        (learner.person.spelling(), day)
    };
    let started: Vec<_> = plan.apprentices.iter().map(started).collect();
    assert_eq!(
        started,
        [
            ("@ann".to_owned(), Some("2021-05-17".to_owned())),
            ("@ben".to_owned(), Some("2021-09-01".to_owned())),
            ("@dee".to_owned(), None)
        ]
    );
}

#[test]
fn tables_of_what_roles_do_name_nobody() {
    for table in [
        "| Task | Mentor | Apprentice | Manager |\n|---|---|---|---|\n| Goals | R | A | C/I |\n| Check-in | R, A | R | – |\n",
        "| Role | Responsibility |\n|---|---|\n| Mentor | Meets every week |\n| Steward | Looks after the rotation |\n",
    ] {
        let parsed = parse(table);
        assert_eq!(parsed.value.mentors, []);
        assert_eq!(parsed.notes, [], "{table}");
    }
    let of_days = "| Step | Apprentice | Mentor |\n|---|---|---|\n| Day 30: shadow | x | x |\n";
    assert_eq!(parse(of_days).value.milestones.len(), 1);
    let told = "| Role | Responsibility | Who |\n|---|---|---|\n| Mentor | Meets | @ben |\n";
    assert_eq!(parse(told).value.mentors.len(), 1);
}

/// Guides for mentors and for those who learn are full of sections named for them.
#[test]
fn a_guide_names_nobody() {
    let guides = [
        "# Mentors\n\n## Pairing\n### What you are told\n- Name\n- Email Address\n",
        "# Mentees\n\n## Before a session\n### Learning Style\nTell your mentor.\n",
        "# Mentee: [name]\n\n## Mentoring Goals\n### Focus Areas\n## Session Notes\n",
        "## Onboardee\n### Steps\n- [ ] FOR CONTRACTORS: ask for a badge\n### Access\n- the wiki\n",
        "## The onboarding mentor\n- Support and guide whoever joins\n- Ideally, sits in the same time zone\n",
        "## Mentors\n- Ask @bob for access to the wiki before the first day\n",
        "# Manager onboarding\n## Hiring\n- [Question Bank](https://docs.example.org/bank)\n",
        "- [ ] **Manager**: schedule a tour with somebody from product or support\n",
        "**Buddy:** If you cannot do this, you are to find somebody who can\n",
        "## Buddies\n- explain how things work here and where to find more\n",
        "## Mentor selection\nOnce one is chosen, managers should tell people@example.org at once.\n",
        "- Where we learn\n  - [Onboarding buddy](buddy.md)\n  - [Onboarding mentor](mentor.md)\n",
    ];
    for guide in guides {
        let parsed = parse(guide);
        let plan = &parsed.value;
        let named = plan.mentors.len() + plan.apprentices.len() + plan.steward.len();
        assert_eq!(named, 0, "{guide}: {plan:?}");
        let unfilled = plan.form == PlanForm::UnfilledTemplate;
        assert_eq!(unfilled, guide.contains("[name]"), "{guide}");
        let doubts = messages(&parsed).iter().any(|note| note.contains("person"));
        assert!(!doubts, "{guide}: {:?}", parsed.notes);
    }
}

#[test]
fn a_list_of_people_may_have_groups() {
    let plan = parse(
        "## Mentors\n- Ann Lee, Staff Engineer\n- Ben\n### Storage\n- @cy - Rust\n- Disk Layout\n",
    )
    .value;
    let mentors = plan.mentors.iter().map(|mentor| &mentor.value);
    assert_eq!(keys(mentors), ["name:ann lee", "name:ben", "handle:cy"]);
}

#[test]
fn a_week_counts_before_the_section_around_it() {
    let plan = parse(
        "# Engineering manager\n\n## Week 1\n- Meet the team\n- Shadow: two shifts, one review\n\n## Month 2\n- Own the plan\n  - Say why\n",
    )
    .value;
    let days: Vec<(u16, &str)> = plan
        .milestones
        .iter()
        .map(|milestone| (milestone.day, milestone.title.as_str()))
        .collect();
    assert_eq!(
        days,
        [
            (7, "Meet the team"),
            (7, "Shadow: two shifts, one review"),
            (60, "Own the plan"),
        ]
    );
    let plan = parse("# My 30-60-90 day plan\n\nUse this when:\n- you lead a team\n").value;
    assert_eq!(plan.milestones, []);
}

#[test]
fn contradictions_and_doubtful_dates_are_noted() {
    let parsed = parse(
        "Steward: @alice\nSteward: @zoe\nSteward since: 03/04/2026\nApprentice: @jordan\nStarted: soon\nAutonomy: wobbly\n",
    );
    assert_eq!(parsed.value.steward.len(), 1);
    assert_eq!(
        messages(&parsed),
        [
            "2: `@zoe` is named as steward here, somebody else on line 1; line 1 stands",
            "3: `03/04/2026` may be either of two days, so it was not taken; write YYYY-MM-DD",
            "5: `soon` is not a date; write YYYY-MM-DD",
            "6: `wobbly` is no rung of the ladder guided, supervised, independent, leading",
        ]
    );
}

#[test]
fn front_matter_survives_what_yaml_does_not() {
    let parsed = parse("---\nsteward: @alice\nbackup: [unclosed\n---\nProgram owner: @maria\n");
    assert_eq!(parsed.value.steward[0].value.key(), "handle:alice");
    assert_eq!(parsed.value.program_owner[0].value.key(), "handle:maria");
    assert_eq!(parsed.notes.len(), 1, "{:?}", messages(&parsed));

    let bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\n\
                d: &d [*c,*c,*c]\nsteward: *d\nbackup: \"@ben\"\n---\n";
    let parsed = parse(bomb);
    assert!(parsed.value.steward.is_empty());
    assert_eq!(parsed.value.backup[0].value.key(), "handle:ben");
    assert!(
        messages(&parsed)
            .iter()
            .any(|note| note.contains("more than 64000 repeated bytes"))
    );
    let long = "x".repeat(60_000);
    let aliases = ", *a".repeat(2_000);
    let parsed = parse(&format!(
        "---\nmaintainers: [&a \"{long}\"{aliases}]\n---\n"
    ));
    let repeated: usize = parsed.value.maintainers.len();
    assert!(repeated <= 2, "{repeated}");

    let again = parse(
        "---\nsteward: &lead \"@alice\"\nbackup: *lead\nmaintainers: &all [*lead, \"@ben\"]\n---\n",
    );
    assert_eq!(again.value.backup[0].value.key(), "handle:alice");
    assert_eq!(again.value.backup[0].line, 3);
    assert_eq!(again.value.maintainers.len(), 2);
    assert_eq!(messages(&again), [""; 0]);
    let within = parse("---\nmaintainers: &all [\"@ben\", *all]\n---\n");
    assert_eq!(within.value.maintainers.len(), 1);
    assert!(messages(&within)[0].starts_with("2: the front matter has an alias"));

    let deep = format!("---\nsteward: {}\n---\nBackup: @ben\n", "[".repeat(10_000));
    let parsed = parse(&deep);
    assert_eq!(parsed.value.backup[0].value.key(), "handle:ben");
    assert!(!parsed.notes.is_empty());
}

/// Every one is read to the end, or says where reading stopped.
#[test]
fn hostile_bytes_give_notes_and_not_more() {
    let utf16: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xFE, 0xFF]
        .into_iter()
        .chain(PLAIN.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    for bytes in [&utf16, &marked] {
        let parsed = plan::parse(bytes);
        assert_eq!(parsed.value.steward[0].line, 16);
        assert!(messages(&parsed)[0].contains("UTF-16"));
    }
    let windows = PLAIN.replace('\n', "\r\n");
    assert_eq!(parse(&windows).value, parse(PLAIN).value);
    let nul = plan::parse(b"Steward: @alice\0\nBackup: @ben\xFF\xC3\n");
    assert_eq!(nul.value.steward[0].value.key(), "handle:alice");
    assert!(messages(&nul).iter().any(|note| note.contains("NUL")));
    assert!(
        messages(&nul)
            .iter()
            .any(|note| note.starts_with("2: the line is not UTF-8"))
    );
    let written =
        plan::parse("Steward: @alice\nScope: \u{FFFD} is what stands for it\n".as_bytes());
    assert!(written.notes.is_empty(), "{:?}", messages(&written));

    let capped = |text: String| {
        let parsed = plan::parse(text.as_bytes());
        assert!(
            parsed.notes.first().is_some_and(|note| note.line.is_none()),
            "{:?}",
            parsed.notes.first()
        );
        parsed.value
    };
    let large = format!("{PLAIN}{}", "lorem ipsum dolor sit amet\n".repeat(400_000));
    assert_eq!(capped(large).steward.len(), 1);
    assert_eq!(
        capped(format!("{PLAIN}{}", "\n".repeat(1_000_000)))
            .steward
            .len(),
        1
    );
    capped(
        "Apprentice: @a".to_owned()
            + &(0..60_000)
                .map(|n| format!("\nApprentice: @a{n}"))
                .collect::<String>(),
    );
    for (open, close) in [
        ("[", "]"),
        ("![", "]("),
        ("(", ")"),
        ("> ", ""),
        ("- ", ""),
        ("<", ""),
        ("`", ""),
        ("*_", ""),
        ("~~", ""),
    ] {
        let line = open.repeat(4_000) + &close.repeat(4_000);
        let text = format!("Steward: @alice\n\n{}", format!("{line}\n").repeat(10));
        assert_eq!(parse(&text).value.steward[0].value.key(), "handle:alice");
    }
    let stairs: String = (0..1_000)
        .map(|depth| format!("{}- step\n", " ".repeat(depth)))
        .collect();
    assert_eq!(
        parse(&format!("Steward: @alice\n{stairs}"))
            .value
            .steward
            .len(),
        1
    );
    let fence = parse("Steward: @alice\n```\nBackup: @ben\n");
    assert!(fence.value.backup.is_empty());
}

#[test]
fn names_and_roles_are_told_from_what_stands_around_them() {
    let plan = |text: &str| plan::parse(text.as_bytes()).value;
    let mentors = |text: &str| -> Vec<String> {
        let mentors = plan(text).mentors.into_iter();
        mentors.map(|mentor| mentor.value.key()).collect()
    };
    // Particles lengthen a name, and a sentence's full stop is none of it.
    assert_eq!(
        mentors("**Mentors:** Ann Lee, Josefa Manuela López de la Fuente, Ben Doe Jr., Cy Roe.\n"),
        [
            "name:ann lee",
            "name:josefa manuela lópez de la fuente",
            "name:ben doe jr.",
            "name:cy roe"
        ]
    );
    assert_eq!(
        mentors("**Mentors information:**\n- Ann Lee <ann@example.org>\n"),
        ["email:ann@example.org"]
    );
    // What is told of somebody new is no list of those who learn.
    let told = plan(
        "## New hire information\n\n| Field | Value |\n|---|---|\n| Role | SRE |\n| Buddy | Ann Lee |\n",
    );
    assert_eq!(told.apprentices, []);
    assert_eq!(told.mentors.len(), 1);
    // Onboarding is done to mentors and new members; nobody is left blank here.
    let tasks = plan(
        "* Mentor onboarding\n  - add them to the list\n* New member onboarding\n  - greet them\n",
    );
    assert_eq!(tasks.form, PlanForm::Unstructured);
}

#[test]
fn a_journal_may_list_pairs() {
    let plan = plan::parse(
        b"# Mentorship journal\n\n## First cohort\n\n| Mentor | Mentee | Scope | Start date | Diary |\n|---|---|---|---|---|\n| [Ann Lee (@ann)][] | [Jo Fox (@jo)][] | DNS | 12 Jul, 2018 | [#79](https://x.example/79) |\nBen Doe | TBD | Tests | TBD | TBD |\n\n[Ann Lee (@ann)]: https://x.example/1\n[Jo Fox (@jo)]: https://x.example/2\n",
    )
    .value;
    assert_eq!(plan.log, []);
    let learner = plan.apprentices.first().unwrap();
    assert_eq!(learner.person.key(), "handle:jo");
    assert_eq!(learner.mentors.first().unwrap().key(), "handle:ann");
    assert_eq!(
        learner.started.as_ref().unwrap().value.to_string(),
        "2018-07-12"
    );
    assert_eq!(plan.mentors.len(), 1);
}

#[test]
fn how_long_something_takes_is_no_milestone() {
    let days = |text: &str| -> Vec<u16> {
        let plan = plan::parse(text.as_bytes()).value;
        plan.milestones
            .iter()
            .map(|milestone| milestone.day)
            .collect()
    };
    assert_eq!(
        days("## Cohorts\n- Three months / one release\n- 2 weeks of leave\n"),
        []
    );
    assert_eq!(
        days("## 30-60-90\n- 30 days shadow on-call\n- 60 days: lead a game day\n"),
        [30, 60]
    );
    assert_eq!(
        days("## Plan\n- 30 days: shadow\n- 6 weeks\n  - drive a release\n"),
        [30, 42]
    );
    assert_eq!(
        days("## Before your first day\n- sign\n## On your first day\n- arrive\n"),
        [0, 1]
    );
}

#[test]
fn a_list_of_mentors_may_give_each_a_heading() {
    let mentors = |text: &str| {
        keys(
            plan::parse(text.as_bytes())
                .value
                .mentors
                .iter()
                .map(|mentor| &mentor.value),
        )
    };
    // Until a line says how to reach them, a heading may be a subject.
    let text = "# Mentors\n\n### 1. Ann Lee\n- **Level**: 4\n- **Email**: ann@example.org\n\n\
        ### Ben Doe\n[GitHub](https://github.com/ben) | [Blog](https://ben.example)\n\n\
        ### Time Commitment\nTwo hours a week, and ask @cy for more of them.\n\n\
        ### Dan Roe (@dan)\nHelps with DNS.\n";
    assert_eq!(
        mentors(text),
        ["email:ann@example.org", "handle:ben", "handle:dan"]
    );
    let plan = plan::parse(text.as_bytes()).value;
    assert_eq!(plan.mentors[1].value.name.as_deref(), Some("Ben Doe"));
    assert_eq!(plan.mentors[1].line, 7);
    // A title says of what it is; it is nobody's name.
    let titled =
        "# Mentors - Harbour Payments\n\n## Disponibles\n\n### Ann Lee\n- Email: ann@example.org\n";
    assert_eq!(mentors(titled), ["email:ann@example.org"]);
    assert!(mentors("# Onboarding Guide: Harbour Payments\n\nHello.\n").is_empty());
    assert_eq!(mentors("# Mentor: Ann Lee\n\nHello.\n"), ["name:ann lee"]);
    assert_eq!(
        mentors(
            "# Berths\n\n## Mentor / reviewer\n\n**Ann Lee** — Initech\n\nEvery Monday — in the lab\n"
        ),
        ["name:ann lee"]
    );
    assert_eq!(
        mentors("# Berths\n\nMentors: fendor, wz1000\n"),
        ["name:fendor", "handle:wz1000"]
    );
    assert_eq!(
        mentors("## Project Mentor\n\n* Ann Lee (ann at example.org) looks after the locks\n"),
        ["name:ann lee"]
    );
    assert!(mentors("Mentor: week1\n").is_empty());
    // What a profile is called says how to reach them, and nothing of their name.
    let profiles = "**Mentors**\n- Ann Lee ([GitHub](https://github.com/ann7), [Zulip](https://zulip.example/ann))\n\
        - Amy d'Orsay ([GitHub](https://github.com/amy))\n- cy8 ([GitHub](https://github.com/cy8))\n";
    assert_eq!(
        mentors(profiles),
        ["handle:ann7", "handle:amy", "handle:cy8"]
    );
    let named = plan::parse(profiles.as_bytes()).value.mentors;
    let named: Vec<_> = named.iter().map(|one| one.value.name.as_deref()).collect();
    assert_eq!(named, [Some("Ann Lee"), Some("Amy d'Orsay"), None]);
}

#[test]
fn a_form_names_who_is_learning_beside_the_mentor() {
    let learners = |text: &str| {
        keys(
            plan::parse(text.as_bytes())
                .value
                .apprentices
                .iter()
                .map(|one| &one.person),
        )
    };
    let form = "| Field | Value |\n|---|---|\n| Name | Jo Fox |\n| Mentor | @ann |\n";
    assert_eq!(learners(form), ["name:jo fox"]);
    let service = "| Field | Value |\n|---|---|\n| Name | Harbour Payments |\n| Tier | 1 |\n";
    assert!(learners(service).is_empty());
    let named = "| Field | Value |\n|---|---|\n| Name | Harbour Payments |\n| Mentor | @ann |\n| Mentee | @jo |\n";
    assert_eq!(learners(named), ["handle:jo"]);
}

#[test]
fn plans_are_written_in_other_languages() {
    let text = "# Plan\n\n- Nuevo miembro: @jo\n- Fecha de inicio: 2026-03-02\n- Objetivo: llevar un despliegue\n\n\
        ## Día 1\n- [x] Accesos\n\n## Primera semana\n- [ ] Leer dos runbooks\n\n## Woche 2–4\n- [ ] Bereitschaft begleiten\n";
    let plan = plan::parse(text.as_bytes()).value;
    let learner = &plan.apprentices[0];
    assert_eq!(learner.person.key(), "handle:jo");
    assert_eq!(learner.started.as_ref().unwrap().value, day("2026-03-02"));
    assert!(learner.goal.is_some());
    let days: Vec<u16> = plan
        .milestones
        .iter()
        .map(|milestone| milestone.day)
        .collect();
    assert_eq!(days, [1, 7, 28]);
    for pair in [
        "**Parrain** : @ann\n**Nouvel arrivant** : @jo\n**Date d'arrivée** : 2026-03-02\n",
        "- Padrino: @ann\n- Nuevo integrante: @jo\n- Fecha de ingreso: 2026-03-02\n",
        "- Pate: @ann\n- Neue Mitarbeiterin: @jo\n- Eintrittsdatum: 2026-03-02\n",
        "- メンター: @ann\n- 新メンバー: @jo\n- 入社日: 2026-03-02\n",
    ] {
        let plan = plan::parse(pair.as_bytes()).value;
        let learner = &plan.apprentices[0];
        assert_eq!(learner.person.key(), "handle:jo", "{pair}");
        assert_eq!(keys(&learner.mentors), ["handle:ann"], "{pair}");
        let started = learner.started.as_ref().map(|started| started.value);
        assert_eq!(started, Some(day("2026-03-02")), "{pair}");
    }
}

#[test]
fn a_profile_in_a_table_tells_who_is_meant_and_a_summary_heads_what_it_folds() {
    let text = "| Role | Name | GitHub Profile |\n|---|---|---|\n| Mentor | Ann Lee | [ann7](https://github.com/ann7) |\n\
        | Mentee | Jo Rau | [jo](https://github.com/jo) |\n\n<details><summary>Day 30</summary>\n\n- [ ] Shadow\n</details>\n";
    let plan = plan::parse(text.as_bytes()).value;
    assert_eq!(keys([&plan.apprentices[0].person]), ["handle:jo"]);
    assert_eq!(keys(&plan.apprentices[0].mentors), ["handle:ann7"]);
    assert_eq!((plan.milestones[0].day, plan.milestones[0].line), (30, 8));
}
