//! Whether a steward and an apprentice own each critical path together.
//!
//! To list two owners is not to require both: the hosts ask any one of them.

use std::collections::BTreeSet;

use super::code_owners::CodeOwners;
use super::owner::Owner;
use crate::evidence::path_patterns::PathPatterns;

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
    /// The lines of the CODEOWNERS file that decide; none where none matches.
    pub lines: Vec<u32>,
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

impl CodeOwners {
    /// Asks of every critical path whether a steward and an apprentice own it,
    /// pattern by pattern, in the order of the list.
    ///
    /// `files` is the repository's listing. The two questions are asked once of
    /// each owner; one that stands for a team answers for its members.
    pub fn pairing_of<'p>(
        &self,
        critical: &PathPatterns,
        files: impl IntoIterator<Item = &'p str>,
        mut is_steward: impl FnMut(&Owner) -> bool,
        mut is_apprentice: impl FnMut(&Owner) -> bool,
    ) -> Vec<CriticalPath<'p>> {
        let all = || self.owners().iter();
        let stewards: BTreeSet<&Owner> = all().filter(|owner| is_steward(owner)).collect();
        let apprentices: BTreeSet<&Owner> = all().filter(|owner| is_apprentice(owner)).collect();
        let mut paths: Vec<CriticalPath<'p>> = (0..critical.len())
            .map(|pattern| CriticalPath {
                pattern,
                files: 0,
                unpaired: Vec::new(),
            })
            .collect();
        for file in files {
            let matching = critical.all_matches(file);
            if matching.is_empty() {
                continue;
            }
            let ownership = self.of(file);
            let has =
                |role: &BTreeSet<&Owner>| ownership.owners.iter().any(|owner| role.contains(owner));
            let lacks = match (has(&stewards), has(&apprentices)) {
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
                    lines: ownership.lines.clone(),
                }));
            }
        }
        paths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::owners::Dialect;
    use crate::evidence::path_patterns::LetterCase;

    #[test]
    fn a_pair_is_a_steward_and_an_apprentice_on_every_file() {
        let text = b"/deploy/ @alice-steward @jo-apprentice\n/infra/ @alice-steward @jo-apprentice\n/infra/dns/ @alice-steward\n";
        let owners = CodeOwners::parse(text, Dialect::GitHub).owners;
        let (critical, _) = PathPatterns::parse(
            ["/deploy/", "", "/infra/", "/airflow/dags/", "/db/"],
            LetterCase::Sensitive,
        );
        let found = owners.pairing_of(
            &critical,
            [
                "deploy/a.sh",
                "infra/a.tf",
                "infra/dns/b.tf",
                "db/schema.sql",
                "README.md",
            ],
            |owner| owner.as_written().ends_with("-steward"),
            |owner| owner.as_written().ends_with("-apprentice"),
        );
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
            lines: vec![3],
        };
        assert_eq!(infra, Some((2, vec![dns])));
        let db = found.get(4).and_then(|path| path.unpaired.first().cloned());
        let schema = UnpairedFile {
            path: "db/schema.sql",
            lacks: Lacks::Both,
            lines: vec![],
        };
        assert_eq!(db, Some(schema));
    }
}
