//! What one steward looks after is counted over all services that take part.

#![allow(clippy::unwrap_used)]

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Audience, render};
use serde_json::json;

fn reasons(stewards_of: &[(&str, &str)]) -> Vec<String> {
    let mut items = vec![json!({ "kind": "User", "metadata": { "name": "alice" } })];
    for (service, enrolled) in stewards_of {
        items.push(json!({
            "kind": "Component",
            "metadata": { "name": service, "annotations": {
                "mentorship/steward": "user:default/alice",
                "mentorship/enrolled": enrolled,
            } },
        }));
    }
    let mut engine = Engine::new("{}").unwrap();
    let page = json!({ "items": items }).to_string();
    engine.upsert_page(page.as_bytes()).unwrap();
    let (service, _) = stewards_of[0];
    let service = format!("component:default/{service}");
    let assessment = engine.assessment(&service, "2026-11-21", Audience::Named);
    let findings = assessment.unwrap().unwrap().findings;
    let of_rule = findings
        .into_iter()
        .find(|finding| finding.rule == "steward-overloaded");
    match of_rule.unwrap().outcome {
        mentorship_core::wire::v1::Outcome::Fail { reasons, .. } => {
            reasons.iter().map(|words| render::plain(words)).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_fourth_service_is_too_much_and_one_that_takes_no_part_does_not_count() {
    let three = [("a", "true"), ("b", "true"), ("c", "true"), ("d", "false")];
    assert!(reasons(&three).is_empty());
    let four = [("a", "true"), ("b", "true"), ("c", "true"), ("d", "true")];
    assert_eq!(
        reasons(&four),
        ["alice is steward of 4 services; 3 are enough."]
    );
}
