//! Path patterns: globs over repository paths, compiled once into one matcher
//! that code owners and policies share.
//!
//! ```
//! use mentorship_core::evidence::path_patterns::{LetterCase, PathPatterns};
//!
//! let (critical, notes) = PathPatterns::parse(["/infra/", "*.tf"], LetterCase::Sensitive);
//! assert!(notes.is_empty());
//! assert!(critical.matches("infra/prod/dns.yaml"));
//! assert_eq!(critical.first_match("modules/vpc/main.tf"), Some(1));
//! assert!(!critical.matches("docs/infra.md"));
//! ```

mod pattern;
mod pattern_set;
mod segment_glob;

pub(crate) use pattern::Pattern;
pub(crate) use pattern_set::PatternSet;
pub(crate) use segment_glob::BracketMeaning;

use super::Note;

/// Whether upper and lower case letters differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LetterCase {
    /// `README.md` is not `readme.md`, as on the code hosts.
    #[default]
    Sensitive,
    /// `README.md` is `readme.md`, in every script that Unicode folds.
    Insensitive,
}

/// An ordered list of path patterns, compiled.
///
/// A pattern means what it means in a GitHub CODEOWNERS file, so that there is
/// one language of patterns to learn:
///
/// - a pattern that begins with `/` or holds an inner `/` is anchored at the
///   root; any other matches at every depth;
/// - a pattern that names a directory matches everything below it, and with a
///   `/` at its end nothing else;
/// - `*` and `?` stay within one segment, `dir/*` is not recursive, `**` spans
///   segments, `\` takes the next character literally, brackets are literal.
///
/// Paths are relative to the root of the repository with `/` between segments;
/// one leading `/` is ignored.
#[derive(Debug, Clone, Default)]
pub struct PathPatterns {
    set: PatternSet,
    length: usize,
}

impl PathPatterns {
    /// Compiles patterns. One that cannot be understood or cannot match is left
    /// out with a note; the others keep their place in the list.
    pub fn parse<'a>(
        patterns: impl IntoIterator<Item = &'a str>,
        letter_case: LetterCase,
    ) -> (Self, Vec<Note>) {
        let mut notes = Vec::new();
        let mut set = PatternSet::new(letter_case);
        let mut length = 0;
        for (index, text) in (0u32..).zip(patterns) {
            length += 1;
            match Pattern::parse_anchored(text.trim(), BracketMeaning::Literal) {
                // Each in a group of its own, so that equal ones are all kept.
                Ok(pattern) => set.insert(&pattern, index, index),
                Err(error) => notes.push(Note::on_the_whole(format!(
                    "the pattern {} is left out: {error}",
                    quoted(text)
                ))),
            }
        }
        (Self { set, length }, notes)
    }

    /// Whether any pattern matches the path.
    pub fn matches(&self, path: &str) -> bool {
        self.first_match(path).is_some()
    }

    /// The place in the list, counted from 0, of the first pattern that
    /// matches the path.
    pub fn first_match(&self, path: &str) -> Option<usize> {
        let mut first: Option<u32> = None;
        self.set.for_each_match(path, |index| {
            first = Some(first.map_or(index, |known| known.min(index)));
        });
        first.map(position)
    }

    /// The places in the list, ascending, of all patterns that match the path.
    pub fn all_matches(&self, path: &str) -> Vec<usize> {
        let mut all = Vec::new();
        self.set
            .for_each_match(path, |index| all.push(position(index)));
        all.sort_unstable();
        all
    }

    /// How many patterns the list has, those left out included.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether no pattern of the list can match anything.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }
}

fn position(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

/// Input as a message shows it: in backticks, without control characters, and
/// not longer than a line of text.
pub(crate) fn quoted(input: &str) -> String {
    const LONGEST: usize = 80;
    let mut shown: String = input
        .chars()
        .take(LONGEST)
        .map(|c| if is_invisible(c) { '\u{fffd}' } else { c })
        .collect();
    if input.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// Characters that change what a reader sees without being seen: controls,
/// zero-width characters, and marks that reorder text.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn matching(pattern: &str, path: &str) -> bool {
        let (patterns, notes) = PathPatterns::parse([pattern], LetterCase::Sensitive);
        assert_eq!(notes, [], "{pattern}");
        patterns.matches(path)
    }

    #[test]
    fn anchors_and_floats() {
        assert!(matching("MENTORSHIP.md", "MENTORSHIP.md"));
        assert!(matching("MENTORSHIP.md", "services/pay/MENTORSHIP.md"));
        assert!(matching("/MENTORSHIP.md", "MENTORSHIP.md"));
        assert!(!matching("/MENTORSHIP.md", "services/MENTORSHIP.md"));
        assert!(matching("**/MENTORSHIP.md", "MENTORSHIP.md"));
        assert!(matching("docs/runbooks/*.md", "docs/runbooks/restore.md"));
        assert!(!matching(
            "docs/runbooks/*.md",
            "docs/runbooks/old/restore.md"
        ));
        assert!(!matching(
            "docs/runbooks/*.md",
            "app/docs/runbooks/restore.md"
        ));
        assert!(matching("/airflow/dags/", "/airflow/dags/daily/load.py"));
        assert!(!matching("/airflow/dags/", "airflow/dags"));
    }

    #[test]
    fn letters_fold_only_on_request() {
        let (patterns, _) = PathPatterns::parse(["**/Mentor?hip*.MD"], LetterCase::Insensitive);
        assert!(patterns.matches("docs/MENTORSHIP-plan.md"));
        assert!(!matching("**/Mentorship.md", "MENTORSHIP.md"));
        let (greek, _) = PathPatterns::parse(["*Σ"], LetterCase::Insensitive);
        assert!(greek.matches("ΟΔΟΣ"));
    }

    #[test]
    fn the_first_of_the_list_wins_and_keeps_its_place() {
        let (patterns, notes) =
            PathPatterns::parse(["", "*.md", "docs/", "*.md"], LetterCase::Sensitive);
        assert_eq!(notes.len(), 1);
        assert_eq!(patterns.first_match("docs/a.md"), Some(1));
        assert_eq!(patterns.first_match("docs/a.txt"), Some(2));
        assert_eq!(patterns.first_match("a.txt"), None);
    }

    #[test]
    fn what_cannot_match_is_told() {
        let long = "a".repeat(5_000);
        for pattern in ["", "/", "a//b", "./a", "../a", "a/***", &long] {
            let (patterns, notes) = PathPatterns::parse([pattern], LetterCase::Sensitive);
            assert!(patterns.is_empty(), "{pattern}");
            assert_eq!(notes.len(), 1, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_built_to_be_slow_is_not() {
        let deep = "a/".repeat(800);
        assert!(!matching(&format!("{}b", "**/a/".repeat(800)), &deep));
        let long = "a".repeat(100_000);
        assert!(!matching(&format!("{}b", "*a".repeat(2_000)), &long));
        assert!(matching(&"*a".repeat(2_000), &long));
    }
}
