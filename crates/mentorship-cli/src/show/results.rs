//! Results of many services: one row each, or everything as wire v1.

use std::cell::RefCell;
use std::io::{self, Write};

use mentorship_core::engine::Engine;
use mentorship_core::wire::csv;
use mentorship_core::wire::v1::render::plain;
use mentorship_core::wire::v1::{AssessmentRow, Level, ResultItem};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::layout::{in_markdown, markdown_table, table};
use super::{ResultFormat, json, text};

/// Services judged at once; a large catalog is never held in memory as a whole.
const SLICE: usize = 500;

/// Writes the results of all services as of a day.
///
/// # Errors
/// Where standard output cannot be written.
pub fn results(engine: &mut Engine, as_of: &str, format: ResultFormat) -> io::Result<()> {
    match format {
        ResultFormat::Json => json(&Results {
            total: engine.service_count(),
            items: RefCell::new(items(engine, as_of)),
        }),
        ResultFormat::Csv => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            out.write_all(csv::header().as_bytes())?;
            for item in items(engine, as_of) {
                out.write_all(item.csv.as_bytes())?;
            }
            out.flush()
        }
        ResultFormat::Table => {
            let rows: Vec<AssessmentRow> = items(engine, as_of).map(|item| item.row).collect();
            text(&format!(
                "{}\n\n{}\n",
                table(&HEADER, rows.iter().map(cells)),
                by_level(&rows)
            ))
        }
        ResultFormat::Markdown => {
            let rows: Vec<AssessmentRow> = items(engine, as_of).map(|item| item.row).collect();
            text(&format!(
                "{}\n{}\n",
                markdown_table(&MARKDOWN_HEADER, rows.iter().map(markdown_cells)),
                in_markdown(&by_level(&rows))
            ))
        }
    }
}

const HEADER: [&str; 6] = [
    "Service",
    "Level",
    "Score",
    "Mentorship",
    "Rotation",
    "Bus factor",
];

fn cells(row: &AssessmentRow) -> Vec<String> {
    vec![
        short(&row.entity_ref).to_owned(),
        row.level.as_str().to_owned(),
        score(row),
        row.mentorship_status.as_str().to_owned(),
        row.rotation_state.as_str().to_owned(),
        bus_factor(row),
    ]
}

const MARKDOWN_HEADER: [&str; 7] = [
    "Service",
    "Level",
    "Score",
    "Mentorship",
    "Rotation",
    "Bus factor",
    "",
];

fn markdown_cells(row: &AssessmentRow) -> Vec<String> {
    let mut cells = cells(row);
    cells.push(plain(&row.headline));
    cells
}

fn score(row: &AssessmentRow) -> String {
    row.score
        .map_or_else(|| "–".to_owned(), |score| score.to_string())
}

/// The number with what it rests on.
fn bus_factor(row: &AssessmentRow) -> String {
    match (row.bus_factor, row.bus_factor_basis) {
        (Some(value), Some(basis)) => format!("{value} {}", basis.as_str()),
        _ => row.bus_factor_verdict.as_str().to_owned(),
    }
}

/// Most services are components of the default namespace.
fn short(entity_ref: &str) -> &str {
    entity_ref
        .strip_prefix("component:default/")
        .unwrap_or(entity_ref)
}

/// How many services stand where, from the lowest level.
fn by_level(rows: &[AssessmentRow]) -> String {
    const ORDER: [Level; 6] = [
        Level::Exposed,
        Level::Developing,
        Level::Covered,
        Level::Resilient,
        Level::Unknown,
        Level::NotEnrolled,
    ];
    let counted = ORDER.map(|level| (level, rows.iter().filter(|row| row.level == level).count()));
    let parts = counted.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(level, count)| format!("{count} {}", level.as_str()))
        .collect();
    let noun = if rows.len() == 1 {
        "service"
    } else {
        "services"
    };
    format!("{} {noun}: {}", rows.len(), parts.join(", "))
}

/// Every service's results in the order of their refs. The day was read before,
/// so that no slice is refused.
fn items<'a>(engine: &'a mut Engine, as_of: &'a str) -> impl Iterator<Item = ResultItem> + 'a {
    let starts = (0..engine.service_count()).step_by(SLICE);
    starts.flat_map(move |start| {
        engine
            .results(as_of, start, SLICE)
            .map(|results| results.items)
            .unwrap_or_default()
    })
}

/// `wire::v1::Results` of any size: the items are made while they are written.
struct Results<I> {
    total: usize,
    items: RefCell<I>,
}

struct Items<'a, I>(&'a RefCell<I>);

impl<I: Iterator<Item = ResultItem>> Serialize for Results<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut results = serializer.serialize_struct("Results", 2)?;
        results.serialize_field("total", &self.total)?;
        results.serialize_field("items", &Items(&self.items))?;
        results.end()
    }
}

impl<I: Iterator<Item = ResultItem>> Serialize for Items<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.borrow_mut().by_ref())
    }
}
