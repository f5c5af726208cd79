//! `check --format sarif`: valid by the published schema, at lines that exist.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::fixture::{Commit, INGRID, berth_planner, git, repository, run};

const CHECK: [&str; 5] = ["check", "--as-of", "2026-11-20", "--format", "sarif"];

/// The schema that OASIS published, out of the package that carries it.
fn schema() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .arg("--manifest-path")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages
        .iter()
        .find(|package| package["name"] == "serde-sarif");
    let manifest = PathBuf::from(package.unwrap()["manifest_path"].as_str().unwrap());
    let text = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    // As published these close a bracket that is not open; the log names no language.
    for of in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][of]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern").unwrap();
    }
    assert_eq!(
        schema["title"],
        "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    );
    schema
}

fn assert_valid(log: &Value) {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    // The schema is the one that can refuse.
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = Value::from("fatal");
    assert!(!validator.is_valid(&broken));
}

#[test]
fn the_log_is_valid_and_results_stand_at_lines_of_files() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(&folder.path().join("berth-planner"));
    let run = run(&repository, CHECK);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let log = run.json();
    assert_valid(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    let mut fingerprints = Vec::new();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let path = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(
            [
                "catalog-info.yaml",
                "MENTORSHIP.md",
                "CODEOWNERS",
                "docs/runbooks/restart.md"
            ]
            .contains(&path),
            "{path}"
        );
        let file = format!("HEAD:{path}");
        let text = String::from_utf8(git(&repository, ["show", file.as_str()], b"")).unwrap();
        let region = &place["region"];
        let line = usize::try_from(region["startLine"].as_u64().unwrap()).unwrap();
        let length = text.lines().nth(line - 1).unwrap().chars().count();
        let whole = json!({
            "startLine": line, "startColumn": 1, "endLine": line, "endColumn": length + 1,
        });
        assert_eq!(region, &whole, "{path}");
        fingerprints.push(
            result["partialFingerprints"]["serviceAndRule/v1"]
                .as_str()
                .unwrap(),
        );
    }
    assert!(fingerprints.contains(&"component:default/berth-planner/no-program-owner"));
    let count = fingerprints.len();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), count);
}

#[test]
fn an_excused_rule_is_suppressed_and_the_unknown_is_a_notification() {
    let folder = tempfile::tempdir().unwrap();
    let entity = "kind: Component\nmetadata:\n  name: x\n  annotations:\n    mentorship/exempt: 'no-steward until 2027-01-31: reorganisation'\n";
    let commits = [Commit {
        author: INGRID,
        files: &[("Größe [1]/catalog-info.yaml", entity)],
    }];
    let repository = repository(folder.path(), &commits);
    let log = run(&repository, CHECK).json();
    assert_valid(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let excused = results
        .iter()
        .find(|result| result["ruleId"] == "no-steward")
        .unwrap();
    assert_eq!(
        excused["suppressions"][0]["justification"],
        "until 2027-01-31: reorganisation"
    );
    assert_eq!(
        excused["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "Gr%C3%B6%C3%9Fe%20%5B1%5D/catalog-info.yaml"
    );
    let notifications = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert!(!notifications.as_array().unwrap().is_empty());
}
