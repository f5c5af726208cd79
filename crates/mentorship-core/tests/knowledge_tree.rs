//! Who knows which directory, as a page asks for it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod knowledge_stream;

use knowledge_stream::{Commit, add, email, modify, stream};
use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Audience, BusFactorVerdict, EvidenceState};

const KEY: &str = "https://git.example/acme/harbour";
const BERTHS: &str = "component:default/berths";

fn component(name: &str) -> serde_json::Value {
    serde_json::json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Component",
        "metadata": {"name": name}, "spec": {"type": "service"}})
}

/// Berths live in `berths/` of a monorepo, cranes beside them; Ada, a User, wrote the
/// tariff, Ben, who has left, the rest. The lights are in no repository.
fn engine() -> Engine {
    let mut engine = Engine::new(r#"{"people": {"left": ["user:default/ben"]}}"#).unwrap();
    let user = |name: &str, address: String| {
        serde_json::json!({"apiVersion": "backstage.io/v1alpha1", "kind": "User",
            "metadata": {"name": name}, "spec": {"profile": {"displayName": name, "email": address}}})
    };
    let page = serde_json::json!({"items": [
        component("berths"), component("cranes"), component("lights"),
        user("ada", email("Ada")), user("ben", email("Ben")),
    ]});
    engine.upsert_page(page.to_string().as_bytes()).unwrap();
    let paths = [
        "berths/deep/map.rs",
        "berths/tariff/price.rs",
        "cranes/lift.rs",
    ];
    let evidence = serde_json::json!({
        "schema": "mentorship/evidence/v1",
        "repository": KEY,
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [
            {"entityRef": BERTHS, "directory": "berths"},
            {"entityRef": "component:default/cranes", "directory": "cranes"},
        ],
        "paths": paths,
        "files": [],
    });
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    let commits = [
        Commit::new(1, "Ben", &[add(paths[0]), add(paths[2])]),
        Commit::new(2, "Ada", &[add(paths[1])]),
        Commit::new(3, "Ada", &[modify(paths[1])]),
    ];
    engine.push_history(KEY, &stream(&commits)).unwrap();
    engine.finish_history(KEY, None).unwrap();
    engine
}

#[test]
fn shows_the_directories_of_the_service_with_who_holds_them() {
    let knowledge = engine().knowledge(BERTHS, "", 2, Audience::Named);
    let knowledge = knowledge.unwrap().unwrap();
    assert_eq!(knowledge.state, EvidenceState::Found);
    let root = knowledge.root.unwrap();
    assert_eq!((root.path.as_str(), root.files), ("berths", 2));
    let [deep, tariff] = root.directories.as_slice() else {
        panic!("{:?}", root.directories);
    };
    assert_eq!(
        tariff.people[0].entity_ref.as_deref(),
        Some("user:default/ada")
    );
    assert_eq!(tariff.verdict, BusFactorVerdict::Single);
    assert_eq!(deep.path, "berths/deep");
    assert_eq!(deep.verdict, BusFactorVerdict::Orphaned);
    assert_eq!(deep.files_orphaned, 1);
}

#[test]
fn goes_down_to_a_directory_and_names_nobody_to_whom_it_may_not() {
    let mut engine = engine();
    let knowledge = engine.knowledge(BERTHS, "berths/tariff/", 1, Audience::Counted);
    let knowledge = knowledge.unwrap().unwrap();
    assert!(!serde_json::to_string(&knowledge).unwrap().contains("ada"));
    let root = knowledge.root.unwrap();
    assert_eq!((root.path.as_str(), root.files), ("berths/tariff", 1));
    assert_eq!(root.authorship, Some(1));
}

#[test]
fn does_not_lead_out_of_the_service() {
    let mut engine = engine();
    for path in ["cranes", "berths/../cranes", "berth", "berths2"] {
        let refused = engine.knowledge(BERTHS, path, 1, Audience::Named);
        assert!(
            refused.unwrap_err().to_string().contains("outside"),
            "{path}"
        );
    }
}

#[test]
fn tells_no_service_from_a_service_whose_history_nobody_collected() {
    let mut engine = engine();
    let nothing = engine.knowledge("component:default/boats", "", 1, Audience::Named);
    assert!(nothing.unwrap().is_none());
    let lights = engine.knowledge("component:default/lights", "", 1, Audience::Named);
    let lights = lights.unwrap().unwrap();
    assert_eq!(lights.state, EvidenceState::NotCollected);
    assert!(lights.root.is_none());
}
