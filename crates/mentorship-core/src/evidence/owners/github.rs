//! GitHub's dialect, and Bitbucket's, which differs only in its owners.

use super::dialect::Dialect;
use super::draft::{Decision, Draft, Text, split_pattern};
use crate::evidence::path_patterns::{BracketMeaning, Pattern, quoted};

pub(super) fn read(text: &Text<'_>, draft: &mut Draft) {
    text.for_each_line(draft, read_line);
}

fn read_line(line: u32, text: &str, draft: &mut Draft) {
    let host = draft.dialect().name();
    // A `#` begins a comment wherever it stands; nothing escapes it.
    let (rule, has_glued_comment) = match text.split_once('#') {
        Some((rule, _)) => (rule, rule.ends_with(|c: char| !c.is_whitespace())),
        None => (text, false),
    };
    let rule = rule.trim_end();
    if rule.is_empty() {
        return;
    }
    if has_glued_comment && rule.ends_with('\\') {
        draft.skip(
            line,
            format!("this line has no effect: {host} has no way to write `#` in a pattern"),
        );
        return;
    }
    if rule.starts_with('!') {
        draft.skip(
            line,
            format!(
                "this line has no effect: {host} has no `!`; \
                 repeat the pattern without owners below the wider one"
            ),
        );
        return;
    }

    let (written, owners_text) = split_pattern(rule);
    let pattern = match Pattern::parse_anchored(written, BracketMeaning::Literal) {
        Ok(pattern) => pattern,
        Err(error) => {
            let shown = quoted(written);
            draft.skip(line, format!("the pattern {shown} has no effect: {error}"));
            return;
        }
    };
    let mut words = owners_text.split_whitespace();
    if let Some(word) = words.find(|word| !draft.is_owner(word)) {
        draft.skip(line, not_an_owner(word, draft.dialect()));
        return;
    }

    if owners_text.is_empty() && written.starts_with('@') && draft.is_owner(written) {
        draft.skip(
            line,
            format!(
                "this line has no effect: it names an owner and no path; \
                 write `* {written}` where they own every file"
            ),
        );
        return;
    }
    note_misunderstandings(line, written, has_glued_comment, draft);
    let owners = draft.add_owners(owners_text.split_whitespace());
    draft.add_rule(line, written, &pattern, 0, Decision::Owners(owners));
}

/// Notes what counts otherwise than it looks.
fn note_misunderstandings(line: u32, written: &str, has_glued_comment: bool, draft: &mut Draft) {
    let host = draft.dialect().name();
    if has_glued_comment {
        draft.note(
            line,
            format!("`#` begins a comment on {host}, even without a space before it"),
        );
    }
    if has_character_range(written) {
        draft.note(
            line,
            format!(
                "the brackets in {} stand for themselves: {host} has no ranges of characters",
                quoted(written)
            ),
        );
    }
}

fn not_an_owner(word: &str, dialect: Dialect) -> String {
    let hint = match dialect {
        Dialect::Bitbucket => {
            "write `@user`, `@workspace/group`, a selection such as `:random(2)`, or an e-mail address"
        }
        Dialect::GitHub | Dialect::GitLab => {
            "write `@user`, `@organisation/team` or an e-mail address, with spaces between"
        }
    };
    format!(
        "this line has no effect: {} is not an owner; {hint}",
        quoted(word)
    )
}

/// `[a-z]` or `[a-zA-Z0-9]`, which somebody meant as a range.
fn has_character_range(pattern: &str) -> bool {
    pattern.split('[').skip(1).any(|behind| {
        let Some((inside, _)) = behind.split_once(']') else {
            return false;
        };
        let inside = inside.trim_start_matches(['!', '^']).as_bytes();
        !inside.is_empty()
            && inside.chunks(3).all(|chunk| {
                matches!(chunk, [from, b'-', to] if from.is_ascii_alphanumeric() && to.is_ascii_alphanumeric())
            })
    })
}
