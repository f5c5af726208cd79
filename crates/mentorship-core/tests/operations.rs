//! What happened in operation: read record by record, from PagerDuty's pages and
//! from the pushed shape, in all four states.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use mentorship_core::engine::Engine;
use mentorship_core::evidence::operations::pagerduty::{self, Pages};
use mentorship_core::evidence::operations::{End, EscalationCause, Mentions};
use mentorship_core::wire::v1::{
    Assessment, Audience, EvidenceKind, EvidenceState, Outcome, render,
};
use serde_json::{Value, json};

const SERVICE: &str = "component:default/checkout";
const AS_OF: &str = "2026-11-21";

fn engine() -> Engine {
    let policy = json!({ "sources": ["git", "incidents", "on-calls", "deployments", "reviews"] });
    let mut engine = Engine::new(&policy.to_string()).unwrap();
    let user = |name: &str| json!({ "kind": "User", "metadata": { "name": name }, "spec": { "profile": { "displayName": name, "email": format!("{name}@example.org") } } });
    let component = |name: &str, ids: &str| json!({ "kind": "Component", "metadata": { "name": name, "annotations": { "mentorship/enrolled": "true", "pagerduty.com/service-id": ids } } });
    let page = json!({ "items": [
        user("alice"), user("ben"), user("jordan"),
        component("checkout", "P1"), component("ledger", "P1, P2"), component("web", ""),
    ] });
    engine.upsert_page(page.to_string().as_bytes()).unwrap();
    engine
}

fn assessment(engine: &mut Engine, service: &str) -> Assessment {
    let assessment = engine.assessment(service, AS_OF, Audience::Named);
    assessment.unwrap().unwrap()
}

fn state(engine: &mut Engine, service: &str, kind: EvidenceKind) -> (EvidenceState, String) {
    let assessment = assessment(engine, service);
    let status = assessment
        .evidence
        .iter()
        .find(|status| status.kind == kind)
        .unwrap();
    (status.state, render::plain(&status.detail))
}

fn reason(engine: &mut Engine, service: &str, rule: &str) -> String {
    let assessment = assessment(engine, service);
    let finding = assessment
        .findings
        .iter()
        .find(|finding| finding.rule == rule)
        .unwrap();
    match &finding.outcome {
        Outcome::Fail { reasons, .. } => render::plain(&reasons[0]),
        other => panic!("{other:?}"),
    }
}

fn push(engine: &mut Engine, since: Option<&str>, service: &Value) -> (u32, u32, Vec<String>) {
    let mut document = json!({
        "schema": "mentorship/pushed/v1",
        "collectedAt": "2026-11-20T06:00:00Z",
        "services": [service],
    });
    if let Some(since) = since {
        document["since"] = json!(since);
    }
    let outcome = engine.put_pushed(document.to_string().as_bytes()).unwrap();
    let notes = outcome
        .notes
        .iter()
        .map(|note| format!("{}: {}", note.place, note.message));
    (outcome.read, outcome.refused, notes.collect())
}

#[test]
fn one_bad_record_drops_no_other() {
    let mut engine = engine();
    let (read, refused, notes) = push(
        &mut engine,
        None,
        &json!({
            "entityRef": "Checkout",
            "incidents": [
                { "id": 1, "createdAt": "2026-11-01T09:00:00Z", "resolvedBy": "alice" },
                { "id": "2", "createdAt": "2026-02-30" },
                "no incident",
                { "createdAt": "2026-11-02" },
                { "id": "3", "createdAt": "2026-11-03", "resolvedby": "alice", "escalationCause": "mood" },
            ],
            "deployments": { "at": "2026-11-03" },
        }),
    );
    assert_eq!((read, refused), (2, 4));
    assert_eq!(
        notes
            .iter()
            .map(|note| note.split(':').next().unwrap())
            .collect::<Vec<_>>(),
        [
            "services[0].incidents[2]",
            "services[0].incidents[1].createdAt",
            "services[0].incidents[1]",
            "services[0].incidents[3]",
            "services[0].incidents[4].resolvedby",
            "services[0].incidents[4]",
            "services[0].deployments",
        ]
    );
    let incidents = state(&mut engine, SERVICE, EvidenceKind::Incidents);
    assert_eq!(incidents, (EvidenceState::Found, "2 incidents".to_owned()));
    let deployments = state(&mut engine, SERVICE, EvidenceKind::Deployments);
    assert_eq!(deployments.0, EvidenceState::NotCollected);
}

#[test]
fn a_character_cut_in_two_and_odd_numbers_spoil_nothing() {
    let mut engine = engine();
    let page = br#"{"incidents": [{"id": "I1", "summary": "\ud83d", "created_at": "2026-11-10T09:00:00Z", "service": {"id": "P1"}, "status": "resolved", "urgency": 1e300, "id": "I2"}]}"#;
    assert_eq!(engine.push_pagerduty(page).unwrap().read, 1);
    let deep = format!(
        "{{\"incidents\": {}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    engine.push_pagerduty(deep.as_bytes()).unwrap_err();
    let levels = json!([
        { "id": "1", "createdAt": "2026-11-01", "escalationLevel": 900 },
        { "id": "2", "createdAt": "9999-12-31T23:59:59-12:00", "escalationLevel": -1 },
        { "id": "3", "createdAt": "0001-01-01", "responders": [{ "person": 7 }, null] },
    ]);
    let (read, refused, _) = push(
        &mut engine,
        None,
        &json!({ "entityRef": SERVICE, "incidents": levels }),
    );
    assert_eq!((read, refused), (3, 1));
}

#[test]
fn each_kind_has_four_states() {
    let mut engine = engine();
    let incidents = |engine: &mut Engine| state(engine, SERVICE, EvidenceKind::Incidents);
    assert_eq!(incidents(&mut engine).0, EvidenceState::NotCollected);
    let failure = json!([{ "kind": "incidents", "reason": "the tool does not answer" }]);
    push(
        &mut engine,
        None,
        &json!({ "entityRef": SERVICE, "failures": failure }),
    );
    let failed = (EvidenceState::Failed, "the tool does not answer".to_owned());
    assert_eq!(incidents(&mut engine), failed);
    push(
        &mut engine,
        None,
        &json!({ "entityRef": SERVICE, "incidents": [] }),
    );
    assert_eq!(incidents(&mut engine).0, EvidenceState::Missing);
    let one = json!([{ "id": "1", "createdAt": "2026-11-01" }]);
    push(
        &mut engine,
        None,
        &json!({ "entityRef": SERVICE, "incidents": one }),
    );
    assert_eq!(incidents(&mut engine).0, EvidenceState::Found);
    push(
        &mut engine,
        None,
        &json!({ "entityRef": SERVICE, "failures": failure }),
    );
    let (state, detail) = incidents(&mut engine);
    assert_eq!(state, EvidenceState::Failed);
    assert!(
        detail.ends_with("what was read before still counts"),
        "{detail}"
    );
}

#[test]
fn a_job_that_looks_from_its_own_time_on_replaces_nothing_of_others() {
    let mut engine = engine();
    let deploy = |engine: &mut Engine, since: &str, times: &[&str]| {
        let deployments: Vec<Value> = times
            .iter()
            .map(|at| json!({ "at": at, "failed": false }))
            .collect();
        let service = json!({ "entityRef": SERVICE, "deployments": deployments });
        push(engine, Some(since), &service);
        state(engine, SERVICE, EvidenceKind::Deployments).1
    };
    let (morning, noon) = ("2026-11-07T08:00:00Z", "2026-11-07T12:00:00Z");
    assert_eq!(deploy(&mut engine, morning, &[morning]), "1 deployment");
    assert_eq!(deploy(&mut engine, noon, &[noon]), "2 deployments");
    assert_eq!(deploy(&mut engine, noon, &[noon]), "2 deployments");
    let next_day = "2026-11-08T00:00:01+00:00";
    assert_eq!(deploy(&mut engine, next_day, &[next_day]), "3 deployments");
    // One that comes late, or ran past midnight, takes back nothing that was done since.
    let late = "2026-11-06T23:59:59Z";
    assert_eq!(deploy(&mut engine, late, &[late]), "4 deployments");
    // Whoever looked at whole days knows all of them.
    assert_eq!(deploy(&mut engine, "2026-11-07", &[noon]), "2 deployments");
}

#[test]
fn of_a_day_that_was_looked_at_in_part_incidents_and_reviews_are_counted_once() {
    let mut engine = engine();
    let later = |engine: &mut Engine, incidents: &Value, reviews: &Value| {
        let since = Some("2026-11-07T12:00:00Z");
        let service = json!({ "entityRef": SERVICE, "incidents": incidents, "reviews": reviews });
        push(engine, since, &service);
        [EvidenceKind::Incidents, EvidenceKind::Reviews].map(|kind| state(engine, SERVICE, kind).1)
    };
    let incident = |id: &str| json!({ "id": id, "createdAt": "2026-11-07T09:00:00Z" });
    let review = |reviewer: &str| json!({ "reviewer": reviewer, "at": "2026-11-07T09:00:00Z", "paths": ["a.rs"] });
    let (one, ada) = (json!([incident("1")]), json!([review("@ada")]));
    assert_eq!(later(&mut engine, &one, &ada), ["1 incident", "1 review"]);
    assert_eq!(later(&mut engine, &one, &ada), ["1 incident", "1 review"]);
    let (two, ben) = (json!([incident("2")]), json!([review("@ben")]));
    assert_eq!(later(&mut engine, &two, &ben), ["2 incidents", "2 reviews"]);
}

#[test]
fn a_span_that_is_pushed_again_replaces_itself_and_nothing_else() {
    let mut engine = engine();
    let incident = |id: &str, day: &str| json!({ "id": id, "createdAt": day });
    let found = |engine: &mut Engine| state(engine, SERVICE, EvidenceKind::Incidents).1;
    let october = json!([incident("1", "2026-10-01"), incident("2", "2026-11-05")]);
    push(
        &mut engine,
        Some("2026-10-01"),
        &json!({ "entityRef": SERVICE, "incidents": october }),
    );
    assert_eq!(found(&mut engine), "2 incidents");
    let november = json!([incident("3", "2026-11-07")]);
    push(
        &mut engine,
        Some("2026-11-01"),
        &json!({ "entityRef": SERVICE, "incidents": november }),
    );
    assert_eq!(found(&mut engine), "2 incidents");
    push(
        &mut engine,
        None,
        &json!({ "entityRef": SERVICE, "incidents": november }),
    );
    assert_eq!(found(&mut engine), "1 incident");
}

#[test]
fn what_no_source_of_the_policy_names_does_not_count() {
    let mut engine = Engine::new("{}").unwrap();
    let document = json!({ "kind": "Component", "metadata": { "name": "checkout" } });
    engine
        .upsert_page(json!({ "items": [document] }).to_string().as_bytes())
        .unwrap();
    let (_, _, notes) = push(
        &mut engine,
        None,
        &json!({ "entityRef": SERVICE, "incidents": [] }),
    );
    assert!(
        notes[0].contains("`sources` do not name `incidents`"),
        "{notes:?}"
    );
    let (state, _) = state(&mut engine, SERVICE, EvidenceKind::Incidents);
    assert_eq!(state, EvidenceState::NotCollected);
}

#[test]
fn documents_that_are_none_are_refused_whole() {
    let mut engine = engine();
    for (document, why) in [
        ("", "not readable"),
        ("{\"schema\": \"mentorship/pushed/v1\", ", "not readable"),
        ("[]", "no JSON object"),
        ("{}", "does not say"),
        (
            "{\"schema\": \"mentorship/pushed/v9\"}",
            "this engine reads `mentorship/pushed/v1`",
        ),
        (
            "{\"schema\": \"mentorship/pushed/v1\", \"collectedAt\": \"today\"}",
            "`collectedAt`",
        ),
    ] {
        let refused = engine
            .put_pushed(document.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(refused.contains(why), "{document}: {refused}");
    }
}

/// Five incidents of P1, as the routes for incidents, log entries, on-calls and users
/// send them. Alice resolves four, a machine one; the last went past Jordan, who acted.
fn pagerduty_pages() -> Vec<Value> {
    let user = |id: &str| json!({ "id": id, "type": "user_reference", "summary": format!("{id} of PagerDuty") });
    let machine = json!({ "id": "P1", "type": "service_reference", "summary": "Checkout" });
    let entry = |id: &str, kind: &str, minute: u32, agent: &Value| json!({ "id": format!("{id}-{minute}"), "type": kind, "created_at": format!("2026-11-10T09:{minute:02}:00Z"), "agent": agent, "incident": { "id": id, "type": "incident_reference" } });
    let incident = |id: &str, by: &Value| json!({ "id": id, "type": "incident", "status": "resolved", "created_at": "2026-11-10T09:00:00Z", "resolved_at": "2026-11-10T10:00:00Z", "service": { "id": "P1" }, "escalation_policy": { "id": "E1" }, "last_status_change_by": by });
    let alice = user("UA");
    let mut log = vec![
        entry("I5", "trigger_log_entry", 0, &machine),
        entry("I5", "acknowledge_log_entry", 2, &user("UJ")),
        entry("I5", "annotate_log_entry", 5, &user("UJ")),
        entry("I5", "escalate_log_entry", 9, &user("UJ")),
        entry("I5", "resolve_log_entry", 50, &alice),
    ];
    log[0]["assignees"] = json!([user("UJ")]);
    log[3]["assignees"] = json!([alice]);
    vec![
        json!({ "log_entries": log, "more": false }),
        json!({ "incidents": [incident("I1", &alice), incident("I2", &alice), incident("I3", &alice)], "limit": 3, "offset": 0, "more": true }),
        json!({ "incidents": [incident("I4", &machine), incident("I5", &alice), { "id": "I6" }], "limit": 3, "offset": 3, "more": false }),
        json!({ "oncalls": [{ "escalation_policy": { "id": "E1" }, "escalation_level": 2, "user": user("UJ"), "start": null, "end": null }] }),
        json!({ "users": [{ "id": "UA", "email": "alice@example.org", "name": "A." }, { "id": "UJ", "email": "jordan@example.org" }] }),
    ]
}

fn asked(engine: &mut Engine) {
    let asked = json!({ "serviceIds": ["P1", "P2"], "kinds": ["incidents", "on-calls"], "collectedAt": "2026-11-20T06:00:00Z", "since": "2026-06-01" });
    engine
        .finish_pagerduty(asked.to_string().as_bytes())
        .unwrap();
}

#[test]
fn pages_of_pagerduty_come_in_any_order_and_are_put_together() {
    for backwards in [false, true] {
        let mut engine = engine();
        assert_eq!(engine.pagerduty_services(), ["P1", "P2"]);
        let mut pages = pagerduty_pages();
        if backwards {
            pages.reverse();
        }
        let mut next = Vec::new();
        let mut refused = 0;
        for page in pages {
            let outcome = engine.push_pagerduty(page.to_string().as_bytes()).unwrap();
            next.extend(outcome.next_offset);
            refused += outcome.refused;
        }
        assert_eq!((next, refused), (vec![3], 1));
        asked(&mut engine);
        for service in [SERVICE, "component:default/ledger"] {
            let incidents = state(&mut engine, service, EvidenceKind::Incidents);
            assert_eq!(incidents, (EvidenceState::Found, "5 incidents".to_owned()));
            let on_calls = state(&mut engine, service, EvidenceKind::OnCalls);
            assert_eq!(on_calls, (EvidenceState::Found, "1 entry".to_owned()));
        }
        let web = state(
            &mut engine,
            "component:default/web",
            EvidenceKind::Incidents,
        );
        assert_eq!(web.0, EvidenceState::NotCollected);
    }
}

#[test]
fn who_resolves_nearly_everything_is_found_in_pagerduty() {
    let mut engine = engine();
    for page in pagerduty_pages() {
        engine.push_pagerduty(page.to_string().as_bytes()).unwrap();
    }
    let more = json!({ "incident": { "id": "I7", "status": "resolved", "created_at": "2026-11-12T09:00:00Z", "service": { "id": "P1" }, "last_status_change_by": { "id": "UA", "type": "user_reference" } } });
    engine.push_pagerduty(more.to_string().as_bytes()).unwrap();
    asked(&mut engine);
    assert_eq!(
        reason(&mut engine, SERVICE, "hero-responder"),
        "alice resolved 5 of the 5 incidents that people resolved in 90 days."
    );
}

#[test]
fn merged_incidents_are_resolved_by_nobody_and_open_ones_again_by_nobody_yet() {
    let mut given = pagerduty_pages();
    let others = given[1]["incidents"].as_array_mut().unwrap();
    others[0]["resolve_reason"] = json!({ "type": "merge_resolve_reason", "incident": { "id": "I2", "type": "incident_reference" } });
    others[1]["resolve_reason"] = Value::Null;
    // Who was asked for help and came had a part, who did not had none.
    others[2]["incidents_responders"] = json!([
        { "state": "joined", "user": { "id": "UJ", "type": "user_reference", "summary": "J." }, "requester": null },
        { "state": "declined", "user": { "id": "UX", "type": "user_reference" } },
        { "state": "joined", "user": null },
    ]);
    given[2]["incidents"][1]["status"] = json!("triggered");
    let mut again = given[0]["log_entries"][0].clone();
    again["id"] = json!("I5-55");
    again["created_at"] = json!("2026-11-10T09:55:00.250Z");
    given[0]["log_entries"].as_array_mut().unwrap().push(again);
    let mut pages = Pages::default();
    for page in given {
        pages.take(page.to_string().as_bytes()).unwrap();
    }
    let asked = json!({ "serviceIds": ["P1"], "kinds": ["incidents"], "collectedAt": "2026-11-20T06:00:00Z" });
    let asked = pagerduty::asked(asked.to_string().as_bytes()).unwrap();
    let mut mentions = Mentions::default();
    let brought = pages.finish(&asked, &mut mentions);
    let incidents = brought["P1"].incidents.as_ref().unwrap();
    let alice = mentions.number("alice@example.org");
    let ends = incidents.iter().map(|one| one.end);
    let by_alice = End::By(alice);
    let expected = [
        End::Automatic,
        by_alice,
        by_alice,
        End::Automatic,
        End::Open,
    ];
    assert_eq!(ends.collect::<Vec<_>>(), expected);
    let parts = incidents.iter().map(|one| one.responses.len());
    assert_eq!(parts.collect::<Vec<_>>(), [0, 1, 2, 0, 2]);
}

#[test]
fn an_escalation_that_the_service_makes_itself_found_nobody() {
    let service = json!({ "id": "P1", "type": "service_reference" });
    let by_hand = json!({ "id": "UJ", "type": "user_reference" });
    for (agent, channel, cause) in [
        (&service, "auto", Some(EscalationCause::Other)),
        (&service, "timeout", Some(EscalationCause::Other)),
        (&by_hand, "website", None),
    ] {
        let mut given = pagerduty_pages();
        given[0]["log_entries"][3]["agent"] = agent.clone();
        given[0]["log_entries"][3]["channel"] = json!({ "type": channel });
        let mut pages = Pages::default();
        for page in given {
            pages.take(page.to_string().as_bytes()).unwrap();
        }
        let asked = json!({ "serviceIds": ["P1"], "kinds": ["incidents"], "collectedAt": "2026-11-20T06:00:00Z" });
        let asked = pagerduty::asked(asked.to_string().as_bytes()).unwrap();
        let brought = pages.finish(&asked, &mut Mentions::default());
        let incidents = brought["P1"].incidents.as_ref().unwrap();
        assert_eq!(
            (incidents[4].level, incidents[4].cause),
            (Some(2), cause),
            "{channel}"
        );
    }
}

#[test]
fn pages_that_were_not_all_had_leave_what_was_known() {
    let mut engine = engine();
    let asked = json!({ "serviceIds": ["P1"], "kinds": ["incidents"], "collectedAt": "2026-11-20T06:00:00Z", "since": "2026-06-01", "failures": [{ "kind": "incidents", "reason": "429 Too Many Requests" }] });
    engine
        .finish_pagerduty(asked.to_string().as_bytes())
        .unwrap();
    let failed = (EvidenceState::Failed, "429 Too Many Requests".to_owned());
    assert_eq!(state(&mut engine, SERVICE, EvidenceKind::Incidents), failed);
}

/// The shared corpus; `None` where it is absent, which CI does not accept.
fn corpus() -> Option<PathBuf> {
    let named = std::env::var_os("MENTORSHIP_CORPUS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = named.unwrap_or(beside).join("corpus/api");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "no corpus at {}",
        folder.display()
    );
    eprintln!("skipped: no corpus at {}", folder.display());
    None
}

fn json_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
}

#[test]
fn every_sample_of_an_api_is_survived_and_told() {
    let Some(folder) = corpus() else { return };
    let mut files = Vec::new();
    json_files(&folder, &mut files);
    assert!(files.len() > 100);
    for path in files {
        let bytes = fs::read(&path).unwrap();
        let mut engine = engine();
        assert!(engine.put_pushed(&bytes).is_err(), "{}", path.display());
        // Where nothing can be taken from a page, its reader is told.
        match engine.push_pagerduty(&bytes) {
            Ok(outcome) => assert!(
                outcome.read > 0 || !outcome.notes.is_empty() || outcome.refused == 0,
                "{}",
                path.display()
            ),
            Err(refused) => assert!(!refused.to_string().is_empty()),
        }
        asked(&mut engine);
        // Cut short, and with a byte in it that is no text.
        engine
            .push_pagerduty(&bytes[..bytes.len() / 2])
            .unwrap_err();
        let mut spoilt = bytes.clone();
        spoilt.insert(bytes.len() / 2, 0xff);
        let _ = engine.push_pagerduty(&spoilt);
    }
}
