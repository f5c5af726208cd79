//! Code owners against the cases and the public files of the shared data.
//!
//! Needs the data folder: `MENTORSHIP_CORPUS`, else `../shared/data` beside the
//! checkout. Without it these tests pass without looking, save in CI.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mentorship_core::evidence::owners::{CodeOwners, Dialect, OwnersTree, OwnershipState};
use serde_json::Value;

fn data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("MENTORSHIP_CORPUS").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "no data at {}; set MENTORSHIP_CORPUS",
        folder.display()
    );
    eprintln!("skipped: no data at {}", folder.display());
    None
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn github_patterns() {
    let Some(data) = data() else { return };
    let mut assertions = 0;
    for case in json(&data.join("codeowners/github-patterns.json"))
        .as_array()
        .unwrap()
    {
        let pattern = case["pattern"].as_str().unwrap();
        let text = format!("{pattern} @owner\n");
        let owners = CodeOwners::parse(text.as_bytes(), Dialect::GitHub).owners;
        for (path, expected) in case["paths"].as_object().unwrap() {
            let is_owned = owners.of(path).state == OwnershipState::Owned;
            assert_eq!(is_owned, expected.as_bool().unwrap(), "{pattern} {path}");
            assertions += 1;
        }
    }
    assert!(assertions > 0);
}

#[test]
fn gitlab_cases() {
    let Some(data) = data() else { return };
    let mut assertions = 0;
    for case in json(&data.join("codeowners/gitlab-cases.json"))
        .as_array()
        .unwrap()
    {
        let text = case["file"].as_str().unwrap();
        let owners = CodeOwners::parse(text.as_bytes(), Dialect::GitLab).owners;
        for (path, expected) in case["owned"].as_object().unwrap() {
            // The cases give sets; the order of the file is tested elsewhere.
            let expected: BTreeSet<&str> = expected
                .as_array()
                .unwrap()
                .iter()
                .map(|owner| owner.as_str().unwrap())
                .collect();
            let found: BTreeSet<&str> = owners
                .of(path)
                .owners
                .iter()
                .map(|owner| owner.as_written())
                .collect();
            assert_eq!(found, expected, "{text:?} {path}");
            assertions += 1;
        }
    }
    assert!(assertions > 0);
}

/// Every line of a public file is a comment, a heading, a rule that holds for a
/// file of its own name, or one that is noted as being without effect.
#[test]
fn public_files() {
    let Some(data) = data() else { return };
    let files = files_named(&data.join("corpus/codeowners"), "CODEOWNERS");
    assert!(!files.is_empty());
    for path in files {
        let is_gitlab = path
            .parent()
            .is_some_and(|folder| folder.ends_with(".gitlab"));
        let dialect = match is_gitlab {
            true => Dialect::GitLab,
            false => Dialect::GitHub,
        };
        let bytes = std::fs::read(&path).unwrap();
        let parsed = CodeOwners::parse(&bytes, dialect);

        let text = String::from_utf8_lossy(&bytes);
        let is_heading = |line: &str| is_gitlab && line.starts_with(['[', '^']);
        let meant_as_rules = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#') && !is_heading(line))
            .count();
        let without_effect = usize::try_from(parsed.lines_without_effect).unwrap();
        let understood = parsed.owners.rules().len() + without_effect;
        assert_eq!(understood, meant_as_rules, "{}", path.display());

        for note in &parsed.notes {
            let line = note.line.map(|line| usize::try_from(line).unwrap());
            assert!(line.is_none_or(|line| line <= text.lines().count()));
        }
        let has_exclusions = parsed.owners.rules().any(|rule| rule.excludes);
        for rule in parsed.owners.rules() {
            if has_exclusions || rule.pattern.contains(['*', '?', '\\', '[']) {
                continue;
            }
            let inside = match rule.pattern.ends_with('/') {
                true => "x",
                false => "",
            };
            let file = format!("{}{inside}", rule.pattern);
            let decided_by = parsed.owners.of(&file).lines;
            assert!(decided_by.last() >= Some(&rule.line), "{file}");
        }
    }
}

/// Every public OWNERS tree names approvers for a file beside each of its
/// OWNERS files, but where the file itself names nobody at all.
#[test]
fn public_owners_trees() {
    let Some(data) = data() else { return };
    let folder = data.join("corpus/owners");
    for repository in std::fs::read_dir(&folder).unwrap() {
        let repository = repository.unwrap().path();
        let mut paths = files_named(&repository, "OWNERS");
        paths.extend(files_named(&repository, "OWNERS_ALIASES"));
        let files: Vec<(String, Vec<u8>)> = paths
            .iter()
            .map(|path| {
                let inside = path.strip_prefix(&repository).unwrap();
                (inside.display().to_string(), std::fs::read(path).unwrap())
            })
            .collect();
        let borrowed = files
            .iter()
            .map(|(path, text)| (path.as_str(), Some(text.as_slice())));
        let (mut tree, notes) = OwnersTree::parse(&Vec::from_iter(borrowed));
        for (path, note) in &notes {
            assert!(note.line.is_some(), "{path}: {}", note.message);
        }
        for (path, text) in &files {
            if path.ends_with("OWNERS_ALIASES") {
                continue;
            }
            let file = path.replace("OWNERS", "x");
            let ownership = tree.of(&file);
            assert_eq!(ownership.files.first(), Some(path));
            let text = String::from_utf8_lossy(text);
            if text.starts_with("approvers:\n-") {
                assert_eq!(ownership.state, OwnershipState::Owned, "{path}");
            }
        }
    }
}

fn files_named(folder: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|found| found == name) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
