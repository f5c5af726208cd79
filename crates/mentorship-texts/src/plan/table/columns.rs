//! Columns: what the head of a table makes of the cells below it.

use super::Row;
use crate::documents::inline::Inline;
use crate::documents::text::is_one_of;
use crate::plan::person::{self, Names, PersonRef};
use crate::plan::vocabulary::{self, Label};

/// What the cells of a column are.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Column {
    Label(Label),
    /// A person's name.
    Person,
    /// Another way to reach the same person: handle, address.
    Handle,
    /// The name of a role.
    Role,
    Phase,
    /// What a milestone or an entry says.
    Text,
    Link,
    Status,
    Date,
    Kind,
    /// The progress of one apprentice, who heads the column.
    Progress(PersonRef),
    Other,
}

/// `| Steward | @alice |` as head: a label and its value.
pub(super) fn is_pair(columns: &[Column], head: Option<&Row>) -> bool {
    let Some(head) = head else { return false };
    let value = head
        .cells
        .get(1)
        .map(|cell| person::read(cell, Names::Ignored));
    matches!(columns, [Column::Label(_), ..])
        && value.is_some_and(|found| !found.people.is_empty() || !found.placeholders.is_empty())
        && !columns
            .iter()
            .skip(2)
            .any(|column| matches!(column, Column::Label(_)))
}

pub(super) fn is_head(row: &Row) -> bool {
    row.cells.len() > 1
        && columns(row)
            .iter()
            .filter(|column| **column != Column::Other)
            .count()
            > 1
        && !row
            .cells
            .iter()
            .any(|cell| !person::read(cell, Names::Ignored).people.is_empty())
}

pub(super) fn columns(head: &Row) -> Vec<Column> {
    head.cells.iter().map(column).collect()
}

/// What the heads of columns say, each in its wordings.
const HEADS: [(Column, &str); 9] = [
    (
        Column::Person,
        "person|who|name|names|people|engineer|member|assigned to|assignee|by|\
        full name|team member|nombre|nome|nom|quién|wer",
    ),
    (
        Column::Handle,
        "handle|github|github handle|github id|github username|gh|email|e mail|contact|\
        slack|slack handle|github login|github profile|profile|gitlab|login|user|username|ref",
    ),
    (
        Column::Role,
        "role|roles|responsibility|position|level|function",
    ),
    (
        Column::Phase,
        "day|days|week|weeks|month|phase|when|timeline|timeframe|time frame|period|due|\
        checkpoint|window|stage",
    ),
    (
        Column::Text,
        "milestone|milestones|task|tasks|activity|activities|focus|what|description|\
        outcome|details|notes|entry|event|title|item|items|topic|expectation|\
        expectations|what happened|asset|text",
    ),
    (
        Column::Link,
        "deliverable|deliverables|link|links|evidence|url|location|where|artifact|\
        artefact|target|path|proof",
    ),
    (
        Column::Status,
        "status|done|state|complete|completed|progress|ticked",
    ),
    (Column::Date, "date|on|completed on|done on|date completed"),
    (Column::Kind, "kind|type"),
];

fn column(cell: &Inline) -> Column {
    let words = vocabulary::plain_words(&cell.text).join(" ");
    let known = HEADS
        .iter()
        .find(|(_, wordings)| is_one_of(&words, wordings));
    if let Some((column, _)) = known {
        return column.clone();
    }
    match vocabulary::label(&cell.text) {
        Some(label) => Column::Label(label),
        None => {
            let mut found = person::read(cell, Names::Ignored).people;
            match (found.pop(), found.is_empty()) {
                (Some(person), true) => Column::Progress(person),
                _ => Column::Other,
            }
        }
    }
}
