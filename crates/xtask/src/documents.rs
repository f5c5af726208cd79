//! What the project's documents say of the checkout, held to what is there.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use crate::workspace;

/// The documents that are committed, but for those of examples and tests, which are
/// about other repositories.
fn documents() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "*.md"])
        .current_dir(workspace::root())
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let of_others = ["examples/", "tests/"];
    let documents: Vec<PathBuf> = listed
        .split_terminator('\0')
        .filter(|path| !of_others.iter().any(|folder| path.starts_with(folder)))
        .map(PathBuf::from)
        .collect();
    assert!(documents.contains(&PathBuf::from("ARCHITECTURE.md")));
    documents
}

/// The text outside fenced blocks.
fn prose(document: &Path) -> String {
    let text = fs::read_to_string(workspace::root().join(document)).unwrap();
    text.split("```").step_by(2).collect()
}

/// The path that a link means, from the top of the checkout.
fn resolved(document: &Path, target: &str) -> PathBuf {
    let mut path = PathBuf::new();
    let folder = document.parent().unwrap_or(Path::new(""));
    for part in folder.join(target).components() {
        match part {
            Component::ParentDir => assert!(path.pop(), "{target} leads out of the checkout"),
            part => path.push(part),
        }
    }
    path
}

/// What a heading is called in an address, as code hosts make it.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().to_lowercase();
    letters
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

#[test]
fn links_of_documents_lead_somewhere() {
    let mut followed = 0;
    for document in documents() {
        let text = prose(&document);
        for link in text.split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            if target.starts_with("http") || target.contains(char::is_whitespace) {
                continue;
            }
            let (path, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = match path {
                "" => document.clone(),
                path => resolved(&document, path),
            };
            let shown = document.display();
            assert!(
                workspace::root().join(&path).exists(),
                "{shown} links to {target}, which is not there"
            );
            if !heading.is_empty() {
                let linked = prose(&path);
                let mut headings = linked.lines().filter(|line| line.starts_with('#'));
                assert!(
                    headings.any(|line| anchor(line.trim_start_matches('#')) == heading),
                    "{shown} links to {target}, which has no such heading"
                );
            }
            followed += 1;
        }
    }
    assert!(followed > 50, "only {followed} links were found");
}

#[test]
fn the_architecture_names_what_is_there() {
    let text = fs::read_to_string(workspace::root().join("ARCHITECTURE.md")).unwrap();
    for folder in ["crates", "plugin-ts/plugins"] {
        for part in fs::read_dir(workspace::root().join(folder)).unwrap() {
            let name = part.unwrap().file_name().into_string().unwrap();
            assert!(
                text.contains(&name),
                "ARCHITECTURE.md lacks {folder}/{name}"
            );
        }
    }
    let core = workspace::root().join("crates/mentorship-core/src");
    let prose = prose(Path::new("ARCHITECTURE.md"));
    let quoted = prose.split('`').skip(1).step_by(2);
    let mut paths = 0;
    for path in quoted.filter(|word| word.contains('/') && !word.contains(' ')) {
        assert!(
            workspace::root().join(path).exists() || core.join(path).exists(),
            "ARCHITECTURE.md names {path}, which is not there"
        );
        paths += 1;
    }
    assert!(paths > 5, "only {paths} paths were found");
}
