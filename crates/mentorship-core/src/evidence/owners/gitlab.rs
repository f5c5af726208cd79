//! GitLab's dialect: sections, default owners, exclusions.

use std::collections::BTreeMap;

use super::code_owners::Section;
use super::draft::{Decision, Draft, OwnerList, Text, split_pattern};
use super::owner::Owner;
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
        let owners = read_owners(line, heading.default_owners(), draft);
        self.default_owners = draft.add_owners(owners);
    }

    fn read_exclusion(&self, line: u32, text: &str, draft: &mut Draft) {
        let (written, _) = split_pattern(text);
        if written.is_empty() {
            draft.note(
                line,
                "`!` alone excludes every file in this section; write the pattern right behind it",
            );
        }
        self.add(line, written, Decision::Exclusion, draft);
    }

    fn read_rule(&self, line: u32, text: &str, draft: &mut Draft) {
        if text.starts_with('[') || text.starts_with("^[") {
            draft.note(
                line,
                "this line is read as a pattern, not as a heading: a `]` is missing",
            );
        }
        let (written, owners_text) = split_pattern(text);
        let owners_text = owners_text.trim();
        let owners = if owners_text.is_empty() {
            self.default_owners.clone()
        } else {
            let owners = read_owners(line, owners_text, draft);
            draft.add_owners(owners)
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
        self.add(line, written, Decision::Owners(owners), draft);
    }

    fn add(&self, line: u32, written: &str, decision: Decision, draft: &mut Draft) {
        match Pattern::parse_floating(written, BracketMeaning::Class) {
            Ok(pattern) => draft.add_rule(line, written, &pattern, self.section, decision),
            Err(error) => {
                let shown = quoted(written);
                draft.skip(line, format!("the pattern {shown} has no effect: {error}"));
            }
        }
    }
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
fn read_owners(line: u32, text: &str, draft: &mut Draft) -> Vec<Owner> {
    let mut owners = Vec::new();
    let mut in_comment = false;
    for word in text.split_whitespace() {
        if word.starts_with('#') && !in_comment {
            in_comment = true;
            draft.note(
                line,
                "GitLab has no comments behind owners: names from `#` on are owners too",
            );
        }
        match Owner::on_gitlab(word) {
            Some(owner) => owners.push(owner),
            None if in_comment => {}
            None => draft.note(
                line,
                format!(
                    "{} is not an owner and is ignored; write `@user`, `@group`, `@@maintainer` or an e-mail address",
                    quoted(word)
                ),
            ),
        }
    }
    owners
}
