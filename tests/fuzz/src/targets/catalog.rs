//! Catalog pages as the catalog's route sends them, and catalog files of a repository.

use std::collections::BTreeSet;
use std::fmt;

use mentorship_catalog::{Annotation, EntityRef, Page, Services, read_page};
use mentorship_core::engine::Engine;
use mentorship_texts::catalog_file::entities;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
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
    let is_page = raw.is_ok_and(is_page);
    let page = match read_page(data) {
        Ok(page) => page,
        Err(message) => {
            assert!(!is_page, "refused: {message}");
            return;
        }
    };
    assert!(is_page, "taken, and no page");
    // Not there where a number is too large, or half of a surrogate pair stands alone.
    if let Ok(parsed) = serde_json::from_str(&text) {
        hold_entities(&page, &parsed);
    }
    hold_judgement(data, &page);
}

/// A page is a list of entities, or has one: `items` and `pageInfo` stand there once, and
/// each total and cursor, the ones that do not count included, is what it should be.
fn is_page(page: &RawValue) -> bool {
    if page.get().starts_with('[') {
        return true;
    }
    let fields = fields(page);
    let named = |wanted: &str| {
        let fields = fields.iter().filter(move |(name, _)| name == wanted);
        fields.map(|(_, value)| *value).collect::<Vec<_>>()
    };
    let has_items = matches!(*named("items"), [items] if items.get().starts_with('['));
    let has_info = match *named("pageInfo") {
        [] => true,
        [info] => info.get().starts_with('{') && fields_of_info_are_right(info),
        _ => false,
    };
    has_items && has_info && named("totalItems").into_iter().all(is_total)
}

fn fields_of_info_are_right(info: &RawValue) -> bool {
    let is_cursor = |value: &RawValue| value.get().starts_with(['"', 'n']);
    let mut fields = fields(info).into_iter();
    fields.all(|(name, value)| name != "nextCursor" || is_cursor(value))
}

/// A whole number of 32 bits, without an exponent; what is no text is as good as absent.
fn is_total(value: &RawValue) -> bool {
    if value.get().starts_with(['n', '[', '{']) {
        return true;
    }
    let text = value.get();
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => text,
    };
    whole.parse::<u32>().is_ok()
}

/// The fields of an object in their order, every one of those with one name too; none of
/// anything else. A name that has half of a surrogate pair is none that anybody looks for.
fn fields(object: &RawValue) -> Vec<(String, &RawValue)> {
    let Ok(Fields(fields)) = serde_json::from_str(object.get()) else {
        return Vec::new();
    };
    let fields = fields.into_iter();
    let fields = fields.map(|(name, value)| {
        let name = serde_json::from_str(name.get());
        (name.unwrap_or_default(), value)
    });
    fields.collect()
}

struct Fields<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Fields<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(All)
    }
}

fn hold_entities(page: &Page<'_>, parsed: &Value) {
    let cursor = parsed["pageInfo"]["nextCursor"].as_str();
    let cursor = cursor.filter(|cursor| !cursor.is_empty());
    assert_eq!(page.next_cursor.as_deref(), cursor);
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
        let metadata = &entity["metadata"];
        if ![&entity["kind"], &metadata["name"], &metadata["namespace"]]
            .map(Value::is_f64)
            .contains(&true)
        {
            hold_entity(&services, entity, &kind, &name);
        }
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
    match text_of(&metadata["title"]) {
        Some(_) => hold_text(found.title.as_deref(), &metadata["title"]),
        None => assert_eq!(found.title, written),
    }
    hold_text(found.entity_type.as_deref(), &entity["spec"]["type"]);
    hold_text(found.lifecycle.as_deref(), &entity["spec"]["lifecycle"]);
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
        let value = annotations.get(annotation.key()).unwrap_or(&Value::Null);
        hold_text(found.annotation(annotation), value);
    }
    let links = metadata["links"].as_array().map(Vec::as_slice);
    let links = links.unwrap_or_default().iter();
    let urls = links.map(|link| &link["url"]);
    let urls: Vec<&Value> = urls.filter(|url| text_of(url).is_some()).collect();
    assert_eq!(found.links.len(), urls.len());
    for (link, url) in found.links.iter().zip(urls) {
        hold_text(Some(&link.url), url);
    }
}

/// What was read of a field against its value. A number with a fraction or an exponent
/// stands as it was written, which a parsed document does not keep.
fn hold_text(found: Option<&str>, value: &Value) {
    match value.as_f64().filter(|_| value.is_f64()) {
        Some(meant) => {
            let read = found.and_then(|text| text.parse::<f64>().ok());
            // `serde_json` may be a little off where there are many digits.
            let is_near = |read: f64| (read - meant).abs() <= meant.abs() * 1e-12;
            assert!(read.is_some_and(is_near), "{found:?} for {value}");
        }
        None => assert_eq!(found, text_of(value).as_deref()),
    }
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
