//! What holds of everything that is judged, whatever the evidence.

use csv::{ReaderBuilder, StringRecord};
use mentorship_core::engine::Engine;
use mentorship_core::wire::csv::COLUMNS;
use mentorship_core::wire::v1::ResultItem;
use serde_json::Value;

/// The day that everything is judged as of.
pub(crate) const AS_OF: &str = "2026-11-21";

/// An engine that takes evidence of every kind, with one enrolled service, whose
/// repository is [`REPOSITORY`], and two people.
pub(crate) fn engine() -> Engine {
    engine_under(POLICY)
}

/// The same under another policy.
pub(crate) fn engine_under(policy: &str) -> Engine {
    let mut engine = Engine::new(policy).expect("the policy is one");
    engine.upsert_page(CATALOG).expect("the catalog is one");
    engine
}

pub(crate) const REPOSITORY: &str = "https://github.com/acme/pay";

const POLICY: &str = r#"{"sources":["git","incidents","on-calls","deployments","reviews"]}"#;

const CATALOG: &[u8] = br#"{"items":[
{"kind":"User","metadata":{"name":"alice"},"spec":{"profile":{"email":"alice@acme.example","displayName":"Alice"},"memberOf":["team-a"]}},
{"kind":"User","metadata":{"name":"ben"},"spec":{"profile":{"email":"ben@acme.example"},"memberOf":["team-a"]}},
{"kind":"Group","metadata":{"name":"team-a"},"spec":{"type":"team","children":[]}},
{"kind":"Component","metadata":{"name":"pay","annotations":{"mentorship/steward":"user:default/alice","mentorship/apprentices":"user:default/ben","mentorship/enrolled":"true","pagerduty.com/service-id":"PSVC1"}},"spec":{"type":"service","owner":"team-a"}}
],"totalItems":4,"pageInfo":{}}"#;

/// All results of an engine, each held to what holds of any.
pub(crate) fn hold(engine: &mut Engine) -> Vec<ResultItem> {
    let mut items = Vec::new();
    while items.len() < engine.service_count() {
        let slice = engine.results(AS_OF, items.len(), 1_000);
        let slice = slice.expect("a day is a day");
        assert_eq!(slice.total as usize, engine.service_count());
        assert!(!slice.items.is_empty(), "a service is dropped");
        items.extend(slice.items);
    }
    let refs = items.iter().map(|item| &item.row.entity_ref);
    assert!(
        refs.is_sorted_by(|one, next| one < next),
        "refs are in order, each once"
    );
    items.iter().for_each(hold_item);
    hold_columns(engine, &items);
    items
}

fn hold_item(item: &ResultItem) {
    let service = &item.row.entity_ref;
    for text in [&item.named, &item.counted] {
        let assessment: Value = serde_json::from_str(text).expect("an assessment is JSON");
        assert_eq!(assessment["entity"]["entityRef"], **service);
        assert_eq!(
            assessment["score"].as_u64(),
            item.row.score.map(u64::from),
            "{text}"
        );
    }
    let percent = |share: Option<u8>| share.is_none_or(|share| share <= 100);
    assert!(
        percent(item.row.score) && percent(item.row.coverage),
        "{service}"
    );

    assert!(item.csv.ends_with("\r\n"), "{service}");
    let mut reader = ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(item.csv.as_bytes());
    let records: Vec<StringRecord> = reader
        .records()
        .map(|record| record.expect("CSV"))
        .collect();
    let [cells] = &records[..] else {
        panic!("{} lines for {service}", records.len());
    };
    assert_eq!(cells.len(), COLUMNS.len(), "{service}");
    for cell in cells {
        let is_number = cell.parse::<i64>().is_ok();
        let opens_a_formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
        assert!(is_number || !opens_a_formula, "{cell:?} of {service}");
    }
    assert_eq!(cells[1].strip_prefix('\'').unwrap_or(&cells[1]), service);
}

/// What is asked of all services at once is what is said of each.
fn hold_columns(engine: &mut Engine, items: &[ResultItem]) {
    let columns = engine.columns(AS_OF).expect("a day is a day");
    let judgements = columns.judgements();
    assert_eq!(columns.judgement.len(), items.len());
    for (item, number) in items.iter().zip(&columns.judgement) {
        let (row, judgement) = (&item.row, &judgements[*number as usize]);
        assert_eq!(judgement.level, row.level, "{}", row.entity_ref);
        assert_eq!(judgement.score, row.score, "{}", row.entity_ref);
        assert_eq!(judgement.coverage, row.coverage, "{}", row.entity_ref);
        assert_eq!(
            judgement.failed_rules, row.failed_rules,
            "{}",
            row.entity_ref
        );
        assert_eq!(
            judgement.unknown_rules, row.unknown_rules,
            "{}",
            row.entity_ref
        );
    }
}
