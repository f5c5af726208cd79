//! Documents of a service: what they are, and whether they hold what they should.

use super::Place;
use crate::civil_date::CivilDate;

/// A document in the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFact {
    /// The path in the repository.
    pub path: String,
    /// The title, else the file's name.
    pub title: String,
    /// Where it can be seen.
    pub place: Place,
    /// What stands in it.
    pub content: DocumentContent,
}

/// What stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentContent {
    /// Nobody read it.
    Unread,
    /// A runbook.
    Runbook {
        /// Steps that can be typed.
        commands: u32,
        /// Where the way back is told.
        rollback: Option<Place>,
        /// Links to dashboards and elsewhere.
        links: u32,
        /// When somebody last went over it.
        reviewed_on: Option<DocumentDay>,
    },
    /// A decision record.
    DecisionRecord {
        /// Names of what it lacks of context, decision, consequences and status.
        lacks: Vec<&'static str>,
        /// When it was decided.
        date: Option<DocumentDay>,
    },
    /// A list of recordings.
    Walkthrough,
}

/// A day of a document: the one that it gives itself, else that of its last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentDay {
    /// The day.
    pub date: CivilDate,
    /// Taken from the history rather than written in the document.
    pub of_last_change: bool,
    /// Where it is written, else the document.
    pub place: Place,
}

/// A recorded walkthrough that a document points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingFact {
    /// What the reader of the document sees.
    pub title: String,
    /// Path or address.
    pub target: String,
    /// Where the document says so.
    pub place: Place,
}
