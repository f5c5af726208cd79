//! Evidence: text as it was found, understood into values with provenance.
//!
//! Parsing never fails. A parser returns what it understood and located
//! [`Note`]s about what it did not.

pub mod introductions;
pub mod operations;
pub mod owners;
pub mod path_patterns;
pub mod repository;

pub use mentorship_catalog as catalog;
pub use mentorship_texts::change::{self, Change};
pub use mentorship_texts::{Located, Note, Parsed, documents, plan};

/// The four states of evidence. They are never folded into one another:
/// ignorance about us is not a fact about a service.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Collected<T> {
    /// Looked for and there.
    Found(T),
    /// Looked for and not there: a fact about the service.
    Missing,
    /// Not looked for: a fact about this installation.
    #[default]
    NotCollected,
    /// Looked for, and the looking failed.
    Failed {
        /// Why, in one sentence without secrets.
        reason: String,
        /// The last good evidence, which is stale now.
        last_good: Option<T>,
    },
}

impl<T> Collected<T> {
    /// The same evidence, borrowed.
    pub fn as_ref(&self) -> Collected<&T> {
        match self {
            Self::Found(value) => Collected::Found(value),
            Self::Missing => Collected::Missing,
            Self::NotCollected => Collected::NotCollected,
            Self::Failed { reason, last_good } => Collected::Failed {
                reason: reason.clone(),
                last_good: last_good.as_ref(),
            },
        }
    }

    /// What is made of the evidence at hand, in the same state.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Collected<U> {
        match self {
            Self::Found(value) => Collected::Found(make(value)),
            Self::Missing => Collected::Missing,
            Self::NotCollected => Collected::NotCollected,
            Self::Failed { reason, last_good } => Collected::Failed {
                reason,
                last_good: last_good.map(make),
            },
        }
    }

    /// The evidence at hand, stale or fresh.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Found(value) => Some(value),
            Self::Failed { last_good, .. } => last_good.as_ref(),
            Self::Missing | Self::NotCollected => None,
        }
    }
}
