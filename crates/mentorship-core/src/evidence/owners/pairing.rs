//! Whether a steward and an apprentice own each critical path together.
//!
//! To list two owners is not to require both: the hosts ask any one of them.

use super::code_owners::OwnershipState;
use super::declared::{DecidedBy, DeclaredOwners};
use super::owner::Owner;
use crate::evidence::path_patterns::PathPatterns;
use mentorship_texts::by_name::ByName;

/// What one pattern of critical paths comes to in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriticalPath<'p> {
    /// The pattern's place in its list, counted from 0.
    pub pattern: usize,
    /// How many files match it.
    pub files: usize,
    /// The files that lack a steward or an apprentice, in the order of the
    /// listing.
    pub unpaired: Vec<UnpairedFile<'p>>,
}

/// A file on a critical path whose owners are not a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnpairedFile<'p> {
    /// The file's path.
    pub path: &'p str,
    /// Whom its owners lack.
    pub lacks: Lacks,
    /// Owned, unowned by a rule that names nobody, or matched by no rule.
    pub state: OwnershipState,
    /// What decides who owns it.
    pub decided_by: DecidedBy,
}

/// Whom the owners of a file lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lacks {
    /// An apprentice owns it, and no steward.
    Steward,
    /// A steward owns it, and no apprentice.
    Apprentice,
    /// Neither owns it.
    Both,
}

/// Whether a critical path is owned in pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pairing {
    /// Every file has a steward and an apprentice among its owners.
    Paired,
    /// Some file lacks one of them.
    Unpaired,
    /// The pattern matches no file, so that there is nothing to own.
    NoFiles,
}

impl CriticalPath<'_> {
    /// The answer for the pattern as a whole.
    pub fn pairing(&self) -> Pairing {
        match (self.files, self.unpaired.is_empty()) {
            (0, _) => Pairing::NoFiles,
            (_, true) => Pairing::Paired,
            (_, false) => Pairing::Unpaired,
        }
    }
}

/// Whom an owner stands for, of the two who make a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PairRoles {
    /// A steward, or a team with one.
    pub steward: bool,
    /// An apprentice, or a team with one.
    pub apprentice: bool,
}

/// Asks of every critical path whether a steward and an apprentice own it,
/// pattern by pattern, in the order of the list.
///
/// `files` are paths from the root of the repository, each with what the
/// patterns are compared with: the path from the service's directory. `roles_of`
/// is asked once of each owner; one that stands for a team answers for its
/// members.
pub fn pairing_of<'p>(
    owners: &DeclaredOwners,
    critical: &PathPatterns,
    files: &[(&'p str, &'p str)],
    roles_of: &mut dyn FnMut(&Owner) -> PairRoles,
) -> Vec<CriticalPath<'p>> {
    let mut known: ByName<PairRoles> = ByName::new();
    let mut paths: Vec<CriticalPath<'p>> = (0..critical.len())
        .map(|pattern| CriticalPath {
            pattern,
            files: 0,
            unpaired: Vec::new(),
        })
        .collect();
    for (file, compared) in files {
        let matching = critical.all_matches(compared);
        if matching.is_empty() {
            continue;
        }
        let ownership = owners.of(file);
        let mut has = PairRoles::default();
        for owner in &ownership.owners {
            let roles = match known.get(owner.as_written()) {
                Some(roles) => **roles,
                None => {
                    let roles = roles_of(owner);
                    known.insert(owner.as_written().to_owned(), Box::new(roles));
                    roles
                }
            };
            has.steward |= roles.steward;
            has.apprentice |= roles.apprentice;
        }
        let lacks = match (has.steward, has.apprentice) {
            (true, true) => None,
            (false, true) => Some(Lacks::Steward),
            (true, false) => Some(Lacks::Apprentice),
            (false, false) => Some(Lacks::Both),
        };
        for pattern in matching {
            let Some(path) = paths.get_mut(pattern) else {
                continue;
            };
            path.files += 1;
            path.unpaired.extend(lacks.map(|lacks| UnpairedFile {
                path: file,
                lacks,
                state: ownership.state,
                decided_by: ownership.decided_by.clone(),
            }));
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::owners::{CodeOwners, Dialect};
    use crate::evidence::path_patterns::LetterCase;

    #[test]
    fn a_pair_is_a_steward_and_an_apprentice_on_every_file() {
        let text = b"/deploy/ @alice-steward @jo-apprentice\n/infra/ @alice-steward @jo-apprentice\n/infra/dns/ @alice-steward\n";
        let owners =
            DeclaredOwners::File(Box::new(CodeOwners::parse(text, Dialect::GitHub).owners));
        let (critical, _) = PathPatterns::parse(
            ["/deploy/", "", "/infra/", "/airflow/dags/", "/db/"],
            LetterCase::Sensitive,
        );
        let files = [
            "deploy/a.sh",
            "infra/a.tf",
            "infra/dns/b.tf",
            "db/schema.sql",
            "README.md",
        ]
        .map(|path| (path, path));
        let found = pairing_of(&owners, &critical, &files, &mut |owner| PairRoles {
            steward: owner.as_written().ends_with("-steward"),
            apprentice: owner.as_written().ends_with("-apprentice"),
        });
        let pairings: Vec<_> = found.iter().map(CriticalPath::pairing).collect();
        assert_eq!(
            pairings,
            [
                Pairing::Paired,
                Pairing::NoFiles,
                Pairing::Unpaired,
                Pairing::NoFiles,
                Pairing::Unpaired,
            ]
        );
        let infra = found.get(2).map(|path| (path.files, path.unpaired.clone()));
        let dns = UnpairedFile {
            path: "infra/dns/b.tf",
            lacks: Lacks::Apprentice,
            state: OwnershipState::Owned,
            decided_by: DecidedBy::Lines(vec![3]),
        };
        assert_eq!(infra, Some((2, vec![dns])));
        let db = found.get(4).and_then(|path| path.unpaired.first().cloned());
        let schema = UnpairedFile {
            path: "db/schema.sql",
            lacks: Lacks::Both,
            state: OwnershipState::Unmatched,
            decided_by: DecidedBy::Lines(vec![]),
        };
        assert_eq!(db, Some(schema));
    }
}
