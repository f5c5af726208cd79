//! Files that nobody writes by hand: every one gives an answer and notes. What
//! would take exponential or quadratic time here would not come to an end.

#![allow(clippy::unwrap_used)]

use mentorship_core::evidence::owners::{CodeOwners, Dialect, OwnersTree, OwnershipState, Parsed};
use proptest::prelude::*;

const DIALECTS: [Dialect; 3] = [Dialect::GitHub, Dialect::GitLab, Dialect::Bitbucket];

fn lines_of(parsed: &Parsed, path: &str) -> Vec<u32> {
    parsed.owners.of(path).lines
}

fn noted_lines(parsed: &Parsed) -> Vec<Option<u32>> {
    parsed.notes.iter().map(|note| note.line).collect()
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read_past() {
    for dialect in DIALECTS {
        let parsed = CodeOwners::parse(b"\xef\xbb\xbf*.md @a\r\n\r\n/docs/ @b\r\n", dialect);
        assert_eq!(parsed.notes, []);
        assert_eq!(lines_of(&parsed, "x.md"), [1]);
        assert_eq!(lines_of(&parsed, "docs/x"), [3]);
    }
}

#[test]
fn lines_that_are_no_text_are_skipped_and_noted() {
    for dialect in DIALECTS {
        let parsed = CodeOwners::parse(b"* @a\nx\0y @b\n\xff @c\n*.md @d", dialect);
        assert_eq!(noted_lines(&parsed), [Some(2), Some(3)]);
        assert_eq!(parsed.lines_without_effect, 2);
        assert_eq!(lines_of(&parsed, "x.md"), [4]);
    }
}

#[test]
fn utf16_is_told_once() {
    let utf16: Vec<u8> = "* @a\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xff, 0xfe], utf16.as_slice()].concat();
    for text in [utf16, marked] {
        let parsed = CodeOwners::parse(&text, Dialect::GitHub);
        assert_eq!(noted_lines(&parsed), [None]);
        assert_eq!(parsed.owners.of("a").state, OwnershipState::Unmatched);
    }
}

#[test]
fn github_does_not_load_more_than_three_megabytes() {
    let text = "* @a\n".repeat(700_000);
    assert_eq!(
        noted_lines(&CodeOwners::parse(text.as_bytes(), Dialect::GitHub)),
        [None]
    );
    let parsed = CodeOwners::parse(text.as_bytes(), Dialect::GitLab);
    assert_eq!(lines_of(&parsed, "a"), [700_000]);
}

#[test]
fn many_lines_are_rules_like_any_other() {
    let text: String = (0..200_000).map(|n| format!("{n} @a\n")).collect();
    let parsed = CodeOwners::parse(text.as_bytes(), Dialect::GitLab);
    assert_eq!(parsed.owners.rules().len(), 200_000);
    assert_eq!(lines_of(&parsed, "x/199999"), [200_000]);
}

#[test]
fn an_owner_where_a_path_belongs_owns_nothing_and_is_told() {
    let text = b"@harbour/quays\n@types/quay @ada\n";
    for dialect in [Dialect::GitHub, Dialect::Bitbucket] {
        let parsed = CodeOwners::parse(text, dialect);
        assert_eq!(noted_lines(&parsed), [Some(1)]);
        assert_eq!(parsed.lines_without_effect, 1);
        assert_eq!(lines_of(&parsed, "@types/quay"), [2]);
    }
}

#[test]
fn many_bad_lines_give_a_thousand_notes_and_a_count() {
    let text = "***\n".repeat(500_000);
    let parsed = CodeOwners::parse(text.as_bytes(), Dialect::GitHub);
    assert_eq!(parsed.notes.len(), 1_001);
    assert_eq!(parsed.lines_without_effect, 500_000);
    assert!(
        parsed
            .notes
            .last()
            .unwrap()
            .message
            .starts_with("499000 more")
    );
}

#[test]
fn many_sections_and_owners_are_united_once() {
    let sections: String = (0..50_000)
        .map(|n| format!("[s{n}]\n* @o{n} @all\n"))
        .collect();
    let parsed = CodeOwners::parse(sections.as_bytes(), Dialect::GitLab);
    assert_eq!(parsed.owners.of("a").owners.len(), 50_001);

    let names: String = (0..50_000).map(|n| format!(" @o{n}")).collect();
    let parsed = CodeOwners::parse(format!("*{names}{names}").as_bytes(), Dialect::GitHub);
    assert_eq!(parsed.owners.of("a").owners.len(), 50_000);
}

#[test]
fn patterns_built_to_be_slow_are_not() {
    let name = "a".repeat(4_000);
    let deep = "a/".repeat(800);
    for dialect in DIALECTS {
        for pattern in [
            "**/".repeat(1_300),
            format!("{}b", "**/a/".repeat(800)),
            format!("{}b", "*a".repeat(2_000)),
            format!("{}b", "*?a".repeat(1_300)),
            format!("{}b", "a*/**/".repeat(600)),
            "*".repeat(5_000_000),
        ] {
            let parsed = CodeOwners::parse(format!("{pattern} @a").as_bytes(), dialect);
            assert!(parsed.owners.rules().len() <= 1);
            parsed.owners.of(&name);
            parsed.owners.of(&deep);
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(text in proptest::collection::vec(any::<u8>(), 0..400), path in ".{0,40}") {
        for dialect in DIALECTS {
            let parsed = CodeOwners::parse(&text, dialect);
            let ownership = parsed.owners.of(&path);
            let decided = ownership.state != OwnershipState::Unmatched;
            prop_assert_eq!(decided, !ownership.lines.is_empty());
        }
        let (mut tree, _) = OwnersTree::parse(&[("OWNERS", Some(&text))]);
        tree.of(&path);
    }

    #[test]
    fn any_words_are_read(text in "([\\[\\]^!#@*?/\\\\: \n\ta-c.-]|@a|\\*\\*|\\]\\[2\\]){0,60}", path in "[a-c/.*]{0,20}") {
        for dialect in DIALECTS {
            let parsed = CodeOwners::parse(text.as_bytes(), dialect);
            let ownership = parsed.owners.of(&path);
            for line in &ownership.lines {
                prop_assert!(parsed.owners.rules().any(|rule| rule.line == *line));
            }
            let owned = ownership.state == OwnershipState::Owned;
            prop_assert_eq!(owned, !ownership.owners.is_empty());
        }
        let (mut tree, _) = OwnersTree::parse(&[("OWNERS", Some(text.as_bytes()))]);
        tree.of(&path);
    }
}
