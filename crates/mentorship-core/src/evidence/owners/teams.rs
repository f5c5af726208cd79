//! From owners to people: teams expanded through what the caller knows.

use super::owner::Owner;

/// The people behind some owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People<'a, P> {
    /// Each once, in the order of the owners and of their members.
    pub people: Vec<P>,
    /// Owners of whom the caller knows nobody: not the same as an empty team.
    pub unresolved: Vec<&'a Owner>,
}

/// Puts in place of each owner the people whom `members_of` names.
///
/// It answers the members of a team, the one person of a handle or address,
/// an empty list for a team that has no members, and `None` for whom it does
/// not know.
pub fn expand<'a, P: Clone + Ord>(
    owners: impl IntoIterator<Item = &'a Owner>,
    mut members_of: impl FnMut(&Owner) -> Option<Vec<P>>,
) -> People<'a, P> {
    let mut seen = std::collections::BTreeSet::new();
    let mut people = Vec::new();
    let mut unresolved = Vec::new();
    for owner in owners {
        match members_of(owner) {
            Some(members) => {
                people.extend(
                    members
                        .into_iter()
                        .filter(|person| seen.insert(person.clone())),
                );
            }
            None => unresolved.push(owner),
        }
    }
    People { people, unresolved }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::owners::{CodeOwners, Dialect};

    #[test]
    fn a_team_nobody_knows_is_not_an_empty_team() {
        let text = b"* @org/core @alice @org/empty @org/secret";
        let owners = CodeOwners::parse(text, Dialect::GitHub).owners;
        let expanded = expand(owners.of("a").owners, |owner| match owner.as_written() {
            "@org/core" => Some(vec!["ben", "alice"]),
            "@alice" => Some(vec!["alice"]),
            "@org/empty" => Some(vec![]),
            _ => None,
        });
        assert_eq!(expanded.people, ["ben", "alice"]);
        let unresolved: Vec<_> = expanded
            .unresolved
            .iter()
            .map(|owner| owner.as_written())
            .collect();
        assert_eq!(unresolved, ["@org/secret"]);
    }
}
