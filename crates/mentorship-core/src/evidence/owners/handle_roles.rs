//! Roles told by the shape of a handle: `@alice-steward`, `@jordan-apprentice`.

use super::code_owners::CodeOwners;
use super::owner::Owner;
use crate::evidence::Note;
use crate::evidence::path_patterns::quoted;

/// A role that a handle can carry in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HandleRole {
    /// Answers for the service.
    Steward,
    /// Learns the service.
    Apprentice,
}

/// Which shapes of handles mean which role.
///
/// A pattern is a login with one `*` for the person, compared without regard to
/// ASCII case. The default is `*-steward` and `*-apprentice`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlePatterns {
    patterns: Vec<HandlePattern>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct HandlePattern {
    role: HandleRole,
    prefix: String,
    suffix: String,
}

/// A handle that carries a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleHandle<'a> {
    /// The owner as the file names it.
    pub owner: &'a Owner,
    /// The role by its shape.
    pub role: HandleRole,
    /// The login without the shape: `alice` of `@alice-steward`.
    pub person: &'a str,
}

impl Default for HandlePatterns {
    fn default() -> Self {
        Self::parse(["*-steward"], ["*-apprentice"]).0
    }
}

impl HandlePatterns {
    /// Reads patterns for each role. One without exactly one `*`, or with
    /// nothing but it, is left out with a note.
    pub fn parse<'a>(
        stewards: impl IntoIterator<Item = &'a str>,
        apprentices: impl IntoIterator<Item = &'a str>,
    ) -> (Self, Vec<Note>) {
        let stewards = stewards.into_iter().map(|text| (HandleRole::Steward, text));
        let apprentices = apprentices
            .into_iter()
            .map(|text| (HandleRole::Apprentice, text));
        let mut patterns = Vec::new();
        let mut notes = Vec::new();
        for (role, text) in stewards.chain(apprentices) {
            match HandlePattern::parse(role, text) {
                Some(pattern) => patterns.push(pattern),
                None => notes.push(Note::on_the_whole(format!(
                    "the handle pattern {} is left out: \
                     write a login with one `*` for the person, such as `*-steward`",
                    quoted(text)
                ))),
            }
        }
        (Self { patterns }, notes)
    }

    /// The role and person of an owner, by the first pattern that its login
    /// fits. Teams, addresses and project roles carry none.
    pub fn role_of<'a>(&self, owner: &'a Owner) -> Option<RoleHandle<'a>> {
        let (role, person) = self.of_login(owner.login()?)?;
        Some(RoleHandle {
            owner,
            role,
            person,
        })
    }

    /// The role and person of a login, by the first pattern that it fits.
    pub fn of_login<'a>(&self, login: &'a str) -> Option<(HandleRole, &'a str)> {
        let mut patterns = self.patterns.iter();
        patterns.find_map(|pattern| Some((pattern.role, pattern.person_of(login)?)))
    }
}

impl HandlePattern {
    fn parse(role: HandleRole, text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('@').unwrap_or(text);
        let (prefix, suffix) = text.split_once('*')?;
        let has_second_star = suffix.contains('*');
        let has_only_a_star = prefix.is_empty() && suffix.is_empty();
        let is_useful = !has_second_star && !has_only_a_star;
        is_useful.then(|| Self {
            role,
            prefix: prefix.to_ascii_lowercase(),
            suffix: suffix.to_ascii_lowercase(),
        })
    }

    fn person_of<'a>(&self, login: &'a str) -> Option<&'a str> {
        let end = login.len().checked_sub(self.suffix.len())?;
        let person = login.get(self.prefix.len()..end)?;
        let fits = login
            .get(..self.prefix.len())?
            .eq_ignore_ascii_case(&self.prefix)
            && login.get(end..)?.eq_ignore_ascii_case(&self.suffix);
        (fits && !person.is_empty()).then_some(person)
    }
}

impl CodeOwners {
    /// The handles that carry a role among the owners of some paths, each
    /// once, in the order of first mention.
    ///
    /// Of a service, give the files in its scope: a steward of one directory
    /// is not the steward of its neighbour.
    pub fn handles_by_pattern<'a, 'p>(
        &'a self,
        patterns: &HandlePatterns,
        paths: impl IntoIterator<Item = &'p str>,
    ) -> Vec<RoleHandle<'a>> {
        let mut found: Vec<RoleHandle<'a>> = Vec::new();
        for path in paths {
            for owner in self.of(path).owners {
                let is_known = found.iter().any(|known| known.owner == owner);
                if !is_known && let Some(handle) = patterns.role_of(owner) {
                    found.push(handle);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::owners::Dialect;

    #[test]
    fn handles_carry_roles_and_people() {
        let text =
            b"* @org/team-steward\n/pay/ @alice-Steward @jordan-apprentice @ben\n/x/ @-steward";
        let owners = CodeOwners::parse(text, Dialect::GitHub).owners;
        let patterns = HandlePatterns::default();
        let found: Vec<_> = owners
            .handles_by_pattern(&patterns, ["pay/a.rs", "pay/b.rs", "README.md", "x/y"])
            .iter()
            .map(|handle| (handle.role, handle.person.to_owned()))
            .collect();
        assert_eq!(
            found,
            [
                (HandleRole::Steward, "alice".to_owned()),
                (HandleRole::Apprentice, "jordan".to_owned()),
            ]
        );
    }

    #[test]
    fn a_pattern_names_one_person() {
        let (patterns, notes) = HandlePatterns::parse(["s-*-lead", "*", "steward"], ["@learn_*"]);
        assert_eq!(notes.len(), 2);
        assert_eq!(patterns.patterns.len(), 2);
    }
}
