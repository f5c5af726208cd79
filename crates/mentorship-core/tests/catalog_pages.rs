//! A catalog page is read entity by entity; nothing that one entity holds
//! stops the others.

#![allow(clippy::unwrap_used, clippy::panic)]

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Audience, PageOutcome};

const DAY: &str = "2026-11-21";

fn page(items: &[&str]) -> String {
    format!(
        r#"{{"items":[{}],"totalItems":{},"pageInfo":{{}}}}"#,
        items.join(","),
        items.len()
    )
}

fn taken(items: &[&str]) -> (Engine, PageOutcome) {
    let mut engine = Engine::new("{}").unwrap();
    let outcome = engine.upsert_page(page(items).as_bytes()).unwrap();
    (engine, outcome)
}

const GOOD: &str = r#"{"apiVersion":"backstage.io/v1alpha1","kind":"Component","metadata":{"name":"good"},"spec":{"type":"service","owner":"team-a"}}"#;

#[test]
fn odd_entities_are_judged_beside_good_ones() {
    let deep = format!(
        r#"{{"kind":"Component","metadata":{{"name":"deep"}},"spec":{{"x":{}{}}}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let nested = format!(
        r#"{{"kind":"Component","kind":"Component","metadata":{{"name":"nested"}},"x":{}{}}}"#,
        "[".repeat(500),
        "]".repeat(500)
    );
    let odd = [
        // Wrong types everywhere.
        r#"{"kind":"Component","metadata":{"name":"wrong","annotations":[1,2],"links":"none","title":{"a":1}},"spec":[1]}"#,
        // Numbers, booleans and null as annotation values.
        r#"{"kind":"Component","metadata":{"name":"numeric","annotations":{"mentorship/tier":1,"mentorship/enrolled":true,"mentorship/steward":null}},"spec":{"owner":7}}"#,
        // A key twice: the last one counts.
        r#"{"kind":"Component","kind":"Component","metadata":{"name":"first","name":"twice"}}"#,
        // Half a surrogate pair.
        r#"{"kind":"Component","metadata":{"name":"surrogate","title":"a\ud800b"}}"#,
        // A template.
        r#"{"kind":"Component","metadata":{"name":"${{ values.name }}"},"spec":{"owner":"${{ values.owner }}"}}"#,
        // No owner, no spec at all.
        r#"{"kind":"Component","metadata":{"name":"bare"}}"#,
        // An API version and a type that nobody has heard of.
        r#"{"apiVersion":"acme.example/v9","kind":"component","metadata":{"name":"exotic","namespace":"Other"},"spec":{"type":"quantum"}}"#,
        &deep,
        // A key twice, and deeper than anybody looks.
        &nested,
    ];
    let mut items = odd.to_vec();
    items.push(GOOD);
    let (mut engine, outcome) = taken(&items);
    assert_eq!(outcome.errors, []);
    assert_eq!(outcome.services as usize, items.len());
    let results = engine.results(DAY, 0, 100).unwrap();
    assert_eq!(results.total as usize, items.len());
    let refs: Vec<&str> = results
        .items
        .iter()
        .map(|item| item.row.entity_ref.as_str())
        .collect();
    assert!(refs.is_sorted());
    for expected in [
        "component:default/twice",
        "component:default/wrong",
        "component:other/exotic",
        "component:default/${{ values.name }}",
    ] {
        assert!(refs.contains(&expected), "{expected} is not among {refs:?}");
    }
    let numeric = engine
        .assessment("Component:default/NUMERIC", DAY, Audience::Named)
        .unwrap()
        .unwrap();
    assert_eq!(numeric.entity.tier, Some(1));
    assert!(numeric.enrolment.enrolled);
}

#[test]
fn broken_entities_are_told_by_their_place() {
    let (engine, outcome) = taken(&[
        GOOD,
        r#"{"metadata":{"name":"kindless"}}"#,
        r#"{"kind":"Component","metadata":{}}"#,
        r#"{"kind":"Component"}"#,
        "17",
        "null",
        r#"{"kind":"Component","metadata":{"name":"last"}}"#,
    ]);
    assert_eq!(engine.service_count(), 2);
    let places: Vec<u32> = outcome.errors.iter().map(|error| error.index).collect();
    assert_eq!(places, [1, 2, 3, 4, 5]);
    assert_eq!(
        outcome.entities + u32::try_from(outcome.errors.len()).unwrap(),
        7
    );
}

#[test]
fn bytes_that_are_no_utf8_spoil_one_text() {
    let mut bytes = page(&[
        GOOD,
        r#"{"kind":"Component","metadata":{"name":"b","title":"XX"}}"#,
    ])
    .into_bytes();
    let at = bytes.windows(2).position(|two| two == b"XX").unwrap();
    bytes[at] = 0xff;
    let mut engine = Engine::new("{}").unwrap();
    assert_eq!(engine.upsert_page(&bytes).unwrap().services, 2);
}

#[test]
fn a_page_that_was_cut_is_refused_whole() {
    let whole = page(&[GOOD, GOOD]);
    let mut engine = Engine::new("{}").unwrap();
    for end in 0..whole.len() {
        let refused = engine.upsert_page(&whole.as_bytes()[..end]).unwrap_err();
        assert!(refused.to_string().contains("not readable"), "{refused}");
    }
    assert_eq!(engine.service_count(), 0);
}

#[test]
fn a_future_or_impossible_date_is_a_note_and_not_a_state() {
    let with = |annotations: &str| {
        let item = format!(
            r#"{{"kind":"Component","metadata":{{"name":"x","annotations":{{"mentorship/steward":"user:default/alice",{annotations}}}}}}}"#
        );
        let user = r#"{"kind":"User","metadata":{"name":"alice"},"spec":{}}"#;
        let (mut engine, _) = taken(&[&item, user]);
        engine
            .assessment("component:default/x", DAY, Audience::Named)
            .unwrap()
            .unwrap()
    };
    let future = with(r#""mentorship/steward-since":"2027-01-01""#);
    assert_eq!(future.rotation.state.as_str(), "unknown");
    assert_eq!(future.rotation.since.as_deref(), Some("2027-01-01"));
    assert_eq!(future.rotation.age_days, None);
    let impossible = with(r#""mentorship/steward-since":"2026-02-30""#);
    assert!(
        impossible
            .notes
            .iter()
            .any(|note| note.message.contains("2026-02-30")),
        "{:?}",
        impossible.notes
    );
    let exempt =
        with(r#""mentorship/exempt":"no-bakcup until 2027-01-01: x; no-backup until soon: y""#);
    assert_eq!(exempt.notes.len(), 2, "{:?}", exempt.notes);
}

#[test]
fn input_order_does_not_matter() {
    let other = r#"{"kind":"Component","metadata":{"name":"other","annotations":{"mentorship/steward":"alice"}}}"#;
    let user =
        r#"{"kind":"User","metadata":{"name":"alice"},"spec":{"profile":{"displayName":"Alice"}}}"#;
    let results = |items: &[&str]| {
        let (mut engine, _) = taken(items);
        serde_json::to_string(&engine.results(DAY, 0, 10).unwrap()).unwrap()
    };
    assert_eq!(results(&[GOOD, other, user]), results(&[user, other, GOOD]));
}

#[test]
fn a_service_is_called_as_its_name_is_written_unless_it_has_a_title() {
    let title = |metadata: &str| {
        let item = format!(r#"{{"kind":"Component","metadata":{{{metadata}}}}}"#);
        let (mut engine, _) = taken(&[&item]);
        let assessment = engine.assessment("component:default/xblock", DAY, Audience::Named);
        assessment.unwrap().unwrap().entity.title
    };
    assert_eq!(title(r#""name":"XBlock""#), "XBlock");
    assert_eq!(title(r#""name":"xblock""#), "xblock");
    assert_eq!(title(r#""name":"XBlock","title":"Blocks""#), "Blocks");
    assert_eq!(title(r#""name":"XBlock","title":" ""#), "XBlock");
}
