//! Reading a change: which feature toggles its diff removes, and whether it
//! brings a runbook and a decision record along.

use crate::Located;
use crate::documents::{DocumentKind, kind_of_path};

/// What a change says of feature toggles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Toggles that it takes out and puts in nowhere, in the order of the diff,
    /// each once: path, and the line that it stood on before.
    pub removed_toggles: Vec<(String, Located<String>)>,
    /// Whether it adds to a runbook.
    pub writes_runbook: bool,
    /// Whether it adds to a decision record, or names one in prose or in the
    /// message of a commit.
    pub names_decision_record: bool,
}

/// Reads a unified diff, whatever its context, and the messages of the commits.
///
/// A pattern is the text around a toggle's name with one `*` for the name:
/// `enabled('*'`. Letter case does not count, and any quote is any other. What
/// stands in prose is no toggle.
pub fn change(diff: &str, messages: &str, patterns: &[String]) -> Change {
    let patterns: Vec<String> = patterns.iter().map(|pattern| plain(pattern)).collect();
    let mut change = Change {
        names_decision_record: names_record(messages),
        ..Change::default()
    };
    let mut removed: Vec<(String, Located<String>)> = Vec::new();
    let mut added: Vec<String> = Vec::new();
    each_line(diff, |path, line| match line {
        Line::Removed(line, text) if !is_prose(path) => {
            for name in toggles(text, &patterns) {
                if removed.iter().all(|(_, known)| known.value != name) {
                    removed.push((path.to_owned(), Located::at(line, name)));
                }
            }
        }
        Line::Removed(..) => {}
        Line::Added(text) => {
            let kind = kind_of_path(path);
            change.writes_runbook |= kind == Some(DocumentKind::Runbook);
            change.names_decision_record |= kind == Some(DocumentKind::DecisionRecord);
            if is_prose(path) {
                change.names_decision_record |= names_record(text);
            } else {
                added.extend(toggles(text, &patterns));
            }
        }
    });
    removed.retain(|(_, toggle)| !added.contains(&toggle.value));
    change.removed_toggles = removed;
    change
}

enum Line<'a> {
    /// With its number before the change.
    Removed(u32, &'a str),
    Added(&'a str),
}

/// Hands over each changed line with the path of its file.
fn each_line<'a>(diff: &'a str, mut take: impl FnMut(&str, Line<'a>)) {
    let mut path = "";
    let mut at = 0;
    // Lines that the hunk still has, before and after the change: what looks like
    // a header is none while they last.
    let (mut old, mut new) = (0, 0);
    for line in diff.lines() {
        if old == 0 && new == 0 {
            if let Some(of) = line.strip_prefix("--- ").or(line.strip_prefix("+++ ")) {
                if let Some(named) = path_of(of) {
                    path = named;
                }
            } else if let Some((first, before, after)) = hunk(line) {
                (at, old, new) = (first, before, after);
            }
            continue;
        }
        if let Some(text) = line.strip_prefix('-') {
            take(path, Line::Removed(at, text));
            at = at.saturating_add(1);
            old = old.saturating_sub(1);
        } else if let Some(text) = line.strip_prefix('+') {
            take(path, Line::Added(text));
            new = new.saturating_sub(1);
        } else if !line.starts_with('\\') {
            at = at.saturating_add(1);
            old = old.saturating_sub(1);
            new = new.saturating_sub(1);
        }
    }
}

/// `a/src/tides.py`, but for `/dev/null`.
fn path_of(header: &str) -> Option<&str> {
    let header = header.trim_end().trim_matches('"');
    header.strip_prefix("a/").or(header.strip_prefix("b/"))
}

/// `@@ -12,2 +12 @@`: the first line before, and how many before and after.
fn hunk(line: &str) -> Option<(u32, u32, u32)> {
    let mut words = line.strip_prefix("@@ ")?.split(' ');
    let (first, before) = range(words.next()?.strip_prefix('-')?)?;
    let (_, after) = range(words.next()?.strip_prefix('+')?)?;
    Some((first, before, after))
}

fn range(text: &str) -> Option<(u32, u32)> {
    match text.split_once(',') {
        Some((first, count)) => Some((first.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    }
}

/// In lower case, every quote the same. ASCII alone changes, so that places stay.
fn plain(text: &str) -> String {
    text.to_ascii_lowercase().replace(['"', '`'], "'")
}

/// The names of the toggles that a line asks for, as they are written.
fn toggles(line: &str, patterns: &[String]) -> Vec<String> {
    let searched = plain(line);
    let mut names = Vec::new();
    for pattern in patterns {
        let Some((before, after)) = pattern.split_once('*') else {
            continue;
        };
        if before.is_empty() {
            continue;
        }
        for (place, _) in searched.match_indices(before) {
            let start = place + before.len();
            let rest = searched.get(start..).unwrap_or_default();
            let is_name = |character: char| {
                character.is_ascii_alphanumeric() || ['-', '_', '.', ':', '/'].contains(&character)
            };
            let length = rest
                .find(|character| !is_name(character))
                .unwrap_or(rest.len());
            let (name, behind) = rest.split_at(length);
            if name.starts_with(|first: char| first.is_ascii_alphanumeric())
                && behind.starts_with(after)
            {
                names.extend(line.get(start..start + length).map(str::to_owned));
            }
        }
    }
    names
}

fn is_prose(path: &str) -> bool {
    let endings = [".md", ".mdx", ".markdown", ".rst", ".adoc", ".txt"];
    endings
        .iter()
        .any(|ending| path.to_ascii_lowercase().ends_with(ending))
}

/// Whether a text names a decision record: its path or address, `ADR-12`, `ADR 12`.
fn names_record(text: &str) -> bool {
    let mut after_adr = false;
    let is_between =
        |character: char| character.is_whitespace() || "()[]<>,;'\"`".contains(character);
    for word in text.split(is_between) {
        let word = word.trim_end_matches(['.', ':']);
        if word.is_empty() {
            continue;
        }
        let path = word.split(['#', '?']).next().unwrap_or_default();
        let lower = word.to_ascii_lowercase();
        let number = lower
            .strip_prefix("adr")
            .map(|rest| rest.trim_start_matches(['-', '_', '#']));
        let begins = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
        if kind_of_path(path) == Some(DocumentKind::DecisionRecord)
            || number.is_some_and(begins)
            || (after_adr && begins(lower.trim_start_matches('#')))
        {
            return true;
        }
        after_adr = lower == "adr";
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(diff: &str, messages: &str) -> Change {
        let patterns = ["enabled('*'".to_owned(), "variation('*'".to_owned()];
        change(diff, messages, &patterns)
    }

    fn names(change: &Change) -> Vec<String> {
        let place = |(path, toggle): &(String, Located<String>)| {
            format!("{path}:{} {}", toggle.line, toggle.value)
        };
        change.removed_toggles.iter().map(place).collect()
    }

    #[test]
    fn a_toggle_is_removed_where_it_is_put_in_nowhere() {
        let diff = "diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n\
            @@ -10,3 +10,2 @@ function f\n-if (client.isEnabled(\"New-Tides\", user)) {\n-  boolVariation('kept')\n-}\n\
            +stringVariation(`kept`, 1)\n+done()\n\
            diff --git a/gone.rs b/gone.rs\n--- a/gone.rs\n+++ /dev/null\n@@ -7 +0,0 @@\n-is_enabled('old.one')\n";
        let change = read(diff, "Remove it");
        assert_eq!(
            names(&change),
            ["src/a.ts:10 New-Tides", "gone.rs:7 old.one"]
        );
        assert!(!change.writes_runbook && !change.names_decision_record);
    }

    #[test]
    fn removed_lines_that_look_like_headers_are_lines() {
        let diff = "--- a/q.sql\n+++ b/q.sql\n@@ -1,2 +1,1 @@\n--- a/enabled('x')\n-- b\n+++ c\n";
        assert_eq!(names(&read(diff, "")), ["q.sql:1 x"]);
    }

    #[test]
    fn documents_and_messages_explain() {
        let runbook = "--- a/docs/runbooks/tides.md\n+++ b/docs/runbooks/tides.md\n@@ -1,0 +2 @@\n+See [why](../adr/0012-tides.md).\n";
        let change = read(runbook, "");
        assert!(change.writes_runbook && change.names_decision_record);
        // Taking a runbook away explains nothing.
        let gone =
            "--- a/docs/runbooks/tides.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-enabled('x') ADR-12\n";
        assert_eq!(read(gone, ""), Change::default());
        for message in [
            "as of ADR-12.",
            "see ADR 12",
            "(docs/adr/0012-tides.md)",
            "https://x.example/adr/12-t.md#why",
        ] {
            assert!(read("", message).names_decision_record, "{message}");
        }
        for message in ["", "address 12", "adr", "the adr says", "quadr-1"] {
            assert!(!read("", message).names_decision_record, "{message}");
        }
    }

    #[test]
    fn broken_diffs_are_read_as_far_as_they_go() {
        for diff in [
            "@@ -1 +1",
            "@@ -99999999999 +1 @@\n-x",
            "@@ -4294967295,9 +1 @@\n-enabled('x')\n-y",
            "-enabled('x')",
            "--- \n+++ \n@@ -1 +1 @@\n-enabled('ä')",
        ] {
            read(diff, diff);
        }
    }
}
