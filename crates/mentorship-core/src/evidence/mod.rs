//! Evidence: text as it was found, understood into values with provenance.
//!
//! Parsing never fails. A parser returns what it understood and located
//! [`Note`]s about what it did not.

pub mod catalog;
pub mod documents;
pub mod history;
pub mod owners;
pub mod path_patterns;
pub mod plan;
pub mod repository;

/// The four states of evidence. They are never folded into one another:
/// ignorance about us is not a fact about a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Collected<T> {
    /// Looked for and there.
    Found(T),
    /// Looked for and not there: a fact about the service.
    Missing,
    /// Not looked for: a fact about this installation.
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
    /// The evidence at hand, stale or fresh.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Found(value) => Some(value),
            Self::Failed { last_good, .. } => last_good.as_ref(),
            Self::Missing | Self::NotCollected => None,
        }
    }
}

/// What a parser understood, and what its reader should know besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// What was understood; as empty as the text is unintelligible.
    pub value: T,
    /// What was not, in the order of the lines; notes on the whole come first.
    pub notes: Vec<Note>,
}

/// A value together with the line that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// What is said.
    pub value: T,
    /// Line in the text, counted from 1.
    pub line: u32,
}

impl<T> Located<T> {
    /// A value said on a line, counted from 1.
    pub fn at(line: u32, value: T) -> Self {
        Self { value, line }
    }
}

/// Something in a piece of evidence that its reader should know: what was not
/// understood, contradicts itself or looks wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line in the text, counted from 1; `None` where the note is on the whole.
    pub line: Option<u32>,
    /// One lower-case sentence without a full stop, the input in backticks.
    pub message: String,
}

impl Note {
    /// A note on one line, counted from 1.
    pub fn at(line: u32, message: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            message: message.into(),
        }
    }

    /// A note on the whole document.
    pub fn on_the_whole(message: impl Into<String>) -> Self {
        Self {
            line: None,
            message: message.into(),
        }
    }
}
