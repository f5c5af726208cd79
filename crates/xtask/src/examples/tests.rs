//! The company as a whole: what its readers rely on.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mentorship_core::civil_date::CivilDate;
use serde::Deserialize;
use serde_yaml_ng::Value;
use tempfile::TempDir;

use super::git::git;
use super::{GENERATOR, Generated, checkout, make_in, sorted_entries};

/// Days on which calendars are odd, and an ordinary one.
pub(super) const ANCHORS: [&str; 5] = [
    "2026-11-21",
    "2028-02-29",
    "2026-12-31",
    "2027-01-01",
    "2027-03-01",
];

/// The company on a day, kept below `target` for the next run of the tests.
pub(super) fn company(anchor: &str) -> Generated {
    let folder = checkout().join("target/example-company");
    fs::create_dir_all(&folder).unwrap();
    make(&folder.join(anchor), anchor)
}

fn make(root: &Path, anchor: &str) -> Generated {
    let anchor = CivilDate::parse(anchor).unwrap();
    let sources = checkout().join("examples");
    make_in(checkout(), &sources, root.to_owned(), anchor).unwrap()
}

fn output(folder: &Path, arguments: &[&str]) -> String {
    let output = git(folder).args(arguments).output().unwrap();
    assert!(
        output.status.success(),
        "{folder:?} {arguments:?} {output:?}"
    );
    String::from_utf8(output.stdout).unwrap()
}

fn has_commits(repository: &Path) -> bool {
    !output(repository, &["for-each-ref"]).is_empty()
}

/// Everything that was made, without where it was made.
fn contents(made: &Generated) -> BTreeMap<String, String> {
    let root = made.root.display().to_string();
    let mut contents = BTreeMap::new();
    for repository in sorted_entries(&made.repositories).unwrap() {
        let refs = output(&repository, &["for-each-ref"]);
        contents.insert(repository.display().to_string().replace(&root, ""), refs);
    }
    for file in sorted_entries(&made.catalog).unwrap() {
        let text = fs::read_to_string(&file).unwrap().replace(&root, "");
        contents.insert(file.display().to_string().replace(&root, ""), text);
    }
    contents
}

#[test]
fn the_same_anchor_gives_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("made");
    let here = make(&root, "2026-11-21");
    assert!(here.rebuilt);
    assert_eq!(contents(&here), contents(&company("2026-11-21")));
    assert_ne!(contents(&here), contents(&company("2026-12-31")));
}

#[test]
fn what_is_there_already_is_kept_until_the_day_changes() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("made");
    assert!(make(&root, "2026-11-21").rebuilt);
    fs::write(root.join("database"), "of somebody else").unwrap();
    assert!(!make(&root, "2026-11-21").rebuilt);
    assert!(make(&root, "2026-11-22").rebuilt);
    let anchor = fs::read_to_string(root.join("anchor")).unwrap();
    assert_eq!(anchor, "2026-11-22\n");
    assert!(root.join("database").exists(), "what others left is kept");
}

#[test]
fn a_changed_generator_is_noticed() {
    let module = checkout().join("crates/xtask/src/examples");
    let mut files = sorted_entries(&module).unwrap();
    files.retain(|file| file.is_file());
    files.extend(sorted_entries(&module.join("operations")).unwrap());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let told = GENERATOR.contains(&text.as_str())
            || file.ends_with("tests.rs")
            || file.ends_with("states.rs");
        assert!(told, "GENERATOR lacks {file:?}");
    }
}

#[test]
fn every_repository_is_sound_and_in_the_past() {
    for anchor in ANCHORS {
        let made = company(anchor);
        let today = made.anchor.unix_seconds();
        for repository in sorted_entries(&made.repositories).unwrap() {
            output(&repository, &["fsck", "--strict", "--no-dangling"]);
            assert_eq!(output(&repository, &["status", "--porcelain"]), "");
            for time in output(&repository, &["log", "--all", "--format=%at"]).lines() {
                assert!(
                    time.parse::<i64>().unwrap() < today,
                    "{repository:?} {anchor}"
                );
            }
        }
    }
}

#[test]
fn every_catalog_document_has_a_kind_and_a_name() {
    for anchor in ANCHORS {
        let made = company(anchor);
        for file in sorted_entries(&made.catalog).unwrap() {
            let text = fs::read_to_string(&file).unwrap();
            for document in serde_yaml_ng::Deserializer::from_str(&text) {
                let entity = Value::deserialize(document).unwrap();
                assert!(entity["kind"].is_string(), "{file:?}");
                assert!(entity["metadata"]["name"].is_string(), "{file:?}");
            }
        }
    }
}

#[test]
fn every_history_can_be_printed_as_the_core_reads_it() {
    let made = company("2026-11-21");
    for repository in sorted_entries(&made.repositories).unwrap() {
        if !has_commits(&repository) {
            continue;
        }
        let stream = output(&repository, &history_arguments());
        let commits = output(&repository, &["rev-list", "--count", "HEAD"]);
        assert_eq!(stream.matches('\x1e').count().to_string(), commits.trim());
    }
}

/// What prints a history as the core reads it, from a checked-out repository.
pub(super) fn history_arguments() -> [&'static str; 11] {
    [
        "-c",
        "diff.renameLimit=100000",
        "-c",
        "log.showRoot=true",
        "log",
        "--reverse",
        "--topo-order",
        "-z",
        "--name-status",
        "-M50%",
        "--format=%x1e%H%x1f%P%x1f%at%x1f%aN%x1f%aE%x1f%(trailers:key=Co-authored-by,valueonly,separator=%x1d)%x1f%(trailers:key=Reviewed-by,valueonly,separator=%x1d)",
    ]
}

#[test]
fn every_source_location_but_one_is_a_folder() {
    let made = company("2026-11-21");
    let mut gone = Vec::new();
    for file in sorted_entries(&made.catalog).unwrap() {
        for line in fs::read_to_string(&file).unwrap().lines() {
            if let Some(location) = line
                .trim()
                .strip_prefix("backstage.io/source-location: dir:")
                && !Path::new(location).is_dir()
            {
                gone.push(location.to_owned());
            }
        }
    }
    assert_eq!(gone.len(), 1, "{gone:?}");
    assert!(
        gone.iter()
            .all(|location| location.ends_with("/card-vault/"))
    );
}

/// The table of `examples/README.md`: service, and its cells behind the name.
pub(super) fn intended() -> BTreeMap<String, Vec<String>> {
    let readme = fs::read_to_string(checkout().join("examples/README.md")).unwrap();
    let (_, table) = readme.split_once("## Who shows what").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let mut cells = row
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned());
        let service = cells.next().unwrap().trim_matches('`').to_owned();
        (service, cells.collect())
    })
    .collect()
}

#[test]
fn the_readme_tells_of_every_service() {
    let made = company("2026-11-21");
    let mut services = Vec::new();
    let mut without_annotations = 0;
    for file in sorted_entries(&made.catalog).unwrap() {
        for document in serde_yaml_ng::Deserializer::from_str(&fs::read_to_string(&file).unwrap()) {
            let entity = Value::deserialize(document).unwrap();
            if entity["kind"] == "Component" || entity["kind"] == "Resource" {
                services.push(entity["metadata"]["name"].as_str().unwrap().to_owned());
                let annotations = entity["metadata"]["annotations"].as_mapping();
                let is_ours = |key: &Value| key.as_str().unwrap().starts_with("mentorship/");
                let annotated = annotations.is_some_and(|all| all.keys().any(is_ours));
                without_annotations += usize::from(!annotated);
            }
        }
    }
    services.retain(|service| service != "mentorship-plugin");
    services.sort();
    assert_eq!(intended().into_keys().collect::<Vec<_>>(), services);
    assert!(services.len() >= 14 && without_annotations >= 10);
}
