//! What the core says of the company, held against what its stories intend.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use mentorship_core::civil_date::CivilDate;
use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{
    Assessment, AssessmentRow, EvidenceFile, FileVersion, RepositoryEvidence, ServicePlace,
    SourceLocation,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::git::git;
use super::tests::{ANCHORS, company, intended};
use super::{Generated, checkout, sorted_entries};

/// Every service's row by its name, for each anchor.
static JUDGED: LazyLock<Vec<(&str, BTreeMap<String, AssessmentRow>)>> = LazyLock::new(|| {
    let judged = ANCHORS.map(|anchor| (anchor, judge(&company(anchor))));
    Vec::from(judged)
});

/// What the table of `examples/README.md` tells of a service.
fn told(row: &AssessmentRow) -> [String; 5] {
    let level = word(&row.level);
    let enrolled = if level == "not-enrolled" { "no" } else { "yes" };
    [
        enrolled.to_owned(),
        word(&row.mentorship_status),
        word(&row.rotation_state),
        word(&row.bus_factor_verdict),
        level,
    ]
}

#[test]
fn every_service_shows_what_its_story_intends_on_any_day() {
    for (anchor, rows) in JUDGED.iter() {
        let mut differences = String::new();
        for (service, cells) in intended() {
            let found = &rows[&service];
            if cells[..5] != told(found) {
                let cells = cells[..5].join(" | ");
                let found = format!(
                    "{} · failed {:?}",
                    told(found).join(" | "),
                    found.failed_rules
                );
                differences += &format!("{service}\n  intended {cells}\n  found    {found}\n");
            }
        }
        assert!(differences.is_empty(), "on {anchor}:\n{differences}");
    }
}

#[test]
fn every_status_state_verdict_and_level_occurs_on_any_day() {
    for (anchor, rows) in JUDGED.iter() {
        let mut occurring = [const { BTreeSet::new() }; 5];
        for row in rows.values() {
            for (set, word) in occurring.iter_mut().zip(told(row)) {
                set.insert(word);
            }
        }
        let all: [&[&str]; 5] = [
            &["no", "yes"],
            &[
                "active",
                "graduated",
                "none",
                "planned",
                "stalled",
                "unknown",
            ],
            &["overdue", "settling", "unknown", "vacant", "window"],
            &["orphaned", "resilient", "single", "thin", "unknown"],
            &[
                "covered",
                "developing",
                "exposed",
                "not-enrolled",
                "resilient",
                "unknown",
            ],
        ];
        assert_eq!(occurring.map(Vec::from_iter), all, "on {anchor}");
    }
}

/// Rules that rest on histories, owners and what happens in operation.
const SHOWN_BOTH_WAYS: [&str; 11] = [
    "bus-factor-low",
    "single-knowledge-holder",
    "knowledge-departed",
    "declared-but-not-observed",
    "reviewer-coverage-low",
    "codeowners-missing",
    "codeowners-broken",
    "critical-path-unpaired",
    "hero-responder",
    "no-apprentice-on-call",
    "escalations-high",
];

#[test]
fn every_rule_about_what_happened_fails_and_passes_somewhere() {
    let mut engine = fed(&company(ANCHORS[0]));
    let results = engine.results(ANCHORS[0], 0, 1_000).unwrap();
    let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in results.items {
        let assessment: Assessment = serde_json::from_str(&item.named).unwrap();
        for finding in assessment.findings {
            let verdict = serde_json::to_value(&finding.outcome).unwrap()["verdict"].clone();
            let verdicts = seen.entry(finding.rule).or_default();
            verdicts.insert(verdict.as_str().unwrap().to_owned());
        }
    }
    for rule in SHOWN_BOTH_WAYS {
        for verdict in ["pass", "fail"] {
            assert!(seen[rule].contains(verdict), "{rule}: {:?}", seen[rule]);
        }
    }
}

#[test]
fn every_measure_has_a_value_on_any_day() {
    for anchor in ANCHORS {
        let mut engine = fed(&company(anchor));
        engine.results(anchor, 0, 1_000).unwrap();
        let program = engine.program(anchor, b"{}").unwrap();
        let program = serde_json::to_value(&program).unwrap();
        for measure in program["measures"].as_array().unwrap() {
            assert!(measure["value"].is_number(), "on {anchor}: {measure}");
        }
    }
}

/// Every service's row by its name, read as anybody's repositories are read.
fn judge(made: &Generated) -> BTreeMap<String, AssessmentRow> {
    let results = fed(made)
        .results(&made.anchor.to_string(), 0, 1_000)
        .unwrap();
    let rows = results.items.into_iter().map(|item| item.row);
    rows.map(|row| (row.entity_ref.rsplit('/').next().unwrap().to_owned(), row))
        .collect()
}

/// An engine with the company's catalog and repositories.
fn fed(made: &Generated) -> Engine {
    let policy = fs::read_to_string(checkout().join("examples/policy.json")).unwrap();
    let mut engine = Engine::new(&policy).unwrap();
    let page = json!({ "items": entities(made), "pageInfo": {} }).to_string();
    let outcome = engine.upsert_page(page.as_bytes()).unwrap();
    assert_eq!(outcome.errors, []);
    for (repository, services) in repositories(&engine) {
        collect(&mut engine, &repository, services);
    }
    operate(&mut engine, made);
    engine
}

/// Hands over what PagerDuty knows and what pipelines pushed, as the backend does.
fn operate(engine: &mut Engine, made: &Generated) {
    for document in sorted_entries(&made.pushed).unwrap() {
        let outcome = engine.put_pushed(&fs::read(document).unwrap()).unwrap();
        assert_eq!((outcome.refused, outcome.notes), (0, Vec::new()));
    }
    let account: Value = serde_json::from_slice(&fs::read(&made.pagerduty).unwrap()).unwrap();
    let logs = account["logs"].as_object().unwrap().values();
    let pages = ["incidents", "oncalls", "services", "users"]
        .map(|list| json!({ list: account[list] }))
        .into_iter()
        .chain(logs.map(|entries| json!({ "log_entries": entries })));
    for page in pages {
        let outcome = engine.push_pagerduty(page.to_string().as_bytes()).unwrap();
        assert_eq!((outcome.refused, outcome.notes), (0, Vec::new()));
    }
    let asked = json!({
        "serviceIds": engine.pagerduty_services(),
        "kinds": ["incidents", "on-calls"],
        "collectedAt": made.anchor.to_string(),
        "since": made.anchor.plus_days(-180).to_string(),
    });
    engine
        .finish_pagerduty(asked.to_string().as_bytes())
        .unwrap();
}

fn entities(made: &Generated) -> Vec<Value> {
    let mut entities = Vec::new();
    for file in sorted_entries(&made.catalog).unwrap() {
        for document in serde_yaml_ng::Deserializer::from_str(&fs::read_to_string(file).unwrap()) {
            entities.push(Value::deserialize(document).unwrap());
        }
    }
    entities
}

/// The services of each repository, by its folder; a folder that is no
/// repository stands for itself.
fn repositories(engine: &Engine) -> BTreeMap<String, Vec<ServicePlace>> {
    let mut repositories: BTreeMap<String, Vec<ServicePlace>> = BTreeMap::new();
    for service in engine.locations() {
        let Some(SourceLocation::Folder { path }) = service.location else {
            continue;
        };
        let top = lines(
            Path::new(&path),
            &["rev-parse", "--show-toplevel", "--show-prefix"],
        );
        let (repository, directory) = match top.as_deref() {
            Ok([top, prefix]) => (top.clone(), prefix.trim_matches('/').to_owned()),
            _ => (path, String::new()),
        };
        let place = ServicePlace {
            entity_ref: service.entity_ref,
            directory,
        };
        repositories.entry(repository).or_default().push(place);
    }
    repositories
}

fn collect(engine: &mut Engine, repository: &str, services: Vec<ServicePlace>) {
    let folder = Path::new(repository);
    let commit = lines(folder, &["rev-parse", "--verify", "--quiet", "HEAD"]);
    let commit = commit.ok().and_then(|lines| lines.into_iter().next());
    let mut evidence = RepositoryEvidence {
        schema: "mentorship/evidence/v1".to_owned(),
        repository: repository.to_owned(),
        file_address: None,
        commit: commit.clone(),
        collected_at: "2026-11-21T00:00:00Z".to_owned(),
        failure: None,
        services,
        paths: Some(Vec::new()),
        files: Vec::new(),
        history: None,
        reviews: None,
        change: None,
        versions: None,
    };
    let mut history = Vec::new();
    if !folder.is_dir() {
        evidence.paths = None;
        evidence.failure = Some("the folder does not exist".to_owned());
    } else if commit.is_some() {
        let listing = bytes(folder, &["ls-tree", "-r", "-z", "--name-only", "HEAD"]).unwrap();
        evidence.files = engine
            .wanted_paths(&listing)
            .into_iter()
            .map(|path| {
                let content = fs::read(folder.join(&path));
                EvidenceFile::new(path, content.map_err(|error| error.to_string()))
            })
            .collect();
        evidence.versions = Some(versions(folder, engine.wanted_versions(&listing)));
        let listing = String::from_utf8(listing).unwrap();
        evidence.paths = Some(listing.split_terminator('\0').map(str::to_owned).collect());
        history = bytes(folder, &super::tests::history_arguments()).unwrap();
    }
    let failure = evidence.failure.clone();
    let evidence = serde_json::to_vec(&evidence).unwrap();
    engine.put_repository(&evidence).unwrap();
    engine.push_history(repository, &history).unwrap();
    engine.finish_history(repository, failure).unwrap();
}

/// What commits of the main line left of files, newest first.
fn versions(folder: &Path, paths: Vec<String>) -> Vec<FileVersion> {
    let log = ["log", "--first-parent", "-m", "--format=%H %at"];
    let mut versions = Vec::new();
    for path in paths {
        let arguments = log.into_iter().chain(["--", &path]);
        for line in lines(folder, &arguments.collect::<Vec<_>>()).unwrap() {
            let (commit, time) = line.split_once(' ').unwrap();
            let text = bytes(folder, &["show", &format!("{commit}:{path}")]).ok();
            versions.push(FileVersion {
                path: path.clone(),
                path_then: None,
                commit: commit.to_owned(),
                at: CivilDate::from_unix_seconds(time.parse().unwrap()).to_string(),
                text: text.map(|text| String::from_utf8(text).unwrap()),
                bytes: None,
                failure: None,
            });
        }
    }
    versions
}

fn lines(folder: &Path, arguments: &[&str]) -> Result<Vec<String>, String> {
    let text = bytes(folder, arguments).map(|bytes| String::from_utf8(bytes).unwrap());
    text.map(|text| text.lines().map(str::to_owned).collect())
}

fn bytes(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = git(folder).args(arguments).output().unwrap();
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

/// A value as the wire writes it, without quotes.
fn word(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap();
    json.as_str().unwrap().to_owned()
}
