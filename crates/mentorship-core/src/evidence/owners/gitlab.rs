//! GitLab's dialect: sections, default owners, exclusions.

use std::collections::BTreeMap;

use super::code_owners::Section;
use super::draft::{Decision, Draft, OwnerList, Text, split_pattern};
use crate::evidence::path_patterns::{BracketMeaning, Pattern, quoted};

pub(super) fn read(text: &Text<'_>, draft: &mut Draft) {
    let mut reader = Reader {
        known_sections: BTreeMap::new(),
        section: 0,
        default_owners: 0..0,
    };
    text.for_each_line(draft, |line, text, draft| {
        if !text.starts_with('#') {
            reader.read_line(line, text, draft);
        }
    });
}

struct Reader {
    /// Numbers of the sections by name in lower case.
    known_sections: BTreeMap<String, u32>,
    section: u32,
    /// The owners on the heading above.
    default_owners: OwnerList,
}

/// What the brackets of a heading say, and what stands behind them.
struct Heading<'a> {
    optional: bool,
    name: &'a str,
    /// `None` without a second pair of brackets.
    approvals: Option<&'a str>,
    rest: &'a str,
}

impl Reader {
    fn read_line(&mut self, line: u32, text: &str, draft: &mut Draft) {
        match Heading::parse(text) {
            Some(heading) => self.open_section(line, &heading, draft),
            None => match text.strip_prefix('!') {
                Some(excluded) => self.read_exclusion(line, excluded, draft),
                None => self.read_rule(line, text, draft),
            },
        }
    }

    fn open_section(&mut self, line: u32, heading: &Heading<'_>, draft: &mut Draft) {
        if heading.name.trim().is_empty() {
            draft.note(
                line,
                "the section has no name; write one between the brackets",
            );
        }
        if heading.optional && heading.approvals.is_some() {
            draft.note(
                line,
                "the number of approvals is ignored, since the section is optional",
            );
        }
        let behind = heading.rest;
        if !behind.is_empty() && !behind.starts_with(char::is_whitespace) {
            draft.note(
                line,
                format!(
                    "this line is read as the heading of a section {}; what follows the `]` is ignored",
                    quoted(heading.name)
                ),
            );
        }
        let approvals = heading.approvals.and_then(|digits| digits.parse().ok());
        let section = Section {
            name: heading.name.to_owned(),
            optional: heading.optional,
            approvals: approvals.unwrap_or(1).max(1),
        };
        self.section = draft.section(section, &mut self.known_sections);
        self.default_owners = add_owners(line, heading.default_owners(), draft);
    }

    fn read_exclusion(&self, line: u32, text: &str, draft: &mut Draft) {
        let (written, _) = split_pattern(text);
        if written.is_empty() {
            draft.note(
                line,
                "`!` alone excludes every file in this section; write the pattern right behind it",
            );
        }
        if let Some(pattern) = parse_pattern(line, written, draft) {
            draft.add_rule(line, written, &pattern, self.section, Decision::Exclusion);
        }
    }

    fn read_rule(&self, line: u32, text: &str, draft: &mut Draft) {
        if text.starts_with('[') || text.starts_with("^[") {
            draft.skip(
                line,
                "this line opens no section, since a `]` is missing, and as a pattern matches nothing",
            );
            return;
        }
        let (written, owners_text) = split_pattern(text);
        let Some(pattern) = parse_pattern(line, written, draft) else {
            return;
        };
        let owners = match owners_text.trim() {
            "" => self.default_owners.clone(),
            words => add_owners(line, words, draft),
        };
        if owners.is_empty() {
            draft.note(
                line,
                format!(
                    "{} has no owner, on the line or by its section, so nobody is asked",
                    quoted(written)
                ),
            );
        }
        let decision = Decision::Owners(owners);
        draft.add_rule(line, written, &pattern, self.section, decision);
    }
}

fn parse_pattern(line: u32, written: &str, draft: &mut Draft) -> Option<Pattern> {
    Pattern::parse_floating(written, BracketMeaning::Class)
        .inspect_err(|error| {
            let shown = quoted(written);
            draft.skip(line, format!("the pattern {shown} has no effect: {error}"));
        })
        .ok()
}

impl<'a> Heading<'a> {
    /// `[Name]`, `^[Name]`, `[Name][2]`. Anything that begins like this is a
    /// heading, a pattern such as `[a-z]*.rb` included.
    fn parse(text: &'a str) -> Option<Self> {
        let (optional, text) = match text.strip_prefix('^') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (name, rest) = text.strip_prefix('[')?.split_once(']')?;
        let approvals = rest
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .filter(|(digits, _)| digits.bytes().all(|byte| byte.is_ascii_digit()));
        Some(Self {
            optional,
            name,
            approvals: approvals.map(|(digits, _)| digits),
            rest: approvals.map_or(rest, |(_, rest)| rest),
        })
    }

    /// The words behind the brackets, up to a character that no owner has; so
    /// a comment can stand behind a heading.
    fn default_owners(&self) -> &'a str {
        if !self.rest.starts_with(char::is_whitespace) {
            return "";
        }
        let is_foreign =
            |c: char| !(c.is_alphanumeric() || c.is_whitespace() || "@_.-/+".contains(c));
        let end = self.rest.find(is_foreign).unwrap_or(self.rest.len());
        self.rest.get(..end).unwrap_or("")
    }
}

/// The owners among some words; the other words are noted and ignored.
fn add_owners(line: u32, text: &str, draft: &mut Draft) -> OwnerList {
    let mut not_owners = text.split_whitespace().filter(|word| !draft.is_owner(word));
    let message = match not_owners.next() {
        None => None,
        Some(word) if word.starts_with('#') => Some(
            "GitLab has no comments behind owners: names from `#` on are owners too".to_owned(),
        ),
        Some(word) => Some(format!(
            "{}{} is not an owner and is ignored; \
             write `@user`, `@group`, `@@maintainer` or an e-mail address",
            quoted(word),
            match not_owners.next() {
                Some(_) => ", like others on this line,",
                None => "",
            }
        )),
    };
    if let Some(message) = message {
        draft.note(line, message);
    }
    draft.add_owners(text.split_whitespace())
}
