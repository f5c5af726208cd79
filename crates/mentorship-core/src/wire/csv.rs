//! CSV, one row a service: RFC 4180, CRLF, UTF-8, text that no spreadsheet
//! takes for a formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::v1::{AssessmentRow, ReadingName, ServiceLoss, WhatIf};

/// The columns in their order; new ones come at the end only.
pub const COLUMNS: [&str; 31] = [
    "as_of",
    "entity_ref",
    "title",
    "kind",
    "type",
    "lifecycle",
    "tier",
    "owner",
    "system",
    "level",
    "score",
    "coverage",
    "mentorship_status",
    "apprentices",
    "milestones_done",
    "milestones_total",
    "next_milestone_due",
    "steward",
    "steward_since",
    "steward_age_days",
    "rotation_state",
    "rotation_due",
    "bus_factor",
    "bus_factor_basis",
    "bus_factor_verdict",
    "bus_factor_declared",
    "bus_factor_authorship",
    "bus_factor_recent",
    "contributor_absence_factor",
    "failed_rules",
    "unknown_rules",
];

/// The header line with its line end.
pub fn header() -> String {
    line(&COLUMNS.map(|column| Cell::Text(column.to_owned())))
}

/// A service's line with its line end. What is unknown is empty.
pub fn row(row: &AssessmentRow) -> String {
    line(&[
        Cell::text(&row.as_of),
        Cell::text(&row.entity_ref),
        Cell::text(&row.title),
        Cell::text(&row.kind),
        Cell::optional(row.entity_type.as_ref()),
        Cell::optional(row.lifecycle.as_ref()),
        Cell::number(row.tier),
        Cell::optional(row.owner.as_ref()),
        Cell::optional(row.system.as_ref()),
        Cell::text(row.level.as_str()),
        Cell::number(row.score),
        Cell::number(row.coverage),
        Cell::text(row.mentorship_status.as_str()),
        Cell::number(row.apprentices),
        Cell::number(row.milestones_done),
        Cell::number(row.milestones_total),
        Cell::optional(row.next_milestone_due.as_ref()),
        Cell::optional(row.steward.as_ref()),
        Cell::optional(row.steward_since.as_ref()),
        Cell::number(row.steward_age_days),
        Cell::text(row.rotation_state.as_str()),
        Cell::optional(row.rotation_due.as_ref()),
        Cell::number(row.bus_factor),
        Cell::optional(row.bus_factor_basis.map(|basis| basis.as_str())),
        Cell::text(row.bus_factor_verdict.as_str()),
        Cell::number(row.bus_factor_declared),
        Cell::number(row.bus_factor_authorship),
        Cell::number(row.bus_factor_recent),
        Cell::number(row.contributor_absence_factor),
        Cell::text(row.failed_rules.join(";")),
        Cell::text(row.unknown_rules.join(";")),
    ])
}

/// The columns of what services lose when people leave.
pub const WHAT_IF_COLUMNS: [&str; 21] = [
    "as_of",
    "entity_ref",
    "title",
    "tier",
    "level_from",
    "level_to",
    "score_from",
    "score_to",
    "bus_factor_from",
    "bus_factor_to",
    "declared_from",
    "declared_to",
    "authorship_from",
    "authorship_to",
    "recent_from",
    "recent_to",
    "vacated_roles",
    "files_orphaned",
    "directories_orphaned",
    "critical_paths_orphaned",
    "successors",
];

/// What services lose, the worst first, with the header line. A reading that
/// does not fall is empty; successors are refs, names where there is none.
pub fn what_if(answer: &WhatIf) -> String {
    let mut text = line(&WHAT_IF_COLUMNS.map(|column| Cell::Text(column.to_owned())));
    for loss in &answer.services {
        text.push_str(&service_loss(&answer.as_of, loss));
    }
    text
}

fn service_loss(as_of: &str, loss: &ServiceLoss) -> String {
    let reading = |name: ReadingName| {
        let mut readings = loss.readings.iter();
        let fall = readings.find(|fall| fall.name == name);
        let from = Cell::number(fall.map(|fall| fall.from));
        (from, Cell::number(fall.and_then(|fall| fall.to)))
    };
    let (declared_from, declared_to) = reading(ReadingName::Declared);
    let (authorship_from, authorship_to) = reading(ReadingName::Authorship);
    let (recent_from, recent_to) = reading(ReadingName::Recent);
    let vacated: Vec<&str> = loss.vacated.iter().map(|role| role.as_str()).collect();
    let paths = loss.critical_paths.iter();
    let critical: Vec<&str> = paths.map(|lost| lost.path.as_str()).collect();
    let directories = loss.directories.iter();
    let directories: Vec<&str> = directories.map(|lost| lost.path.as_str()).collect();
    let successors = loss.successors.iter();
    let successors: Vec<&str> = successors
        .map(|next| next.entity_ref.as_deref().unwrap_or(&next.name))
        .collect();
    line(&[
        Cell::text(as_of),
        Cell::text(&loss.entity_ref),
        Cell::text(&loss.title),
        Cell::number(loss.tier),
        Cell::text(loss.level_from.as_str()),
        Cell::text(loss.level_to.as_str()),
        Cell::number(loss.score_from),
        Cell::number(loss.score_to),
        Cell::number(loss.bus_factor_from),
        Cell::number(loss.bus_factor_to),
        declared_from,
        declared_to,
        authorship_from,
        authorship_to,
        recent_from,
        recent_to,
        Cell::text(vacated.join(";")),
        Cell::Number(i64::from(loss.files)),
        Cell::text(directories.join(";")),
        Cell::text(critical.join(";")),
        Cell::text(successors.join(";")),
    ])
}

enum Cell {
    Text(String),
    Number(i64),
    Empty,
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn optional(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    fn number(number: Option<impl Into<i64>>) -> Self {
        number.map_or(Self::Empty, |number| Self::Number(number.into()))
    }

    fn written(&self) -> String {
        match self {
            Self::Text(text) if looks_like_a_formula(text) => format!("'{text}"),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Empty => String::new(),
        }
    }
}

/// Whether a spreadsheet might calculate the text: its first non-blank
/// character opens a formula, in full width too (OWASP, "CSV Injection").
fn looks_like_a_formula(text: &str) -> bool {
    let opens = |character: char| {
        matches!(
            character,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'
        )
    };
    text.starts_with(opens) || text.trim_start().starts_with(opens)
}

fn line(cells: &[Cell]) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer(Vec::new());
    // Writing to memory cannot fail, and what is written is UTF-8.
    let written = writer.write_record(cells.iter().map(Cell::written)).is_ok();
    let bytes = writer.into_inner().unwrap_or_default();
    debug_assert!(written);
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Cell, header, line};

    #[test]
    fn the_header_names_the_columns_of_the_contract() {
        assert_eq!(header(), format!("{}\r\n", COLUMNS.join(",")));
    }

    #[test]
    fn text_is_quoted_where_it_must_be_and_never_a_formula() {
        let cells = [
            "a,b",
            "say \"hi\"",
            "=1+1",
            " @x",
            "\u{ff1d}1",
            "-5",
            "two\nlines",
        ]
        .map(Cell::text);
        assert_eq!(
            line(&cells),
            "\"a,b\",\"say \"\"hi\"\"\",'=1+1,' @x,'\u{ff1d}1,'-5,\"two\nlines\"\r\n"
        );
        assert_eq!(
            line(&[Cell::Number(-5), Cell::Empty, Cell::text("x")]),
            "-5,,x\r\n"
        );
    }
}
