//! What the evidence says of a service that people leave.

use super::Autonomy;
use crate::organisation::Person;

/// What loses its last author.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Orphans {
    /// How many living files.
    pub files: u32,
    /// Some of them, by path.
    pub paths: Vec<String>,
    /// Outermost directories in which everything does, with the files in them.
    pub directories: Vec<(String, u32)>,
    /// Critical paths with the files that do.
    pub critical_paths: Vec<(String, u32)>,
}

/// Somebody who could take over.
#[derive(Debug, Clone, PartialEq)]
pub struct SuccessorFact {
    /// Who.
    pub person: Person,
    /// Whether the person is learning the service, and how far.
    pub learning: Option<Option<Autonomy>>,
    /// Files losing their last author that the person has changed.
    pub lost_files: u32,
    /// Of these, those that the person changed lately.
    pub lost_files_lately: u32,
    /// Files beside them that the person has changed.
    pub neighbouring_files: u32,
}
