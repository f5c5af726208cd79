//! The compiled matcher against slow matchers that share nothing with it but
//! the hosts' documentation: the last rule that matches must be the same.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod properties;

use mentorship_core::evidence::owners::{CodeOwners, Dialect, OwnershipState};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

proptest! {
    #![proptest_config(properties::tried_on(4_000))]

    #[test]
    fn github_decides_as_the_naive_matcher(
        patterns in vec(pattern(), 1..10),
        paths in vec(path(), 8),
    ) {
        agree(Dialect::GitHub, naive_github, &patterns, &paths)?;
    }

    #[test]
    fn gitlab_decides_as_the_naive_matcher(
        patterns in vec(pattern(), 1..10),
        paths in vec(path(), 8),
    ) {
        agree(Dialect::GitLab, naive_gitlab, &patterns, &paths)?;
    }
}

fn agree(
    dialect: Dialect,
    naive: fn(&str, &str) -> bool,
    patterns: &[String],
    paths: &[String],
) -> Result<(), TestCaseError> {
    let text: String = patterns.iter().map(|p| format!("{p} @o\n")).collect();
    let parsed = CodeOwners::parse(text.as_bytes(), dialect);
    prop_assert_eq!(parsed.notes, []);
    for path in paths {
        let last = patterns.iter().rposition(|pattern| naive(pattern, path));
        let (state, lines) = match last {
            Some(index) => (
                OwnershipState::Owned,
                vec![u32::try_from(index + 1).unwrap()],
            ),
            None => (OwnershipState::Unmatched, vec![]),
        };
        let ownership = parsed.owners.of(path);
        prop_assert_eq!(ownership.lines, lines, "{} in\n{}", path, text);
        prop_assert_eq!(ownership.state, state, "{} in\n{}", path, text);
    }
    Ok(())
}

/// Few names and many wildcards, so that patterns and paths often meet.
fn pattern() -> impl Strategy<Value = String> {
    const NAMES: [&str; 16] = [
        "a", "b", "ab", "é", "a.b", "*", "**", "?", "a*", "*a", "*.b", "*a*b", "**b", "?*", "\\*",
        "a?b",
    ];
    (
        select(vec!["", "/"]),
        vec(select(&NAMES[..]), 1..5),
        select(vec!["", "", "", "/"]),
    )
        .prop_map(|(begin, names, end)| format!("{begin}{}{end}", names.join("/")))
}

fn path() -> impl Strategy<Value = String> {
    const NAMES: [&str; 9] = ["a", "b", "ab", "é", "a.b", "*", "aab", "ab.b", "x"];
    vec(select(&NAMES[..]), 1..6).prop_map(|names| names.join("/"))
}

/// As gitignore's documentation puts it: a pattern names the path itself or a
/// directory above it.
fn naive_github(pattern: &str, path: &str) -> bool {
    let body = pattern.trim_end_matches('/');
    // GitHub takes `dir/**/` for `dir/**`, files included.
    let only_directories = pattern.ends_with('/') && !body.ends_with("**");
    let anchored = body.contains('/');
    let mut wanted: Vec<&str> = body.trim_start_matches('/').split('/').collect();
    if !anchored {
        wanted.insert(0, "**");
    }
    let names: Vec<&str> = path.split('/').collect();
    // `dir/*` does not reach into directories; `*` alone is every file.
    let only_the_path = wanted.last() == Some(&"*") && !only_directories;
    (1..=names.len()).any(|length| {
        let is_path = length == names.len();
        (is_path || !only_the_path)
            && (!is_path || !only_directories)
            && segments_match(&wanted, &names[..length])
    })
}

fn segments_match(wanted: &[&str], names: &[&str]) -> bool {
    match (wanted.split_first(), names.split_first()) {
        (None, None) => true,
        // At the end, `**` is everything inside; elsewhere any directories.
        (Some((&"**", [])), first) => first.is_some(),
        (Some((&"**", rest)), first) => {
            segments_match(rest, names)
                || first.is_some_and(|(_, behind)| segments_match(wanted, behind))
        }
        (Some((segment, rest)), Some((name, behind))) => {
            name_matches(segment, name) && segments_match(rest, behind)
        }
        _ => false,
    }
}

fn name_matches(wanted: &str, name: &str) -> bool {
    let mut characters = wanted.chars();
    let rest_of = |text: &str| text.chars().next().map(|c| text[c.len_utf8()..].to_owned());
    match characters.next() {
        None => name.is_empty(),
        Some('*') => {
            name_matches(characters.as_str(), name)
                || rest_of(name).is_some_and(|rest| name_matches(wanted, &rest))
        }
        Some('?') => rest_of(name).is_some_and(|rest| name_matches(characters.as_str(), &rest)),
        Some(c) => {
            let c = if c == '\\' {
                characters.next().unwrap()
            } else {
                c
            };
            name.starts_with(c)
                && rest_of(name).is_some_and(|rest| name_matches(characters.as_str(), &rest))
        }
    }
}

/// As GitLab's documentation puts it: the pattern is completed and given to
/// Ruby's `File.fnmatch` with `FNM_PATHNAME` and `FNM_DOTMATCH`.
fn naive_gitlab(pattern: &str, path: &str) -> bool {
    let mut pattern = pattern.to_owned();
    if pattern == "*" {
        pattern = "/**/*".to_owned();
    }
    if !pattern.starts_with('/') {
        pattern = format!("/**/{pattern}");
    }
    if pattern.ends_with('/') {
        pattern.push_str("**/*");
    }
    fnmatch(&pattern, &format!("/{path}"), true)
}

fn fnmatch(pattern: &str, text: &str, segment_begins: bool) -> bool {
    if segment_begins && let Some(rest) = pattern.strip_prefix("**/") {
        return fnmatch(rest, text, true)
            || text
                .split_once('/')
                .is_some_and(|(_, behind)| fnmatch(pattern, behind, true));
    }
    let mut characters = pattern.chars();
    let first = text.chars().next();
    let behind = first.map_or("", |c| &text[c.len_utf8()..]);
    match characters.next() {
        None => text.is_empty(),
        Some('*') => {
            fnmatch(characters.as_str(), text, false)
                || (first.is_some_and(|c| c != '/') && fnmatch(pattern, behind, false))
        }
        Some('?') => first.is_some_and(|c| c != '/') && fnmatch(characters.as_str(), behind, false),
        Some(c) => {
            let c = if c == '\\' {
                characters.next().unwrap()
            } else {
                c
            };
            first == Some(c) && fnmatch(characters.as_str(), behind, c == '/')
        }
    }
}
