//! A CODEOWNERS file while it is read: text made readable, tables filled.

use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::code_owners::{CodeOwners, Parsed, Section, StoredRule};
use super::dialect::Dialect;
use super::owner::Owner;
use crate::evidence::Note;
use crate::evidence::path_patterns::{LetterCase, Pattern, PatternSet, is_invisible, quoted};

/// GitHub does not load a larger file.
const LARGEST_ON_GITHUB: usize = 3 * 1024 * 1024;
/// Nor is anything larger read here; it is past what a host will serve.
const LARGEST: usize = 64 * 1024 * 1024;
const MOST_NOTES: usize = 1_000;

/// The bytes of a file that can be read line by line.
pub(super) struct Text<'a> {
    bytes: &'a [u8],
}

impl<'a> Text<'a> {
    /// `None`, with a note, where the host would not read the file at all.
    pub fn readable(bytes: &'a [u8], dialect: Dialect, draft: &mut Draft) -> Option<Self> {
        let largest = match dialect {
            Dialect::GitHub => LARGEST_ON_GITHUB,
            Dialect::GitLab | Dialect::Bitbucket => LARGEST,
        };
        let refusal = if bytes.len() > largest {
            format!(
                "the file has {} bytes and is not loaded, since the limit is {largest}; \
                 shorten it with wildcards",
                bytes.len()
            )
        } else if is_utf16(bytes) {
            "the file is UTF-16, which no host reads; save it as UTF-8".to_owned()
        } else {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            return Some(Self { bytes });
        };
        draft.note_on_the_whole(refusal);
        None
    }

    /// Every line that is text, trimmed, with its number. The others are noted.
    pub fn for_each_line(&self, draft: &mut Draft, mut read: impl FnMut(u32, &str, &mut Draft)) {
        for (line, bytes) in (1u32..).zip(self.bytes.split(|byte| *byte == b'\n')) {
            let Ok(text) = std::str::from_utf8(bytes) else {
                draft.skip(line, "this line has no effect: it is not UTF-8 text");
                continue;
            };
            if text.contains('\0') {
                draft.skip(line, "this line has no effect: it holds a NUL character");
                continue;
            }
            let text = text.trim();
            if !text.is_empty() {
                read(line, text, draft);
            }
        }
    }
}

/// A byte order mark says so, or every other byte of ASCII text being zero.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [a, b, c, d, ..] => matches!(
            (*a == 0, *b == 0, *c == 0, *d == 0),
            (true, false, true, false) | (false, true, false, true)
        ),
        _ => false,
    }
}

/// The tables of [`CodeOwners`] while they grow.
pub(super) struct Draft {
    code_owners: CodeOwners,
    /// By the owner as written. Never iterated.
    owner_positions: HashMap<Box<str>, u32, FixedState>,
    /// The number of the last list that an owner was added to, by position.
    last_list_of_owner: Vec<u32>,
    owner_lists_begun: u32,
    notes: Vec<Note>,
    further_notes: u32,
    lines_without_effect: u32,
    skipped: Vec<u32>,
}

/// A stretch of the table of owner lists.
pub(super) type OwnerList = Range<u32>;

impl Draft {
    pub fn new(dialect: Dialect) -> Self {
        Self {
            code_owners: CodeOwners {
                dialect,
                rules: Vec::new(),
                sections: Vec::new(),
                owners: Vec::new(),
                owner_lists: Vec::new(),
                pattern_text: String::new(),
                set: PatternSet::new(LetterCase::Sensitive),
            },
            owner_positions: HashMap::default(),
            last_list_of_owner: Vec::new(),
            owner_lists_begun: 0,
            notes: Vec::new(),
            further_notes: 0,
            lines_without_effect: 0,
            skipped: Vec::new(),
        }
    }

    pub fn dialect(&self) -> Dialect {
        self.code_owners.dialect
    }

    pub fn note(&mut self, line: u32, message: impl Into<String>) {
        if self.notes.len() < MOST_NOTES {
            self.notes.push(Note::at(line, message));
        } else {
            self.further_notes = self.further_notes.saturating_add(1);
        }
    }

    pub fn note_on_the_whole(&mut self, message: String) {
        self.notes.push(Note::on_the_whole(message));
    }

    /// Notes a line that is meant as a rule and is none.
    pub fn skip(&mut self, line: u32, message: impl Into<String>) {
        self.lines_without_effect = self.lines_without_effect.saturating_add(1);
        if self.skipped.len() < MOST_NOTES {
            self.skipped.push(line);
        }
        self.note(line, message);
    }

    /// Whether a word names an owner in this dialect.
    pub fn is_owner(&self, word: &str) -> bool {
        self.owner_positions.contains_key(word) || Owner::parse(word, self.dialect()).is_some()
    }

    /// Adds a list of owners, each once, from those words that name one.
    pub fn add_owners<'w>(&mut self, words: impl Iterator<Item = &'w str>) -> OwnerList {
        let start = length(&self.code_owners.owner_lists);
        self.owner_lists_begun = self.owner_lists_begun.saturating_add(1);
        for word in words {
            let Some(position) = self.owner_position(word) else {
                continue;
            };
            let last_list = self
                .last_list_of_owner
                .get_mut(super::code_owners::position(position));
            if let Some(last_list) = last_list
                && *last_list != self.owner_lists_begun
            {
                *last_list = self.owner_lists_begun;
                self.code_owners.owner_lists.push(position);
            }
        }
        start..length(&self.code_owners.owner_lists)
    }

    fn owner_position(&mut self, word: &str) -> Option<u32> {
        if let Some(&position) = self.owner_positions.get(word) {
            return Some(position);
        }
        let owner = Owner::parse(word, self.dialect())?;
        // GitLab reads `(@alice)` as `@alice`, which may be known.
        if let Some(&position) = self.owner_positions.get(owner.as_written()) {
            return Some(position);
        }
        let position = length(&self.code_owners.owners);
        self.owner_positions
            .insert(owner.as_written().into(), position);
        self.code_owners.owners.push(owner);
        self.last_list_of_owner.push(0);
        Some(position)
    }

    /// Adds a rule to a section: 0, or what [`Self::section`] answered.
    pub fn add_rule(
        &mut self,
        line: u32,
        written: &str,
        pattern: &Pattern,
        section: u32,
        decision: Decision,
    ) {
        if written.chars().any(is_invisible) {
            self.note(
                line,
                format!(
                    "the pattern {} holds an invisible character, shown as `\u{fffd}`",
                    quoted(written)
                ),
            );
        }
        let rule = length(&self.code_owners.rules);
        let text_start = length_of_text(&self.code_owners.pattern_text);
        self.code_owners.pattern_text.push_str(written);
        let (excludes, owners) = match decision {
            Decision::Owners(owners) => (false, owners),
            Decision::Exclusion => (true, 0..0),
        };
        // Rules and exclusions of a section must not hide one another.
        let group = section.saturating_mul(2) + u32::from(excludes);
        self.code_owners.set.insert(pattern, group, rule);
        self.code_owners.rules.push(StoredRule {
            line,
            section,
            excludes,
            pattern: text_start..length_of_text(&self.code_owners.pattern_text),
            owners,
        });
    }

    /// The number of a section, which is new or joins the one of its name.
    pub fn section(&mut self, section: Section, known: &mut BTreeMap<String, u32>) -> u32 {
        let key = section.name.to_lowercase();
        let sections = &mut self.code_owners.sections;
        if let Some(&number) = known.get(&key) {
            let index = number.checked_sub(1).map(super::code_owners::position);
            if let Some(first) = index.and_then(|index| sections.get_mut(index)) {
                first.optional &= section.optional;
                first.approvals = first.approvals.max(section.approvals);
            }
            return number;
        }
        sections.push(section);
        let number = length(sections);
        known.insert(key, number);
        number
    }

    pub fn finish(mut self) -> Parsed {
        if self.further_notes > 0 {
            let message = format!("{} more notes are not shown", self.further_notes);
            self.note_on_the_whole(message);
        }
        Parsed {
            owners: self.code_owners,
            notes: self.notes,
            lines_without_effect: self.lines_without_effect,
            skipped: self.skipped,
        }
    }
}

/// What a rule says about the files that it matches.
pub(super) enum Decision {
    Owners(OwnerList),
    Exclusion,
}

/// Splits a rule at the first whitespace that no backslash precedes.
pub(super) fn split_pattern(text: &str) -> (&str, &str) {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() && !escaped {
            return text.split_at(at);
        }
        escaped = c == '\\' && !escaped;
    }
    (text, "")
}

fn length<T>(list: &[T]) -> u32 {
    // Bounded by the largest file read, which fits.
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn length_of_text(text: &str) -> u32 {
    length(text.as_bytes())
}
