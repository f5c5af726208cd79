//! CODEOWNERS in each dialect, OWNERS, patterns of paths.

use std::collections::BTreeSet;

use mentorship_core::evidence::owners::{CodeOwners, Dialect, OwnersTree, OwnershipState};
use mentorship_core::evidence::path_patterns::{LetterCase, PathPatterns};

use super::lines;

/// Fewer notes than are kept: all of them are there.
const FEW: usize = 500;

/// One file as each host reads it. On GitHub and Bitbucket every line with text is a
/// rule, a comment, or told as without effect.
pub fn code_owners(data: &[u8]) {
    for dialect in [Dialect::GitHub, Dialect::GitLab, Dialect::Bitbucket] {
        let parsed = CodeOwners::parse(data, dialect);
        let count = data.split(|byte| *byte == b'\n').count();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        lines::hold_notes(&parsed.notes, count);
        let rules: Vec<_> = parsed.owners.rules().collect();
        let ruled: BTreeSet<u32> = rules.iter().map(|rule| rule.line).collect();
        assert!(ruled.iter().all(|line| (1..=count).contains(line)));
        assert!(parsed.skipped.is_sorted());
        if dialect != Dialect::GitLab && parsed.notes.len() < FEW && is_read(data) {
            let text = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
            for (number, line) in (1_u32..).zip(text.split(|byte| *byte == b'\n')) {
                let line = String::from_utf8_lossy(line);
                let is_empty = line.split('#').next().unwrap_or("").trim().is_empty();
                let is_told = ruled.contains(&number) || parsed.skipped.contains(&number);
                assert!(is_empty || is_told, "line {number} is dropped: {line:?}");
            }
        }
        for rule in rules.iter().take(50) {
            hold_path(&parsed.owners, rule.pattern.trim_matches('/'), &ruled);
        }
        for path in ["", "a", "src/pay/main.rs", "docs/é/x.md", "//", "a/../b"] {
            hold_path(&parsed.owners, path, &ruled);
        }
        hold_spelling(data, dialect);
    }
}

/// Neither UTF-16 nor too large.
fn is_read(data: &[u8]) -> bool {
    str::from_utf8(data).is_ok_and(|text| !text.contains('\0'))
}

fn hold_path(owners: &CodeOwners, path: &str, ruled: &BTreeSet<u32>) {
    let ownership = owners.of(path);
    assert_eq!(
        ownership.state == OwnershipState::Owned,
        !ownership.owners.is_empty(),
        "{path}: {ownership:?}"
    );
    assert_eq!(
        ownership.state == OwnershipState::Unmatched,
        ownership.lines.is_empty()
    );
    assert!(ownership.lines.iter().all(|line| ruled.contains(line)));
    assert!(ownership.lines.is_sorted());
}

fn hold_spelling(data: &[u8], dialect: Dialect) {
    let Some(plain) = lines::plain(data) else {
        return;
    };
    let parsed = CodeOwners::parse(data, dialect);
    let windows = CodeOwners::parse(plain.replace('\n', "\r\n").as_bytes(), dialect);
    assert_eq!(parsed.notes, windows.notes, "with CRLF");
    assert!(
        parsed.owners.rules().eq(windows.owners.rules()),
        "with CRLF"
    );
}

/// OWNERS in two directories with aliases beside it.
pub fn tree(data: &[u8]) {
    let files = [
        ("OWNERS", Some(data)),
        ("a/OWNERS", Some(data)),
        ("OWNERS_ALIASES", Some(data)),
    ];
    let (mut tree, notes) = OwnersTree::parse(&files);
    for (path, note) in &notes {
        lines::hold_notes(std::slice::from_ref(note), lines::count(data).max(1));
        assert!(files.iter().any(|(known, _)| known == path));
    }
    for path in ["", "x.go", "a/x.go", "a/b/c.md", "a", "/"] {
        let found = tree.of(path);
        assert_eq!(
            found.state == OwnershipState::Owned,
            !found.approvers.is_empty()
        );
        assert_eq!(
            found.state == OwnershipState::Unmatched,
            found.files.is_empty()
        );
        assert_eq!(found, tree.of(path), "asked twice");
    }
}

/// Patterns a line, the first line being the path: each matches beside others as it
/// does alone.
pub fn path_patterns(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let path = lines.next().unwrap_or_default();
    let patterns: Vec<&str> = lines.take(64).collect();
    for case in [LetterCase::Sensitive, LetterCase::Insensitive] {
        let (all, _) = PathPatterns::parse(patterns.iter().copied(), case);
        assert_eq!(all.len(), patterns.len());
        let matching = all.all_matches(path);
        assert_eq!(all.first_match(path), matching.first().copied());
        for (place, pattern) in patterns.iter().enumerate() {
            let (alone, _) = PathPatterns::parse([*pattern], case);
            assert_eq!(
                alone.matches(path),
                matching.contains(&place),
                "{pattern:?} on {path:?}"
            );
        }
    }
}
