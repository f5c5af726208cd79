//! From the text of a CODEOWNERS file to its rules, by the host's dialect.

use super::code_owners::{CodeOwners, Parsed};
use super::dialect::Dialect;
use super::draft::{Draft, Text};
use super::{github, gitlab};

impl CodeOwners {
    /// Reads a file as the host of the dialect does. Lines that the host would
    /// not understand are skipped and noted.
    pub fn parse(text: &[u8], dialect: Dialect) -> Parsed {
        let mut draft = Draft::new(dialect);
        if let Some(text) = Text::readable(text, dialect, &mut draft) {
            match dialect {
                Dialect::GitHub | Dialect::Bitbucket => github::read(&text, &mut draft),
                Dialect::GitLab => gitlab::read(&text, &mut draft),
            }
        }
        draft.finish()
    }
}
