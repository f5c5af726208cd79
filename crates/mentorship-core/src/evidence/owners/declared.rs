//! The owners that a repository declares, whichever of the two ways it uses: one
//! CODEOWNERS file, or OWNERS files in its directories.

use std::cell::RefCell;

use super::code_owners::{CodeOwners, OwnershipState};
use super::kubernetes::OwnersTree;
use super::owner::Owner;

/// Owners as a repository declares them.
#[derive(Debug)]
pub enum DeclaredOwners {
    /// In a file of the code host.
    File(Box<CodeOwners>),
    /// In OWNERS files; asking extends the tables of their filters.
    Tree(RefCell<OwnersTree>),
}

/// Who owns one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredOwnership {
    /// Owned, deliberately unowned, or not mentioned.
    pub state: OwnershipState,
    /// The owners, each once; of OWNERS files those who approve.
    pub owners: Vec<Owner>,
    /// What decides.
    pub decided_by: DecidedBy,
}

/// What decides who owns a path; nothing where nothing matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecidedBy {
    /// Lines of the CODEOWNERS file, ascending.
    Lines(Vec<u32>),
    /// OWNERS files, the nearest first.
    Files(Vec<String>),
}

impl DeclaredOwners {
    /// Who owns a path, given from the root of the repository.
    pub fn of(&self, path: &str) -> DeclaredOwnership {
        match self {
            Self::File(owners) => {
                let ownership = owners.of(path);
                DeclaredOwnership {
                    state: ownership.state,
                    owners: ownership.owners.into_iter().cloned().collect(),
                    decided_by: DecidedBy::Lines(ownership.lines),
                }
            }
            Self::Tree(tree) => match tree.try_borrow_mut() {
                Ok(mut tree) => {
                    let ownership = tree.of(path);
                    DeclaredOwnership {
                        state: ownership.state,
                        owners: ownership.approvers,
                        decided_by: DecidedBy::Files(ownership.files),
                    }
                }
                // Only a question within a question comes here, and none is asked.
                Err(_) => DeclaredOwnership {
                    state: OwnershipState::Unmatched,
                    owners: Vec::new(),
                    decided_by: DecidedBy::Files(Vec::new()),
                },
            },
        }
    }
}
