//! The scanner reads what `serde_json` reads, and refuses what it refuses.

#![allow(clippy::unwrap_used)]

use mentorship_catalog::{Annotation, EntityRef, Services, read_page};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// What the fields of an entity may hold: what they should, and anything else.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        text().prop_map(Value::from),
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((text(), inner), 0..4)
                .prop_map(|fields| Value::from(Map::from_iter(fields))),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("pay".to_owned()),
        Just(" user:default/alice, bob ".to_owned()),
        Just("url:https://github.com/acme/pay/tree/main/pay".to_owned()),
        Just("system:default/Money".to_owned()),
        Just("a \"quoted\" \\ text / of \u{7f}\u{1f600}\u{e9} more than sixteen bytes".to_owned()),
        "\\PC{0,40}",
        proptest::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter),
    ]
}

/// Mostly what is there in a catalog, sometimes something else.
fn field(usual: Value) -> impl Strategy<Value = Value> {
    prop_oneof![4 => Just(usual), 1 => value()]
}

fn entity() -> impl Strategy<Value = Value> {
    let annotations = proptest::collection::vec(
        (
            prop_oneof![
                Just(Annotation::Steward.key().to_owned()),
                Just(Annotation::SourceLocation.key().to_owned()),
                Just(Annotation::PagerDutyService.key().to_owned()),
                text(),
            ],
            prop_oneof![text().prop_map(Value::from), value()],
        ),
        0..5,
    );
    let annotations = annotations.prop_map(|fields| Value::from(Map::from_iter(fields)));
    let metadata = (
        field(json!("pay")),
        field(json!("Default")),
        value(),
        prop_oneof![4 => annotations, 1 => value()],
        field(json!([{ "url": "https://pay.example/pay", "title": "Dashboard" }, 7])),
    );
    let spec = (
        value(),
        field(json!("team-a")),
        value(),
        field(json!(["a"])),
        value(),
    );
    let relations = field(json!([
        { "type": "ownedBy", "targetRef": "group:default/team-a" },
        { "targetRef": "System:Default/Money", "type": "partOf" },
        { "type": "dependsOn", "targetRef": "api" },
    ]));
    (
        field(json!("Component")),
        metadata,
        spec,
        relations,
        value(),
    )
        .prop_map(|(kind, metadata, spec, relations, other)| {
            let (name, namespace, title, annotations, links) = metadata;
            let (entity_type, owner, system, depends_on, consumes_apis) = spec;
            json!({
                "kind": kind,
                "other": other,
                "metadata": {
                    "name": name, "namespace": namespace, "title": title,
                    "annotations": annotations, "links": links,
                },
                "spec": {
                    "type": entity_type, "owner": owner, "system": system,
                    "dependsOn": depends_on, "consumesApis": consumes_apis,
                },
                "relations": relations,
            })
        })
}

/// The text of a field, as one would read it from a parsed document.
fn read(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(whole), _, _) => whole.to_string(),
            (_, Some(whole), _) => whole.to_string(),
            (_, _, float) => float.unwrap().to_string(),
        },
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn related(entity: &Value, wanted: &str, kind: Option<&str>) -> Option<EntityRef> {
    let relations = entity["relations"].as_array()?;
    relations.iter().find_map(|relation| {
        let target = EntityRef::parse(&read(&relation["targetRef"])?, "")?;
        let is_wanted = read(&relation["type"])? == wanted;
        (is_wanted && kind.is_none_or(|kind| target.kind == kind)).then_some(target)
    })
}

fn resolved(entity: &Value, field: &str, kind: &str, namespace: &str) -> Option<EntityRef> {
    let text = read(&entity["spec"][field])?;
    let mut entity_ref = EntityRef::parse(&text, kind)?;
    if !text.contains('/') {
        entity_ref.namespace = namespace.to_owned();
    }
    Some(entity_ref)
}

proptest! {
    #[test]
    fn entities_are_what_a_parsed_document_has(entity in entity(), pretty in any::<bool>()) {
        let page = json!({ "items": [entity], "totalItems": 1, "pageInfo": {} });
        let bytes = match pretty {
            true => serde_json::to_vec_pretty(&page).unwrap(),
            false => serde_json::to_vec(&page).unwrap(),
        };
        let page = read_page(&bytes).unwrap();
        let metadata = &entity["metadata"];
        let (kind, name) = (read(&entity["kind"]), read(&metadata["name"]));
        let (Some(kind), Some(name)) = (kind, name) else {
            prop_assert_eq!(page.errors.len(), 1);
            return Ok(());
        };
        let mut services = Services::default();
        for draft in page.entities() {
            services.put(&draft);
        }
        let found = services.entity(0).unwrap();
        let namespace = read(&metadata["namespace"]);
        let namespace = namespace.map_or("default".to_owned(), |text| text.to_lowercase());
        prop_assert_eq!(&found.entity_ref.kind, &kind.to_lowercase());
        prop_assert_eq!(&found.kind, &kind);
        prop_assert_eq!(&found.entity_ref.name, &name.to_lowercase());
        prop_assert_eq!(&found.entity_ref.namespace, &namespace);
        prop_assert_eq!(services.find(&found.entity_ref.to_string()), Some(0));
        let is_ref_cased = name == found.entity_ref.name;
        let title = read(&metadata["title"]).or_else(|| (!is_ref_cased).then_some(name));
        prop_assert_eq!(&found.title, &title);
        prop_assert_eq!(&found.entity_type, &read(&entity["spec"]["type"]));
        let owner = related(&entity, "ownedBy", None);
        let owner = owner.or_else(|| resolved(&entity, "owner", "group", &namespace));
        prop_assert_eq!(&found.owner, &owner);
        let system = related(&entity, "partOf", Some("system"));
        let system = system.or_else(|| resolved(&entity, "system", "system", &namespace));
        prop_assert_eq!(&found.system, &system);
        let is_there = |field: &str| !entity["spec"][field].is_null();
        let depends = is_there("dependsOn")
            || is_there("consumesApis")
            || related(&entity, "dependsOn", None).is_some();
        prop_assert_eq!(found.says_dependencies, depends);

        let nothing = Map::new();
        let annotations = metadata["annotations"].as_object().unwrap_or(&nothing);
        for annotation in [
            Annotation::Steward,
            Annotation::SourceLocation,
            Annotation::PagerDutyService,
            Annotation::Tier,
        ] {
            let text = annotations.get(annotation.key()).and_then(read);
            prop_assert_eq!(found.annotation(annotation), text.as_deref());
        }
        let keys = annotations.iter().filter(|(_, value)| read(value).is_some());
        let mut keys: Vec<&str> = keys.map(|(key, _)| key.as_str()).collect();
        let mut found_keys: Vec<&str> = found.annotation_keys.iter().collect();
        keys.sort();
        found_keys.sort();
        prop_assert_eq!(found_keys, keys);
        let links = metadata["links"].as_array().map(Vec::as_slice).unwrap_or_default();
        let urls: Vec<String> = links.iter().filter_map(|link| read(&link["url"])).collect();
        let found_urls: Vec<&str> = found.links.iter().map(|link| link.url.as_str()).collect();
        prop_assert_eq!(found_urls, urls);
    }

    /// Bytes changed, left out or doubled anywhere.
    #[test]
    fn what_is_no_json_is_refused(
        entity in entity(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..3),
    ) {
        let page = json!({ "items": [entity], "pageInfo": { "nextCursor": "more" } });
        let mut bytes = serde_json::to_vec(&page).unwrap();
        for (at, byte, change) in changes {
            let at = at.index(bytes.len());
            match change {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, b"{}[]\",:\\0 n"[usize::from(byte) % 11]),
                _ => bytes.truncate(at.max(1)),
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        let raw: Result<Box<serde_json::value::RawValue>, _> = serde_json::from_str(&text);
        match read_page(&bytes) {
            Ok(_) => prop_assert!(raw.is_ok(), "{text} is taken"),
            Err(message) => {
                let is_page = |raw: &str| {
                    let page: Value = serde_json::from_str(raw).unwrap_or_default();
                    let cursor = &page["pageInfo"]["nextCursor"];
                    page["items"].is_array()
                        && (cursor.is_null() || cursor.is_string())
                        && page.get("pageInfo").is_none_or(Value::is_object)
                };
                let refused = raw.map_or(true, |raw| !is_page(raw.get()));
                prop_assert!(refused, "{text} is refused: {message}");
            }
        }
    }
}

/// The entities of the earlier list would be there as well as those of the later one, or
/// not at all; and the earlier cursor would be followed where the later place has none.
#[test]
fn a_page_that_says_twice_what_it_holds_is_refused() {
    let pay = r#"[{"kind":"Component","metadata":{"name":"pay"}}]"#;
    let twice = [
        (
            format!(r#"{{"items":{pay},"items":[]}}"#),
            "no second `items`",
        ),
        (
            format!(r#"{{"items":[],"it\u0065ms":{pay}}}"#),
            "no second `items`",
        ),
        (
            format!(r#"{{"pageInfo":{{"nextCursor":"more"}},"items":{pay},"pageInfo":{{}}}}"#),
            "no second `pageInfo`",
        ),
    ];
    for (page, expected) in twice {
        let refused = read_page(page.as_bytes()).unwrap_err();
        assert!(refused.contains(expected), "{page}: {refused}");
    }
}

#[test]
fn halves_of_surrogate_pairs_spoil_one_character() {
    let page = br#"[{"kind":"Component","metadata":{"name":"x","title":"a\ud800b\udc00\ud83d\ude00\u00e9\ud800\u0041"}}]"#;
    let page = read_page(page).unwrap();
    let mut services = Services::default();
    page.entities().for_each(|draft| services.put(&draft));
    let title = services.entity(0).unwrap().title;
    assert_eq!(
        title.as_deref(),
        Some("a\u{fffd}b\u{fffd}\u{1f600}é\u{fffd}A")
    );
}

#[test]
fn services_stand_in_the_order_of_their_refs() {
    let names = [
        "pay", "pay-2", "payments", "pa", "Zebra", "é", "pay-10", "a",
    ];
    let items: Vec<Value> = names
        .iter()
        .map(|name| json!({ "kind": "Component", "metadata": { "name": name } }))
        .collect();
    let bytes = serde_json::to_vec(&items).unwrap();
    let mut services = Services::default();
    for _ in 0..2 {
        let page = read_page(&bytes).unwrap();
        page.entities().for_each(|draft| services.put(&draft));
    }
    let order = services.in_order().iter();
    let refs: Vec<&str> = order.map(|&number| services.reference(number)).collect();
    assert_eq!(refs.len(), names.len());
    assert!(refs.is_sorted(), "{refs:?}");
}

#[test]
fn a_service_that_comes_again_is_what_it_was_last() {
    let page = |title: &str, id: &str| {
        let annotations = json!({ "pagerduty.com/service-id": id });
        let metadata = json!({ "name": "pay", "title": title, "annotations": annotations });
        json!([{ "kind": "Component", "metadata": metadata }]).to_string()
    };
    let mut services = Services::default();
    for (title, id) in [("Pay", "P1"), ("Pay", "P1"), ("Payments", "P1"), ("", "P2")] {
        let bytes = page(title, id);
        let page = read_page(bytes.as_bytes()).unwrap();
        page.entities().for_each(|draft| services.put(&draft));
        let entity = services.entity(0).unwrap();
        assert_eq!(entity.title.as_deref().unwrap_or_default(), title);
        assert_eq!(entity.annotation(Annotation::PagerDutyService), Some(id));
    }
    assert_eq!(services.len(), 1);
}
