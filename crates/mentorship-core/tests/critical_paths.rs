//! Who knows the critical paths: readings of their own, of exactly those files.
#![allow(clippy::unwrap_used)]

mod knowledge_stream;

use knowledge_stream::{Change, Commit, DAY, add, modify, rename, stream};
use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Audience, CriticalPathReadings, Reading};
use serde_json::{Value, json};

/// Ada alone knows the deployment, which is configuration; Ben the rest.
fn commits() -> Vec<Commit> {
    vec![
        Commit::new(0, "ada", &[add("deploy/up.yaml"), add("deploy/down.yaml")]),
        Commit::new(1, "ben", &[add("src/a.rs"), add("src/b.rs")]),
        Commit::new(2, "ben", &[add("src/c.rs"), modify("src/a.rs")]),
    ]
}

fn read(
    annotations: &Value,
    with_history: bool,
    audience: Audience,
) -> Option<CriticalPathReadings> {
    let mut engine = Engine::new("{}").unwrap();
    let service = json!({ "kind": "Component", "spec": { "type": "service" },
        "metadata": { "name": "pay", "annotations": annotations } });
    let page = json!({ "items": [service] }).to_string();
    engine.upsert_page(page.as_bytes()).unwrap();
    let paths = commits().into_iter().flat_map(|commit| commit.changes);
    let paths: Vec<String> = paths
        .filter_map(|change| match change {
            Change::Add(path) => Some(path),
            _ => None,
        })
        .collect();
    let mut evidence = json!({
        "schema": "mentorship/evidence/v1",
        "repository": "https://git.example/pay",
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [{ "entityRef": "component:default/pay", "directory": "" }],
        "paths": paths,
        "files": [],
    });
    if with_history {
        evidence["history"] = String::from_utf8(stream(&commits())).unwrap().into();
    }
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    let assessment = engine.assessment("component:default/pay", "2026-11-21", audience);
    assessment.unwrap().unwrap().bus_factor.critical_paths
}

fn values(readings: &[Reading]) -> Vec<Option<u32>> {
    readings.iter().map(|reading| reading.value).collect()
}

#[test]
fn only_the_critical_files_count_and_all_of_them_whatever_they_are() {
    let named = json!({ "mentorship/critical-paths": "/deploy/, /src/c.rs" });
    let critical = read(&named, true, Audience::Named).unwrap();
    assert_eq!(critical.patterns, ["/deploy/", "/src/c.rs"]);
    assert_eq!((critical.files, critical.by_default), (3, false));
    for reading in &critical.readings[..2] {
        assert_eq!(reading.files_counted, 3);
        let held: Vec<(&str, u32)> = reading
            .people
            .iter()
            .map(|holder| (holder.name.as_str(), holder.files))
            .collect();
        assert_eq!(held, [("ada", 2), ("ben", 1)]);
    }
    // Two of three files are gone with Ada.
    assert_eq!(values(&critical.readings), [Some(1), Some(1), Some(1)]);
}

#[test]
fn who_may_not_see_names_is_told_how_many() {
    let named = json!({ "mentorship/critical-paths": "/deploy/, /src/c.rs" });
    let critical = read(&named, true, Audience::Counted).unwrap();
    for reading in &critical.readings {
        assert!(reading.people.is_empty());
        assert_eq!(reading.people_count, 2);
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let deploy = json!({ "mentorship/critical-paths": "/deploy/" });
    let nowhere = json!({ "mentorship/critical-paths": "/nowhere/" });
    let unread = [(deploy, false), (nowhere, true)];
    for (annotations, with_history) in unread {
        let critical = read(&annotations, with_history, Audience::Named).unwrap();
        assert_eq!(values(&critical.readings), [None, None, None]);
        assert!(
            critical
                .readings
                .iter()
                .all(|reading| reading.why_not.is_some())
        );
    }
}

/// How `reviewer-coverage-low` judges `/deploy/`, which was `ops/` until the 10th, where
/// somebody looked at `ops/up.yaml` on a day of November 2026.
fn coverage_with_review_on(day: u32) -> Value {
    let policy = json!({
        "sources": ["git", "reviews"], "thresholds": { "reviewersTarget": 1 },
    });
    let mut engine = Engine::new(&policy.to_string()).unwrap();
    let service = json!({ "kind": "Component", "spec": { "type": "service" },
        "metadata": { "name": "pay",
            "annotations": {
                "mentorship/enrolled": "true", "mentorship/critical-paths": "/deploy/",
            } } });
    let page = json!({ "items": [service] }).to_string();
    engine.upsert_page(page.as_bytes()).unwrap();
    let first_of_november = 20_758 * DAY;
    let moved = [
        Commit::new(0, "ada", &[add("ops/up.yaml")]).at(first_of_november),
        Commit::new(1, "ada", &[rename("ops/up.yaml", "deploy/up.yaml")])
            .at(first_of_november + 9 * DAY),
    ];
    let evidence = json!({
        "schema": "mentorship/evidence/v1",
        "repository": "https://git.example/pay",
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [{ "entityRef": "component:default/pay", "directory": "" }],
        "paths": ["deploy/up.yaml"],
        "files": [],
        "reviews": [{
            "reviewer": "ben", "at": format!("2026-11-{day:02}"), "paths": ["ops/up.yaml"],
        }],
        "history": String::from_utf8(stream(&moved)).unwrap(),
    });
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    let assessment = engine.assessment("component:default/pay", "2026-11-21", Audience::Named);
    let assessment = serde_json::to_value(assessment.unwrap().unwrap()).unwrap();
    let findings = assessment["findings"].as_array().unwrap();
    let is_it = |finding: &&Value| finding["rule"] == "reviewer-coverage-low";
    findings.iter().find(is_it).unwrap()["outcome"]["verdict"].clone()
}

#[test]
fn a_review_counts_for_the_name_that_a_file_had_then() {
    assert_eq!(coverage_with_review_on(10), "pass");
    // What is called so later is another file.
    assert_eq!(coverage_with_review_on(11), "fail");
}
