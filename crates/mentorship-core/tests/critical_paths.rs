//! Who knows the critical paths: readings of their own, of exactly those files.
#![allow(clippy::unwrap_used)]

mod knowledge_stream;

use knowledge_stream::{Change, Commit, DAY, add, modify, rename, stream};
use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Audience, CriticalPathReadings, Outcome, Reading};
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

/// The evidence of reviews, and the verdicts of two rules, of two services in one
/// repository of which the first was `services/pay` until the 10th, each with a critical
/// path of its own and with Ben for a steward, after one document of all reviews.
fn told_of_repository(reviews: &Value) -> [[String; 3]; 2] {
    let policy = json!({
        "sources": ["git", "reviews"], "thresholds": { "reviewersTarget": 1 },
    });
    let mut engine = Engine::new(&policy.to_string()).unwrap();
    let service = |name: &str, critical: &str| {
        json!({ "kind": "Component", "spec": { "type": "service" }, "metadata": {
            "name": name, "annotations": {
                "mentorship/enrolled": "true", "mentorship/critical-paths": critical,
                "mentorship/steward": "user:default/ben",
                "mentorship/steward-since": "2025-01-01",
            } } })
    };
    let [ada, ben] = ["ada", "ben"].map(
        |name| json!({ "kind": "User", "metadata": { "name": name }, "spec": { "profile": { "email": format!("{name}@example.org") } } }),
    );
    // What `ship` is afraid of stands outside of its directory.
    let items =
        json!({ "items": [service("pay", "/up.yaml"), service("ship", "infra/"), ada, ben] });
    engine.upsert_page(items.to_string().as_bytes()).unwrap();
    let first_of_november = 20_758 * DAY;
    let files = [
        add("services/pay/up.yaml"),
        add("apps/ship/a.rs"),
        add("infra/x.tf"),
    ];
    let moved = [
        Commit::new(0, "ada", &files).at(first_of_november),
        Commit::new(
            1,
            "ada",
            &[rename("services/pay/up.yaml", "apps/pay/up.yaml")],
        )
        .at(first_of_november + 9 * DAY),
    ];
    let place = |name: &str| json!({ "entityRef": format!("component:default/{name}"), "directory": format!("apps/{name}") });
    let evidence = json!({
        "schema": "mentorship/evidence/v1",
        "repository": "https://git.example/all",
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [place("pay"), place("ship")],
        "paths": ["apps/pay/up.yaml", "apps/ship/a.rs", "infra/x.tf"],
        "history": String::from_utf8(stream(&moved)).unwrap(),
    });
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    let told = json!({
        "schema": "mentorship/pushed/v1", "collectedAt": "2026-11-21", "since": "2026-08-01",
        "services": [{ "entityRef": "pay" }, { "entityRef": "ship" }],
        "reviews": reviews,
    });
    let outcome = engine.put_pushed(told.to_string().as_bytes()).unwrap();
    assert_eq!((outcome.refused, outcome.notes.len()), (0, 0));
    ["pay", "ship"].map(|name| {
        let named = format!("component:default/{name}");
        let assessment = engine.assessment(&named, "2026-11-21", Audience::Named);
        let assessment = serde_json::to_value(assessment.unwrap().unwrap()).unwrap();
        let one = |list: &str, key: &str, name: &str| {
            let all = assessment[list].as_array().unwrap().iter();
            all.clone().find(|one| one[key] == name).unwrap().clone()
        };
        let verdict = |rule| one("findings", "rule", rule)["outcome"]["verdict"].clone();
        let evidence = one("evidence", "kind", "reviews");
        [
            evidence["state"].clone(),
            verdict("reviewer-coverage-low"),
            verdict("steward-inactive"),
        ]
        .map(|text| text.as_str().unwrap().to_owned())
    })
}

#[test]
fn reviews_of_a_repository_count_for_the_services_whose_files_they_touch() {
    let review = |day: u32, path: &str| json!([{ "reviewer": "ben", "at": format!("2026-11-{day:02}"), "paths": [path] }]);
    let nothing = ["missing", "fail", "fail"];
    let both = ["found", "pass", "pass"];
    let told = told_of_repository(&review(10, "services/pay/up.yaml"));
    assert_eq!(told, [both, nothing]);
    // What is called so later is another file.
    let told = told_of_repository(&review(11, "services/pay/up.yaml"));
    assert_eq!(told, [nothing, nothing]);
    let told = told_of_repository(&review(11, "apps/pay/up.yaml"));
    assert_eq!(told, [both, nothing]);
    let told = told_of_repository(&review(11, "apps/ship/a.rs"));
    assert_eq!(told, [nothing, ["found", "fail", "pass"]]);
    let told = told_of_repository(&review(11, "infra/x.tf"));
    assert_eq!(told, [nothing, ["missing", "pass", "fail"]]);
}

#[test]
fn owners_are_whom_the_plan_means_by_login_and_address() {
    let verdict = |owners: &str| {
        let mut engine = Engine::new("{}").unwrap();
        let service = json!({ "kind": "Component", "spec": { "type": "service" },
            "metadata": { "name": "pay", "annotations": { "mentorship/critical-paths": "/deploy/" } } });
        let page = json!({ "items": [service] }).to_string();
        engine.upsert_page(page.as_bytes()).unwrap();
        let plan = "- Steward: Ada Lund (ada@example.org)\n- Apprentice: Ben Roe (@ben)\n";
        let evidence = json!({
            "schema": "mentorship/evidence/v1",
            "repository": "https://git.example/pay",
            "collectedAt": "2026-11-21T06:00:00Z",
            "services": [{ "entityRef": "component:default/pay", "directory": "" }],
            "paths": ["CODEOWNERS", "MENTORSHIP.md", "deploy/up.yaml"],
            "files": [
                { "path": "CODEOWNERS", "text": format!("/deploy/ {owners}\n") },
                { "path": "MENTORSHIP.md", "text": plan },
            ],
        });
        engine
            .put_repository(evidence.to_string().as_bytes())
            .unwrap();
        let assessment = engine.assessment("component:default/pay", "2026-11-21", Audience::Named);
        let findings = assessment.unwrap().unwrap().findings;
        let mut findings = findings.into_iter();
        let finding = findings.find(|finding| finding.rule == "critical-path-unpaired");
        finding.unwrap().outcome
    };
    assert!(matches!(
        verdict("ada@example.org @ben"),
        Outcome::Pass { .. }
    ));
    assert!(matches!(
        verdict("eve@example.org @ben"),
        Outcome::Fail { .. }
    ));
}
