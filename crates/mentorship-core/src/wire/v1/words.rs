//! Sentences as typed parts, so that a page can draw a person or a date as such.

use serde::{Deserialize, Serialize};

/// A sentence of the core, part by part, in reading order. Joining the `text`
/// of all parts gives the sentence in plain text.
pub type Words = Vec<Part>;

/// One part of a sentence. Every part carries the `text` that stands for it
/// where nothing better can be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Part {
    /// Plain words.
    Text {
        /// The words.
        text: String,
    },
    /// A person, only ever present for readers who may see the name.
    Person {
        /// The display name, or what the evidence says where nobody maps to it.
        text: String,
        /// The User entity; absent where nobody maps to the name.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        entity_ref: Option<String>,
    },
    /// A number with its noun.
    Count {
        /// Number and noun: `2 months`.
        text: String,
        /// The number alone.
        value: i32,
    },
    /// A civil day.
    Date {
        /// The day as `YYYY-MM-DD`.
        text: String,
    },
    /// Something to open.
    Link {
        /// The label.
        text: String,
        /// An `http(s)` address, or a path in the service's repository.
        href: String,
    },
}
