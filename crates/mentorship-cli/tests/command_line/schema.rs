//! `schema`: what it accepts is what the readers accept.

use std::path::Path;

use serde_json::{Value, json};

use super::fixture::{run, write};

fn schema(of: &str) -> Value {
    let run = run(Path::new("."), ["schema", of]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    run.json()
}

/// Whether `rules` takes a policy.
fn reader_takes(policy: &Value) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.json");
    write(&file, &policy.to_string());
    let run = run(folder.path(), ["rules", "--policy", "policy.json"]);
    assert!(run.status == 0 || run.status == 2, "{}", run.stderr);
    run.status == 0
}

#[test]
fn the_schema_of_policies_and_their_reader_agree_on_every_setting() {
    let schema = schema("policy");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut asked = 0;
    let mut agree = |policy: Value| {
        asked += 1;
        assert_eq!(
            validator.is_valid(&policy),
            reader_takes(&policy),
            "{policy}"
        );
    };
    agree(json!({}));
    agree(json!([]));
    agree(json!({"$schema": "policy.schema.json"}));
    agree(json!({"planPath": []}));
    agree(json!({"weights": {"no-stewart": 1}}));
    for (key, setting) in schema["properties"].as_object().unwrap() {
        match setting["properties"].as_object() {
            // Every weight has one range; the first stands for them.
            Some(settings) => {
                let some = if key == "weights" { 1 } else { settings.len() };
                for (inner, setting) in settings.iter().take(some) {
                    for value in samples(setting) {
                        agree(json!({key: {inner: value}}));
                    }
                }
            }
            None if key != "$schema" => samples(setting)
                .into_iter()
                .for_each(|value| agree(json!({key: value}))),
            None => {}
        }
    }
    assert!(asked > 60, "{asked}");
}

/// Values on both sides of what a setting takes.
fn samples(setting: &Value) -> Vec<Value> {
    let mut samples = vec![setting["default"].clone(), json!("text"), json!(null)];
    if let (Some(least), Some(most)) = (setting["minimum"].as_i64(), setting["maximum"].as_i64()) {
        // The window has to open before the rotation is due, which no schema says.
        let inside = if setting["default"] == 12 { 60 } else { least };
        samples.extend([json!(inside), json!(least - 1), json!(most + 1), json!(1.5)]);
    } else {
        samples.extend([
            json!([]),
            json!([""]),
            json!(["no such thing"]),
            json!([0]),
            json!([1]),
        ]);
        samples.extend([json!({}), json!({"a": "b"}), json!({"a": 1})]);
    }
    samples
}

#[test]
fn what_is_answered_is_what_the_schemas_say() {
    let validator = |of: &str| jsonschema::validator_for(&schema(of)).unwrap();
    let (results, assessment) = (validator("results"), validator("assessment"));
    let what_if = validator("what-if");
    let hold = |validator: &jsonschema::Validator, document: &Value| {
        let errors = validator.iter_errors(document);
        let errors: Vec<String> = errors.map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{document}");
    };
    let rules = run(Path::new("."), ["rules", "--format", "json"]).json();
    hold(&validator("rules"), &rules);
    // The expectations of the situations are what the command prints.
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let (mut assessments, mut answers) = (0, 0);
    for entry in walkdir::WalkDir::new(cases) {
        let path = entry.unwrap().into_path();
        let document =
            || -> Value { serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap() };
        match path.file_name().and_then(|name| name.to_str()) {
            Some("expected.json") => {
                hold(&results, &document());
                for item in document()["items"].as_array().unwrap() {
                    for audience in ["named", "counted"] {
                        let text = item[audience].as_str().unwrap();
                        hold(&assessment, &serde_json::from_str(text).unwrap());
                        assessments += 1;
                    }
                }
            }
            Some("expected.what-if.json" | "expected.what-if-counted.json") => {
                hold(&what_if, &document());
                answers += 1;
            }
            _ => {}
        }
    }
    assert!(assessments > 20 && answers > 1, "{assessments}, {answers}");
    // A schema that takes anything would hold as well.
    assert!(!results.is_valid(&json!({"total": 1})));
    assert!(!assessment.is_valid(&json!({"schema": "mentorship/assessment/v1"})));
    assert!(!what_if.is_valid(&json!({})));
}

#[test]
fn the_example_of_the_reference_page_is_a_policy() {
    let page = include_str!("../../../../docs/policy.md");
    let example = page
        .split("```yaml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("policy.yaml"), example);
    let run = run(folder.path(), ["rules", "--policy", "policy.yaml"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
}
