//! The compiled matcher against slow matchers that share nothing with it but
//! the hosts' documentation: the last rule that matches must be the same.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use fastrand::Rng;
use mentorship_core::evidence::owners::{CodeOwners, Dialect, OwnershipState};

const FILES: usize = 4_000;

#[test]
fn github_decides_as_the_naive_matcher() {
    agree(Dialect::GitHub, naive_github);
}

#[test]
fn gitlab_decides_as_the_naive_matcher() {
    agree(Dialect::GitLab, naive_gitlab);
}

fn agree(dialect: Dialect, naive: fn(&str, &str) -> bool) {
    let mut rng = Rng::with_seed(20_261_121);
    let mut matches = 0;
    for _ in 0..FILES {
        let patterns: Vec<String> = (0..rng.usize(1..10)).map(|_| pattern(&mut rng)).collect();
        let text: String = patterns.iter().map(|p| format!("{p} @o\n")).collect();
        let parsed = CodeOwners::parse(text.as_bytes(), dialect);
        assert_eq!(parsed.notes, [], "{text}");
        for _ in 0..8 {
            let path = path(&mut rng);
            let last = patterns.iter().rposition(|pattern| naive(pattern, &path));
            let expected: Vec<u32> = last
                .map(|index| u32::try_from(index + 1).unwrap())
                .into_iter()
                .collect();
            let ownership = parsed.owners.of(&path);
            assert_eq!(ownership.lines, expected, "{path} in\n{text}");
            assert_eq!(
                ownership.state == OwnershipState::Owned,
                last.is_some(),
                "{path} in\n{text}"
            );
            matches += usize::from(last.is_some());
        }
    }
    // Both answers must be common, or the agreement says little.
    assert!((FILES..FILES * 7).contains(&matches), "{matches}");
}

/// Few names and many wildcards, so that patterns often meet.
fn pattern(rng: &mut Rng) -> String {
    const NAMES: [&str; 16] = [
        "a", "b", "ab", "é", "a.b", "*", "**", "?", "a*", "*a", "*.b", "*a*b", "**b", "?*", "\\*",
        "a?b",
    ];
    let mut text = String::new();
    if rng.bool() {
        text.push('/');
    }
    let names: Vec<&str> = (0..rng.usize(1..5))
        .map(|_| *rng.choice(&NAMES).unwrap())
        .collect();
    text.push_str(&names.join("/"));
    if rng.u8(0..4) == 0 {
        text.push('/');
    }
    text
}

fn path(rng: &mut Rng) -> String {
    const NAMES: [&str; 9] = ["a", "b", "ab", "é", "a.b", "*", "aab", "ab.b", "x"];
    let names: Vec<&str> = (0..rng.usize(1..6))
        .map(|_| *rng.choice(&NAMES).unwrap())
        .collect();
    names.join("/")
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
