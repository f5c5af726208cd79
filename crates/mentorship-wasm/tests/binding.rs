//! The binding as JavaScript meets it, under Node: `wasm-pack test --node`.
//!
//! What the module answers is held by the situations in `tests/cases`, against the
//! packed module. These tests are for whoever changes the binding and wants to see
//! it run without the packages of JavaScript.
#![cfg(target_arch = "wasm32")]

use mentorship_wasm::{Engine, csv_header, rules, version};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const PAGE: &[u8] = br#"{
    "items": [{
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {"name": "ledger", "annotations": {"mentorship/steward": "user:alice"}},
        "spec": {"type": "service", "owner": "group:payments"}
    }],
    "pageInfo": {"nextCursor": "more"}
}"#;

fn judged() -> Result<Engine, JsValue> {
    let mut engine = Engine::new("{}")?;
    engine.upsert_page(PAGE)?;
    Ok(engine)
}

fn field(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    js_sys::Reflect::get(object, &JsValue::from_str(name))
}

#[wasm_bindgen_test]
fn answers_with_the_next_cursor_of_a_page() -> Result<(), JsValue> {
    let mut engine = Engine::new("{}")?;
    let outcome = engine.upsert_page(PAGE)?;
    assert_eq!(
        field(&outcome, "nextCursor")?.as_string().as_deref(),
        Some("more")
    );
    assert_eq!(engine.service_count(), 1);
    Ok(())
}

#[wasm_bindgen_test]
fn gives_the_texts_of_results() -> Result<(), JsValue> {
    let results = judged()?.results("2026-11-21", 0, 1)?;
    assert!(String::from_utf8_lossy(&results).contains("component:default/ledger"));
    Ok(())
}

#[wasm_bindgen_test]
fn gives_one_entry_of_each_column_for_each_service() -> Result<(), JsValue> {
    let columns = judged()?.columns("2026-11-21")?;
    assert_eq!(columns.judgement().length(), 1);
    assert_eq!(columns.steward_age_days().length(), 1);
    Ok(())
}

#[wasm_bindgen_test]
fn refuses_a_policy_with_the_path_of_what_is_wrong() {
    let refused = Engine::new(r#"{"thresholds": {"rotationDueMonths": 0}}"#).err();
    let message = refused
        .map(JsValue::from)
        .and_then(|error| field(&error, "message").ok()?.as_string())
        .unwrap_or_default();
    assert!(
        message.contains("thresholds.rotationDueMonths"),
        "{message}"
    );
}

#[wasm_bindgen_test]
fn tells_its_rules_its_columns_and_its_version() -> Result<(), JsValue> {
    assert!(field(&rules("{}")?, "rules")?.is_object());
    assert!(csv_header().starts_with("as_of,entity_ref,"));
    assert_eq!(version(), env!("CARGO_PKG_VERSION"));
    Ok(())
}
