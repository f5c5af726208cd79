//! What is due to whom, for the notifications of the portal.

use serde::{Deserialize, Serialize};

/// Something that is due to somebody. No sentence names anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reminder {
    /// What it is about.
    pub topic: ReminderTopic,
    /// What tells it from the service's other reminders, now and later: whoever was
    /// told is not to be told again.
    pub id: String,
    /// Entity refs of users, each once, by ref; at least one.
    pub recipients: Vec<String>,
    /// One line.
    pub title: String,
    /// What to do about it.
    pub text: String,
}

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReminderTopic {
    /// The rotation of the steward is due soon, or since lately.
    RotationDue,
    /// A milestone is past its day.
    MilestoneOverdue,
    /// Nothing has moved for long.
    NothingMoved,
}
