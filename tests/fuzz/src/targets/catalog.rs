//! Catalog pages as the catalog's route sends them, and catalog files of a repository.

use std::collections::BTreeSet;

use mentorship_catalog::{Annotation, EntityRef, Page, Services, read_page};
use mentorship_core::engine::Engine;
use mentorship_texts::catalog_file::entities;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::judgement;

/// The scanner takes what `serde_json` takes and is a page, and refuses the rest;
/// every entity is there or told as unread, with the fields that a parsed document
/// has; and what it took is judged.
pub fn page(data: &[u8]) {
    let mut bytes = data;
    while let Some(rest) = bytes.strip_prefix("\u{feff}".as_bytes()) {
        bytes = rest;
    }
    // The scanner reads what is no UTF-8 as far as it is readable.
    let text = String::from_utf8_lossy(bytes);
    let raw: Result<&RawValue, _> = serde_json::from_str(&text);
    let parsed: Option<Value> = serde_json::from_str(&text).ok();
    let page = match read_page(data) {
        Ok(page) => page,
        Err(message) => {
            let is_page = parsed.as_ref().is_some_and(is_page);
            let refused = raw.is_err() || !is_page || has_double_keys(&text);
            assert!(refused, "refused: {message}");
            return;
        }
    };
    assert!(raw.is_ok(), "taken, and no JSON");
    if let Some(parsed) = parsed.filter(|_| !has_double_keys(&text)) {
        hold_entities(&page, &parsed);
    }
    hold_judgement(data, &page);
}

fn is_page(page: &Value) -> bool {
    let cursor = &page["pageInfo"]["nextCursor"];
    let total = &page["totalItems"];
    let counts = |total: u64| u32::try_from(total).is_ok();
    page.is_array()
        || (page["items"].is_array()
            && (total.is_null() || total.as_u64().is_some_and(counts))
            && (cursor.is_null() || cursor.is_string())
            && page.get("pageInfo").is_none_or(Value::is_object))
}

/// Of two fields with one name both readers take the later one, but of fields inside
/// the earlier one nothing is promised; a page may be refused for the earlier one.
fn has_double_keys(text: &str) -> bool {
    fn count(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(count).sum(),
            Value::Object(fields) => fields.len() + fields.values().map(count).sum::<usize>(),
            _ => 0,
        }
    }
    let parsed: Value = serde_json::from_str(text).unwrap_or_default();
    let written = without_strings(text).matches(':').count();
    written != count(&parsed)
}

/// JSON with every string emptied.
fn without_strings(text: &str) -> String {
    let mut kept = String::new();
    let (mut inside, mut escaped) = (false, false);
    for character in text.chars() {
        match (inside, escaped, character) {
            (true, true, _) => escaped = false,
            (true, false, '\\') => escaped = true,
            (_, false, '"') => inside = !inside,
            (false, _, other) => kept.push(other),
            (true, false, _) => {}
        }
    }
    kept
}

fn hold_entities(page: &Page<'_>, parsed: &Value) {
    let items = parsed.get("items").unwrap_or(parsed);
    let items = items.as_array().expect("a page has items");
    assert_eq!(page.entities().count() + page.errors.len(), items.len());
    let unread: BTreeSet<u32> = page.errors.iter().map(|error| error.index).collect();
    assert_eq!(unread.len(), page.errors.len(), "each told once");
    let mut drafts = page.entities();
    for (index, entity) in (0_u32..).zip(items) {
        let (kind, name) = (
            text_of(&entity["kind"]),
            text_of(&entity["metadata"]["name"]),
        );
        let (Some(kind), Some(name)) = (kind, name) else {
            assert!(unread.contains(&index), "{entity} is taken");
            continue;
        };
        assert!(!unread.contains(&index), "{entity} is not taken");
        let mut services = Services::default();
        services.put(&drafts.next().expect("as many as there are"));
        hold_entity(&services, entity, &kind, &name);
    }
}

/// One entity against the document, read the slow way.
fn hold_entity(services: &Services, entity: &Value, kind: &str, name: &str) {
    let found = services.entity(0).expect("it was put");
    let metadata = &entity["metadata"];
    let namespace = text_of(&metadata["namespace"]).unwrap_or("default".to_owned());
    let entity_ref = EntityRef {
        kind: kind.to_lowercase(),
        namespace: namespace.to_lowercase(),
        name: name.to_lowercase(),
    };
    assert_eq!(found.entity_ref, entity_ref);
    assert_eq!(services.find(&entity_ref.to_string()), Some(0));
    assert_eq!(found.kind, kind);
    let written = (name != entity_ref.name).then(|| name.to_owned());
    assert_eq!(found.title, text_of(&metadata["title"]).or(written));
    assert_eq!(found.entity_type, text_of(&entity["spec"]["type"]));
    assert_eq!(found.lifecycle, text_of(&entity["spec"]["lifecycle"]));
    let nothing = Map::new();
    let annotations = metadata["annotations"].as_object().unwrap_or(&nothing);
    for annotation in [
        Annotation::Steward,
        Annotation::Apprentices,
        Annotation::SourceLocation,
        Annotation::PagerDutyService,
        Annotation::Tier,
        Annotation::Plan,
    ] {
        let text = annotations.get(annotation.key()).and_then(text_of);
        assert_eq!(found.annotation(annotation), text.as_deref());
    }
    let links = metadata["links"].as_array().map(Vec::as_slice);
    let links = links.unwrap_or_default().iter();
    let urls: Vec<String> = links.filter_map(|link| text_of(&link["url"])).collect();
    let found_urls: Vec<&str> = found.links.iter().map(|link| &*link.url).collect();
    assert_eq!(found_urls, urls);
}

/// The text of a field, as one would read it from a parsed document.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(whole), _, _) => whole.to_string(),
            (_, Some(whole), _) => whole.to_string(),
            (_, _, float) => float?.to_string(),
        },
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A page judged, and the same page once more.
fn hold_judgement(data: &[u8], page: &Page<'_>) {
    let mut engine = Engine::new("{}").expect("the default policy is one");
    let outcome = engine.upsert_page(data).expect("the page was readable");
    assert_eq!(outcome.entities as usize, page.entities().count());
    assert_eq!(outcome.errors.len(), page.errors.len());
    assert!(outcome.services + outcome.people_and_groups <= outcome.entities);
    assert_eq!(engine.locations().len(), engine.service_count());
    let once = judgement::hold(&mut engine);
    engine.upsert_page(data).expect("the page was readable");
    assert_eq!(once, judgement::hold(&mut engine), "the same page again");
}

/// A catalog file; what documents stand behind it does not change what it says.
pub fn file(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let found = entities(&text);
    for entity in &found {
        assert!(
            !entity.kind.trim().is_empty() && !entity.name.trim().is_empty(),
            "{entity:?}"
        );
    }
    let more = format!("{text}\n---\nkind: Component\nmetadata: {{name: one-more}}\n");
    let more = entities(&more);
    assert_eq!(more.last().map(|entity| &*entity.name), Some("one-more"));
    assert_eq!(more[..more.len() - 1], found);
}
