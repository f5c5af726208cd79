//! Somebody who asked to be forgotten counts as somebody who has left, and is named
//! nowhere, whatever evidence names them.
#![allow(clippy::unwrap_used, clippy::panic)]

mod knowledge_stream;

use knowledge_stream::{Commit, DAY, add, stream};
use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Assessment, Audience};
use serde_json::json;

const SERVICE: &str = "component:default/pay";
/// 2026-11-01.
const TODAY: i64 = 20_758 * DAY;
const PLAN: &str = "# pay\n\n## Escalation Tree\n\n- Backup: @quetzal\n\n## Log\n\n- 2026-10-01 win: @quetzal deployed alone\n";

/// A service that one person knows by every name people have: a ref, a handle, two
/// addresses of commits and a name.
fn judged(erased: &[&str]) -> (Assessment, String) {
    let policy = json!({ "people": {
        "erased": erased,
        "aliases": { "old@example.org": "user:default/quetzal" },
    } });
    let mut engine = Engine::new(&policy.to_string()).unwrap();
    let items = json!([
        { "kind": "User", "metadata": { "name": "quetzal" }, "spec": { "profile": {
            "displayName": "Quetzal Canary", "email": "quetzal@example.org" } } },
        { "kind": "Component", "metadata": { "name": "pay", "annotations": {
            "mentorship/steward": "user:default/quetzal", "mentorship/steward-since": "2026-01-01" } },
            "spec": { "type": "service", "owner": "user:default/somebody" } },
    ]);
    engine
        .upsert_page(json!({ "items": items }).to_string().as_bytes())
        .unwrap();
    let commits = [
        Commit::new(0, "quetzal", &[add("src/a.rs")]).at(TODAY - 30 * DAY),
        Commit::new(1, "old", &[add("src/b.rs")]).at(TODAY - 20 * DAY),
        Commit::new(2, "ada", &[add("src/c.rs")]).at(TODAY - 10 * DAY),
        Commit::new(3, "otter-bot", &[add("src/d.rs")]).at(TODAY - 9 * DAY),
    ];
    let evidence = json!({
        "schema": "mentorship/evidence/v1",
        "repository": "https://git.example/pay",
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [{ "entityRef": SERVICE, "directory": "" }],
        "paths": ["MENTORSHIP.md", "src/a.rs", "src/b.rs", "src/c.rs", "src/d.rs"],
        "files": [{ "path": "MENTORSHIP.md", "text": PLAN }],
        "history": String::from_utf8(stream(&commits)).unwrap(),
    });
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    let assessment = engine
        .assessment(SERVICE, "2026-11-21", Audience::Named)
        .unwrap()
        .unwrap();
    let written = serde_json::to_string(&assessment).unwrap().to_lowercase();
    (assessment, written)
}

#[test]
fn somebody_is_named_until_they_ask_to_be_forgotten() {
    let (before, written) = judged(&[]);
    assert!(written.contains("quetzal canary"), "{written}");
    assert_eq!(before.escalation.first().unwrap().name, "Quetzal Canary");

    let (after, written) = judged(&["user:default/quetzal"]);
    assert!(!written.contains("quetzal"), "{written}");
    assert!(!written.contains("old@"), "{written}");
    let steward = after.escalation.first().unwrap();
    assert_eq!(steward.name, "Erased person 1");
    assert!(steward.left && steward.entity_ref.is_none());
}

#[test]
fn what_the_person_wrote_stays_one_persons() {
    let holders = |erased: &[&str]| {
        let (assessment, _) = judged(erased);
        let readings = assessment.bus_factor.readings;
        let recent = readings.iter().find(|reading| !reading.people.is_empty());
        let people = &recent.unwrap().people;
        people.iter().map(|each| each.files).collect::<Vec<_>>()
    };
    assert_eq!(holders(&["user:default/quetzal"]).len(), holders(&[]).len());
}

#[test]
fn two_who_asked_stay_two() {
    let (_, written) = judged(&["ada", "user:default/quetzal"]);
    assert!(written.contains("erased person 1"), "{written}");
    assert!(written.contains("erased person 2"), "{written}");
    assert!(!written.contains("\"ada\""), "{written}");
}

#[test]
fn somebody_who_was_taken_for_a_machine_is_forgotten_too() {
    assert!(judged(&[]).1.contains("otter-bot"));
    let (_, written) = judged(&["otter-bot"]);
    assert!(!written.contains("otter"), "{written}");
}
