//! Reads what people write about a service.
//!
//! A mentorship plan, a runbook, a decision record: each is text in one of many
//! shapes, and becomes a value together with located [`Note`]s. Reading never fails.
//!
//! These readers are a crate of their own since they run once for each changed file:
//! they are compiled for size, the judgement of 100,000 services for speed.

pub mod by_name;
pub mod catalog_file;
pub mod change;
pub mod civil_date;
pub mod documents;
pub mod ordering;
pub mod plan;
pub mod yaml;

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
