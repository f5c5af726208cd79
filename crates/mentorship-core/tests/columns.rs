//! Columns say of each service what its report says: services that stand alike are
//! judged once, and nobody can tell.

#![allow(clippy::unwrap_used, clippy::panic)]

mod properties;

use std::fs;
use std::path::Path;

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::render::plain;
use mentorship_core::wire::v1::{AssessmentRow, Judgement};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Compares each column with the row of the service's report.
fn agree(engine: &mut Engine, as_of: &str) {
    let columns = engine.columns(as_of).unwrap();
    assert_eq!(columns, engine.columns(as_of).unwrap(), "asked twice");
    let judgements = columns.judgements();
    let results = engine.results(as_of, 0, 1_000).unwrap();
    assert_eq!(columns.judgement.len(), results.items.len());
    let rows = results.items.iter().map(|item| &item.row);
    for ((row, number), age) in rows.zip(columns.judgement).zip(columns.steward_age_days) {
        let judgement = &judgements[number as usize];
        let service = &row.entity_ref;
        assert_eq!(
            judgement,
            &of_row(row, judgement),
            "{service} as of {as_of}"
        );
        let headline = format!(
            "{}{}{}",
            judgement.headline_before_title, row.title, judgement.headline_behind_title
        );
        assert_eq!(headline, plain(&row.headline), "{service} as of {as_of}");
        assert_eq!(
            age,
            row.steward_age_days.unwrap_or(-1),
            "{service} as of {as_of}"
        );
    }
}

fn of_row(row: &AssessmentRow, headline: &Judgement) -> Judgement {
    Judgement {
        level: row.level,
        score: row.score,
        coverage: row.coverage,
        mentorship_status: row.mentorship_status,
        rotation_state: row.rotation_state,
        bus_factor: row.bus_factor,
        bus_factor_verdict: row.bus_factor_verdict,
        failed_rules: row.failed_rules.clone(),
        unknown_rules: row.unknown_rules.clone(),
        ..headline.clone()
    }
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(texts).prop_map(str::to_owned)
}

/// Few people, so that they meet in several roles and look after too much.
fn people() -> impl Strategy<Value = String> {
    let person = one_of(&[
        "user:default/alice",
        "Alice",
        "user:default/ben",
        "@ben-login",
        "cleo@example.org",
        "user:default/gone",
        "group:default/team-a",
        "dora",
        "no one",
        "",
    ]);
    proptest::collection::vec(person, 1..4).prop_map(|people| people.join(", "))
}

fn annotations() -> impl Strategy<Value = Map<String, Value>> {
    let day = || {
        one_of(&[
            "2026-11-21",
            "2026-05-21",
            "2025-11-21",
            "2025-11-20",
            "2027-01-31",
            "2024-02-29",
            "soon",
        ])
    };
    let annotation = prop_oneof![
        4 => (one_of(&[
            "mentorship/steward",
            "mentorship/backup",
            "mentorship/program-owner",
            "mentorship/maintainers",
            "mentorship/apprentices",
        ]), people()),
        2 => day().prop_map(|day| ("mentorship/steward-since".to_owned(), day)),
        1 => one_of(&["true", "False", "no", "perhaps"])
            .prop_map(|text| ("mentorship/enrolled".to_owned(), text)),
        1 => (one_of(&["no-backup", "no-steward", "no-rule"]), day()).prop_map(|(rule, day)| {
            ("mentorship/exempt".to_owned(), format!("{rule} until {day}: hiring"))
        }),
        1 => one_of(&["1", "3", "twelve"])
            .prop_map(|text| ("mentorship/tier".to_owned(), text)),
        1 => (one_of(&["pagerduty.com/service-id", "nobl9.com/slo", "grafana/dashboard-selector"]), Just("x".to_owned())),
        1 => (Just("backstage.io/source-location".to_owned()), Just("url:https://github.com/acme/x".to_owned())),
    ];
    proptest::collection::vec(annotation, 0..10).prop_map(|all| {
        all.into_iter()
            .map(|(key, text)| (key, text.into()))
            .collect()
    })
}

fn service() -> impl Strategy<Value = Value> {
    let link = one_of(&[
        "On-call",
        "SLO",
        "Dashboard",
        "Runbook",
        "a recording",
        "slow",
    ]);
    let link = link.prop_map(|title| json!({ "title": title, "url": "https://a.example" }));
    let owner = one_of(&[
        "team-a",
        "guests",
        "team-of-nobody",
        "user:default/alice",
        "",
    ]);
    let spec = (
        owner,
        proptest::option::of(Just("money")),
        proptest::option::of(Just(json!([]))),
        one_of(&["service", "library"]),
    );
    (annotations(), proptest::collection::vec(link, 0..5), spec).prop_map(
        |(annotations, links, (owner, system, depends_on, kind))| {
            json!({
                "kind": "Component",
                "metadata": { "annotations": annotations, "links": links },
                "spec": { "owner": owner, "system": system, "dependsOn": depends_on, "type": kind },
            })
        },
    )
}

fn policies() -> impl Strategy<Value = Value> {
    let sources = prop_oneof![
        Just(json!([])),
        Just(json!(["git"])),
        Just(json!(["git", "incidents", "on-calls", "reviews"])),
        Just(json!(["on-calls"])),
    ];
    let program = prop_oneof![
        2 => Just(json!({})),
        1 => Just(json!({ "types": ["library"] })),
        1 => Just(json!({ "tiers": [1], "owners": ["group:default/team-a"] })),
    ];
    let left = prop_oneof![Just(json!([])), Just(json!(["user:default/ben", "alice"]))];
    let most = (1..4_u16, 1..4_u16);
    (sources, program, left, most).prop_map(|(sources, program, left, (services, people))| {
        json!({
            "sources": sources,
            "program": program,
            "people": { "left": left, "aliases": { "dora": "user:default/cleo" } },
            "thresholds": { "servicesPerSteward": services, "maintainersTarget": people },
            "weights": { "no-steward": people * 5 },
        })
    })
}

fn page(services: Vec<Value>, has_people: bool) -> Value {
    let mut items = Vec::new();
    for (number, mut service) in services.into_iter().enumerate() {
        service["metadata"]["name"] = json!(format!("service-{}", number * 7_919 % 1_000));
        items.push(service);
    }
    if has_people {
        let named = |kind: &str, name: &str| json!({ "kind": kind, "metadata": { "name": name } });
        items.extend(["alice", "dora"].map(|name| named("User", name)));
        items.push(named("Group", "team-a"));
        items.push(json!({
            "kind": "User",
            "metadata": { "name": "ben", "annotations": { "github.com/user-login": "ben-login" } },
        }));
        let cleo = json!({ "profile": { "email": "cleo@example.org" } });
        items.push(json!({ "kind": "User", "metadata": { "name": "cleo" }, "spec": cleo }));
    }
    json!(items)
}

proptest! {
    #![proptest_config(properties::tried_on(24))]

    #[test]
    fn services_that_stand_alike_are_judged_alike(
        services in proptest::collection::vec(service(), 1..40),
        has_people in any::<bool>(),
        (policy, mut next) in (policies(), policies()),
        read in 0..3_usize,
    ) {
        let known_better: Vec<Value> = (0..read)
            .map(|number| {
                let name = format!("component:default/service-{}", number * 7_919 % 1_000);
                json!({ "entityRef": name, "directory": "" })
            })
            .collect();
        let catalog = page(services, has_people).to_string();
        let evidence = json!({
            "schema": "mentorship/evidence/v1",
            "repository": "r",
            "collectedAt": "2026-11-21T00:00:00Z",
            "services": known_better,
            "paths": ["MENTORSHIP.md"],
            "files": [{ "path": "MENTORSHIP.md", "text": "Steward: @ben-login\n" }],
        });
        let fed = |policy: &Value| {
            let mut engine = Engine::new(&policy.to_string()).unwrap();
            engine.upsert_page(catalog.as_bytes()).unwrap();
            engine.put_repository(evidence.to_string().as_bytes()).unwrap();
            engine
        };
        let mut engine = fed(&policy);
        // Not in their order: what was judged for one day serves another one.
        for day in ["2026-11-21", "2027-02-01", "2024-03-01", "2026-11-22", "2026-11-21"] {
            agree(&mut engine, day);
        }
        next["sources"] = policy["sources"].clone();
        engine.set_policy(&next.to_string()).unwrap();
        let mut anew = fed(&next);
        for day in ["2026-11-21", "2027-02-01"] {
            agree(&mut engine, day);
            prop_assert_eq!(engine.columns(day), anew.columns(day));
            prop_assert_eq!(engine.results(day, 0, 1_000), anew.results(day, 0, 1_000));
        }
    }
}

#[test]
fn a_policy_by_which_evidence_was_taken_in_otherwise_is_refused() {
    let mut engine = Engine::new(r#"{ "thresholds": { "maintainersTarget": 2 } }"#).unwrap();
    let mut refusal = |policy: Value| {
        engine
            .set_policy(&policy.to_string())
            .unwrap_err()
            .to_string()
    };
    for (policy, setting) in [
        (json!({ "sources": ["git", "reviews"] }), "`sources`"),
        (json!({ "serviceKinds": ["resource"] }), "`serviceKinds`"),
        (
            json!({ "people": { "bots": ["*-robot"] } }),
            "`people.bots`",
        ),
        (json!({ "tresholds": {} }), "thresholds"),
    ] {
        let message = refusal(policy);
        assert!(message.contains(setting), "{message}");
    }
    assert_eq!(engine.policy().thresholds.maintainers_target, 2);
    engine.set_policy("{}").unwrap();
    assert_eq!(engine.policy().thresholds.maintainers_target, 3);
}

#[test]
fn columns_of_the_situations_say_what_their_reports_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut compared = 0;
    for case in fs::read_dir(folder).unwrap() {
        let case = case.unwrap().path();
        let Ok(catalog) = fs::read(case.join("catalog.json")) else {
            continue;
        };
        let policy = fs::read_to_string(case.join("policy.json")).unwrap();
        let as_of = fs::read_to_string(case.join("as-of")).unwrap();
        let mut engine = Engine::new(&policy).unwrap();
        engine.upsert_page(&catalog).unwrap();
        agree(&mut engine, as_of.trim());
        // Evidence that comes later makes another service of it.
        for evidence in fs::read_dir(case.join("evidence")).into_iter().flatten() {
            let bytes = fs::read(evidence.unwrap().path()).unwrap();
            let taken = engine.put_repository(&bytes).is_ok();
            if taken || engine.put_pushed(&bytes).is_ok() {
                agree(&mut engine, as_of.trim());
            }
        }
        compared += 1;
    }
    assert!(compared >= 8, "the situations are not where they should be");
}
