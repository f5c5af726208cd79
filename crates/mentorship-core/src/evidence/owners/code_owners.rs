//! A CODEOWNERS file, compiled: rules in file order and the answer for a path.

use std::collections::BTreeSet;
use std::ops::Range;

use super::dialect::Dialect;
use super::owner::Owner;
use crate::evidence::Note;
use crate::evidence::path_patterns::PatternSet;
use mentorship_texts::ordering::sort_by_key;

/// The rules of a CODEOWNERS file, compiled once and asked for many paths.
///
/// The rules are kept as positions in shared tables, because a file can have a
/// million of them.
#[derive(Debug, Clone)]
pub struct CodeOwners {
    pub(super) dialect: Dialect,
    pub(super) rules: Vec<StoredRule>,
    pub(super) sections: Vec<Section>,
    /// Every owner once, in the order of first mention.
    pub(super) owners: Vec<Owner>,
    /// Positions in `owners`, one stretch a rule.
    pub(super) owner_lists: Vec<u32>,
    /// The patterns of all rules, end to end.
    pub(super) pattern_text: String,
    pub(super) set: PatternSet,
}

/// What came of reading a CODEOWNERS file.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The rules that were understood.
    pub owners: CodeOwners,
    /// What the file's authors should know, by line. At most 1,000 are kept; a
    /// last one without a line counts the rest.
    pub notes: Vec<Note>,
    /// How many lines are meant as rules and have no effect on the host.
    pub lines_without_effect: u32,
    /// Those lines, counted from 1, ascending; the first 1,000.
    pub skipped: Vec<u32>,
}

/// One rule of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule<'a> {
    /// Line in the file, counted from 1.
    pub line: u32,
    /// The pattern as written, without the `!` of an exclusion.
    pub pattern: &'a str,
    /// The owners in file order, those of the section where the line has none.
    pub owners: Vec<&'a Owner>,
    /// The section, on GitLab; the lines before the first heading have none.
    pub section: Option<&'a Section>,
    /// Whether matching files need no owner in this section (`!` on GitLab).
    pub excludes: bool,
}

/// A section of a GitLab file. Headings of one name are one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The name as the first heading writes it.
    pub name: String,
    /// Whether approval is optional: every heading of this name says so.
    pub optional: bool,
    /// Approvals needed, at least 1: the largest number that a heading asks.
    pub approvals: u32,
}

/// Who owns one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ownership<'a> {
    /// Owned, deliberately unowned, or not mentioned.
    pub state: OwnershipState,
    /// The owners in file order, each once.
    pub owners: Vec<&'a Owner>,
    /// The lines that decide, ascending: one, and on GitLab one a section.
    pub lines: Vec<u32>,
}

/// Whether a path has owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OwnershipState {
    /// A rule names owners for it.
    Owned,
    /// A rule matches and names nobody, or excludes the path.
    Unowned,
    /// No rule matches.
    Unmatched,
}

#[derive(Debug, Clone)]
pub(super) struct StoredRule {
    pub line: u32,
    pub section: u32,
    pub excludes: bool,
    /// Within `pattern_text`.
    pub pattern: Range<u32>,
    /// Within `owner_lists`.
    pub owners: Range<u32>,
}

impl CodeOwners {
    /// Who owns a path, given from the root of the repository with `/` between
    /// its segments.
    pub fn of(&self, path: &str) -> Ownership<'_> {
        match self.dialect {
            Dialect::GitHub | Dialect::Bitbucket => self.decided_by(self.last_match(path)),
            Dialect::GitLab => self.united(path),
        }
    }

    /// The rules in file order.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = Rule<'_>> {
        self.rules.iter().map(|rule| self.rule(rule))
    }

    /// How many rules have owners.
    pub fn rules_with_owners(&self) -> usize {
        let with_owners = self.rules.iter().filter(|rule| !rule.owners.is_empty());
        with_owners.count()
    }

    /// The rule on a line.
    pub fn rule_on(&self, line: u32) -> Option<Rule<'_>> {
        let place = self.rules.binary_search_by_key(&line, |rule| rule.line);
        Some(self.rule(self.rules.get(place.ok()?)?))
    }

    /// The first line that names an owner.
    pub fn first_line_of(&self, owner: &Owner) -> Option<u32> {
        let place = self.owners.iter().position(|other| other == owner)?;
        let names = |rule: &&StoredRule| {
            let mut owners = self.owner_list(rule).iter();
            owners.any(|&other| position(other) == place)
        };
        self.rules.iter().find(names).map(|rule| rule.line)
    }

    fn rule(&self, rule: &StoredRule) -> Rule<'_> {
        let pattern = self.pattern_text.get(positions(&rule.pattern));
        Rule {
            line: rule.line,
            pattern: pattern.unwrap_or_default(),
            owners: self.owners_of(rule).collect(),
            section: self.section(rule),
            excludes: rule.excludes,
        }
    }

    /// Every owner that a rule names, once, in the order of first mention.
    pub fn owners(&self) -> &[Owner] {
        &self.owners
    }

    /// The host whose rules the file follows.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn last_match(&self, path: &str) -> Option<&StoredRule> {
        let mut last: Option<u32> = None;
        self.set
            .for_each_match(path, |rule| last = last.max(Some(rule)));
        self.rules.get(position(last?))
    }

    fn decided_by(&self, rule: Option<&StoredRule>) -> Ownership<'_> {
        let Some(rule) = rule else {
            return Ownership::unmatched();
        };
        Ownership::of(self.owners_of(rule).collect(), vec![rule.line])
    }

    /// The last matching rule of each section, unless one of the section's
    /// exclusions matches; then all sections united.
    fn united(&self, path: &str) -> Ownership<'_> {
        let mut matching: Vec<&StoredRule> = Vec::new();
        self.set
            .for_each_match(path, |rule| matching.extend(self.rules.get(position(rule))));
        sort_by_key(&mut matching, |rule| {
            (rule.section, rule.excludes, rule.line)
        });

        let mut deciding: Vec<&StoredRule> = Vec::new();
        for rule in matching {
            // The last of a section is its last exclusion, else its last rule.
            match deciding.last_mut() {
                Some(last) if last.section == rule.section => *last = rule,
                _ => deciding.push(rule),
            }
        }
        if deciding.is_empty() {
            return Ownership::unmatched();
        }
        if deciding.iter().any(|rule| !rule.owners.is_empty()) {
            deciding.retain(|rule| !rule.owners.is_empty());
        }
        let mut seen = BTreeSet::new();
        let owners = deciding
            .iter()
            .flat_map(|rule| self.owner_list(rule))
            .filter(|owner| seen.insert(**owner))
            .filter_map(|owner| self.owners.get(position(*owner)))
            .collect();
        let mut lines: Vec<u32> = deciding.iter().map(|rule| rule.line).collect();
        lines.sort_unstable();
        Ownership::of(owners, lines)
    }

    fn owners_of(&self, rule: &StoredRule) -> impl Iterator<Item = &Owner> {
        self.owner_list(rule)
            .iter()
            .filter_map(|owner| self.owners.get(position(*owner)))
    }

    /// Positions of a rule's owners, each once.
    fn owner_list(&self, rule: &StoredRule) -> &[u32] {
        self.owner_lists
            .get(positions(&rule.owners))
            .unwrap_or_default()
    }

    /// Section 0 holds the lines before the first heading.
    fn section(&self, rule: &StoredRule) -> Option<&Section> {
        self.sections.get(position(rule.section.checked_sub(1)?))
    }
}

impl<'a> Ownership<'a> {
    fn of(owners: Vec<&'a Owner>, lines: Vec<u32>) -> Self {
        let state = match owners.is_empty() {
            true => OwnershipState::Unowned,
            false => OwnershipState::Owned,
        };
        Self {
            state,
            owners,
            lines,
        }
    }

    fn unmatched() -> Self {
        Self {
            state: OwnershipState::Unmatched,
            owners: Vec::new(),
            lines: Vec::new(),
        }
    }
}

pub(super) fn position(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

fn positions(range: &Range<u32>) -> Range<usize> {
    position(range.start)..position(range.end)
}
