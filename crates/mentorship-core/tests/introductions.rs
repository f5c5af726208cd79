//! Since when: days that nobody wrote down, out of earlier versions of the files
//! that name roles.

#![allow(clippy::unwrap_used, clippy::panic)]

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Assessment, Audience, DateBasis, Note};
use serde_json::{Value, json};

const SERVICE: &str = "component:default/pay";

/// A file as of a day: path today, path then, day, text.
type Version<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

/// Versions are given oldest first, as a story is told.
struct Story<'a> {
    annotations: Value,
    files: Vec<(&'a str, &'a str)>,
    versions: Vec<Version<'a>>,
    /// Why nothing before the first version of each file is known.
    cut: Option<&'a str>,
}

impl Story<'_> {
    fn judged(&self) -> (Assessment, Vec<Note>) {
        let mut versions: Vec<Value> = Vec::new();
        for (number, (path, then, day, text)) in self.versions.iter().enumerate().rev() {
            versions.push(json!({
                "path": path, "pathThen": then, "commit": format!("{number:040}"), "at": day, "text": text,
            }));
        }
        if let (Some(reason), Some((path, then, day, _))) = (self.cut, self.versions.first()) {
            versions.push(json!({
                "path": path, "pathThen": then, "commit": format!("{:040}", 0), "at": day, "failure": reason,
            }));
        }
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|(path, text)| json!({ "path": path, "text": text }))
            .collect();
        let paths: Vec<&str> = self.files.iter().map(|(path, _)| *path).collect();
        let evidence = json!({
            "schema": "mentorship/evidence/v1",
            "repository": "https://git.example/pay",
            "fileAddress": "https://git.example/pay/blob/head/{path}#L{line}",
            "commit": "head",
            "collectedAt": "2026-11-21T06:00:00Z",
            "services": [{ "entityRef": SERVICE, "directory": "" }],
            "paths": paths,
            "files": files,
            "versions": versions,
        });
        let users = ["alice", "ben", "jordan", "priya"].map(
            |name| json!({ "kind": "User", "metadata": { "name": name }, "spec": { "profile": { "displayName": format!("{name} Moreau") } } }),
        );
        let mut items = Vec::from(users);
        items.push(json!({
            "kind": "Component",
            "metadata": { "name": "pay", "annotations": self.annotations },
            "spec": { "type": "service" },
        }));
        let mut engine = Engine::new("{}").unwrap();
        let page = json!({ "items": items }).to_string();
        engine.upsert_page(page.as_bytes()).unwrap();
        let notes = engine
            .put_repository(evidence.to_string().as_bytes())
            .unwrap();
        let assessment = engine.assessment(SERVICE, "2026-11-21", Audience::Named);
        (assessment.unwrap().unwrap(), notes)
    }

    fn since(&self) -> Option<String> {
        let rotation = self.judged().0.rotation;
        assert!(rotation.since.is_none() || rotation.since_basis == Some(DateBasis::Inferred));
        rotation.since
    }
}

fn of_plan<'a>(versions: &[(&'a str, &'a str)]) -> Story<'a> {
    let today = versions.last().unwrap().1;
    Story {
        annotations: json!({}),
        files: vec![("MENTORSHIP.md", today)],
        versions: versions
            .iter()
            .map(|(day, text)| ("MENTORSHIP.md", "MENTORSHIP.md", *day, Some(*text)))
            .collect(),
        cut: None,
    }
}

#[test]
fn a_steward_began_with_the_commit_from_which_on_the_plan_names_them() {
    let story = of_plan(&[
        ("2023-01-01", "Steward: @alice\n"),
        ("2024-01-01", "Steward: @ben\n"),
        ("2025-03-04", "Steward: @alice\n"),
        // Another spelling of the same person, and another change.
        ("2025-09-09", "Steward: Alice Moreau\nBackup: @ben\n"),
    ]);
    let (assessment, notes) = story.judged();
    assert_eq!(notes, []);
    let rotation = assessment.rotation;
    assert_eq!(rotation.since.as_deref(), Some("2025-03-04"));
    assert_eq!(rotation.since_basis, Some(DateBasis::Inferred));
    assert_eq!(rotation.since_commit.as_deref(), Some("0000000"));
    assert_eq!(rotation.age_months, Some(20));
}

#[test]
fn a_declared_day_goes_before_an_inferred_one() {
    let story = of_plan(&[
        ("2023-01-01", "Steward: @alice\n"),
        (
            "2025-03-04",
            "---\nsteward: alice\nsteward_since: 2022-05-01\n---\n",
        ),
    ]);
    let rotation = story.judged().0.rotation;
    assert_eq!(rotation.since.as_deref(), Some("2022-05-01"));
    assert_eq!(rotation.since_basis, Some(DateBasis::Declared));
    assert_eq!(rotation.since_commit, None);
}

#[test]
fn a_renamed_file_is_the_same_file_and_a_removed_one_is_not() {
    let now = ("MENTORSHIP.md", "Steward: @alice\n");
    let at = |then, day, text| ("MENTORSHIP.md", then, day, text);
    let mut story = Story {
        annotations: json!({}),
        files: vec![now],
        versions: vec![
            at("docs/team.md", "2024-02-01", Some(now.1)),
            at("MENTORSHIP.md", "2025-02-01", Some(now.1)),
        ],
        cut: None,
    };
    assert_eq!(story.since().as_deref(), Some("2024-02-01"));
    story
        .versions
        .insert(1, at("docs/team.md", "2024-07-01", None));
    assert_eq!(story.since().as_deref(), Some("2025-02-01"));
}

#[test]
fn what_is_older_than_the_oldest_version_is_unknown_and_never_the_beginning() {
    let mut story = of_plan(&[("2024-01-01", "Steward: @alice\n")]);
    story.cut = Some("older commits were left out when it was cloned");
    assert_eq!(story.since(), None);
    let (assessment, _) = story.judged();
    let finding = assessment
        .findings
        .iter()
        .find(|finding| finding.rule == "steward-since-unknown");
    let text = serde_json::to_string(finding.unwrap()).unwrap();
    assert!(
        text.contains(r#""verdict":"unknown""#) && text.contains("since 2024-01-01 at least"),
        "{text}"
    );

    // A change after it is known all the same.
    let mut story = of_plan(&[
        ("2024-01-01", "Steward: @ben\n"),
        ("2025-01-01", "Steward: @alice\n"),
    ]);
    story.cut = Some("older commits were left out when it was cloned");
    assert_eq!(story.since().as_deref(), Some("2025-01-01"));
}

#[test]
fn of_several_files_the_one_that_named_the_steward_first_counts() {
    let catalog = "kind: Component\nmetadata:\n  name: pay\n  annotations:\n    mentorship/steward: user:default/alice\n---\nkind: Component\nmetadata:\n  name: other\n  annotations: { mentorship/steward: 'user:ben' }\n";
    let mut story = Story {
        annotations: json!({ "mentorship/steward": "user:default/alice" }),
        files: vec![("CODEOWNERS", "* @alice-steward\n")],
        versions: vec![(
            "catalog-info.yaml",
            "catalog-info.yaml",
            "2025-05-05",
            Some(catalog),
        )],
        cut: None,
    };
    assert_eq!(story.since().as_deref(), Some("2025-05-05"));
    story.versions.push((
        "CODEOWNERS",
        "CODEOWNERS",
        "2024-04-04",
        Some("/src @alice-steward\n* @ben @alice-steward\n"),
    ));
    assert_eq!(story.since().as_deref(), Some("2024-04-04"));
    // Not where the rule that decides about the service's files named nobody.
    let text = Some("/elsewhere @alice-steward\n");
    story.versions[1] = ("CODEOWNERS", "CODEOWNERS", "2024-04-04", text);
    assert_eq!(story.since().as_deref(), Some("2025-05-05"));
    // A catalog file that names another service's steward names nobody here.
    story.annotations = json!({ "mentorship/steward": "user:default/ben" });
    assert_eq!(story.since(), None);
}

#[test]
fn starts_ticks_and_steps_on_the_ladder_that_nobody_dated_are_dated() {
    let plan = |user: &str, autonomy: &str, boxes: [&str; 2]| {
        format!(
            "---\nsteward: alice\napprentices:\n  - user: {user}\n    mentor: alice\n    autonomy: {autonomy}\n---\n## Milestones\n- [{}] Day 30: maps the service\n- [{}] Day 60: pairs on a change\n",
            boxes[0], boxes[1]
        )
    };
    let texts = [
        ("2026-07-01", plan("priya", "guided", [" ", " "])),
        ("2026-08-01", plan("jordan", "guided", [" ", " "])),
        ("2026-09-10", plan("jordan", "guided", ["x", " "])),
        ("2026-10-20", plan("jordan", "supervised", ["x", " "])),
        (
            "2026-11-01",
            plan("jordan", "supervised", ["x", " "]) + "\nA word.\n",
        ),
    ];
    let versions: Vec<(&str, &str)> = texts
        .iter()
        .map(|(day, text)| (*day, text.as_str()))
        .collect();
    let mentorship = of_plan(&versions).judged().0.mentorship;
    let [jordan] = mentorship.apprentices.as_slice() else {
        panic!("{:?}", mentorship.apprentices)
    };
    assert_eq!(jordan.started.as_deref(), Some("2026-08-01"));
    assert_eq!(jordan.started_basis, Some(DateBasis::Inferred));
    assert_eq!(jordan.autonomy_since.as_deref(), Some("2026-10-20"));
    let done: Vec<_> = jordan
        .milestones
        .iter()
        .map(|one| {
            (
                one.done_on.as_deref(),
                one.done_on_basis,
                one.due.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        done,
        [
            (
                Some("2026-09-10"),
                Some(DateBasis::Inferred),
                Some("2026-08-31")
            ),
            (None, None, Some("2026-09-30")),
        ]
    );
    assert_eq!(mentorship.last_moved.as_deref(), Some("2026-10-20"));
}

#[test]
fn a_file_with_too_many_versions_is_known_as_far_as_it_was_read() {
    let text = "Steward: @alice\n";
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("2025-01-01", text), 101).collect();
    assert_eq!(of_plan(&many).since(), None);
    assert_eq!(of_plan(&many[1..]).since().as_deref(), Some("2025-01-01"));
}

#[test]
fn a_version_without_a_day_is_told_and_ends_what_is_known() {
    let story = of_plan(&[
        ("some day", "Steward: @alice\n"),
        ("2025-01-01", "Steward: @alice\n"),
    ]);
    let (assessment, notes) = story.judged();
    assert_eq!(assessment.rotation.since, None);
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!(notes[0].place, "MENTORSHIP.md");
}

#[test]
fn what_no_commit_was_asked_for_is_unknown() {
    let paths: Vec<String> = (0..2)
        .map(|number| format!("{number:03}/MENTORSHIP.md"))
        .collect();
    let plan = "Steward: @alice\n";
    let story = Story {
        annotations: json!({ "mentorship/plan": "001/MENTORSHIP.md" }),
        files: paths.iter().map(|path| (path.as_str(), plan)).collect(),
        versions: paths[..1]
            .iter()
            .map(|path| (path.as_str(), path.as_str(), "2026-01-05", Some(plan)))
            .collect(),
        cut: None,
    };
    let (judged, _) = story.judged();
    let mut findings = judged.findings.iter();
    let since = findings.find(|finding| finding.rule == "steward-since-unknown");
    let text = serde_json::to_string(since.unwrap()).unwrap();
    assert!(text.contains(r#""verdict":"unknown""#), "{text}");
}
