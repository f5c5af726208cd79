//! What services lose when people leave.

use std::io::{self, Write};

use mentorship_core::wire::csv;
use mentorship_core::wire::v1::render::plain;
use mentorship_core::wire::v1::{ServiceLoss, WhatIf};

use super::layout::{self, in_markdown, markdown_table};
use super::{ResultFormat, json, text};

/// Services told one by one below the table; all of them stand in it.
const MOST_TOLD: usize = 10;

/// Writes the answer.
///
/// # Errors
/// Where standard output cannot be written.
pub fn answer(answer: &WhatIf, format: ResultFormat) -> io::Result<()> {
    match format {
        ResultFormat::Json => json(answer),
        ResultFormat::Csv => {
            let mut out = io::stdout().lock();
            out.write_all(csv::what_if(answer).as_bytes())?;
            out.flush()
        }
        ResultFormat::Table => text(&table(answer)),
        ResultFormat::Markdown => text(&markdown(answer)),
    }
}

const HEADER: [&str; 5] = ["Service", "Level", "Bus factor", "Files", "Next in line"];

fn table(answer: &WhatIf) -> String {
    let mut told = layout::paragraph(&plain(&answer.headline), "");
    told.push('\n');
    if answer.services.is_empty() {
        return told;
    }
    told.push_str(&format!(
        "\n{}\n",
        layout::table(&HEADER, answer.services.iter().map(cells))
    ));
    for loss in answer.services.iter().take(MOST_TOLD) {
        told.push_str(&format!("\n{}\n", loss.title));
        told.push_str(&layout::paragraph(&plain(&loss.summary), "  "));
        told.push('\n');
        for line in details(loss) {
            told.push_str(&layout::hanging(&line, "  ", "    "));
            told.push('\n');
        }
    }
    if let Some(more) = answer.services.len().checked_sub(MOST_TOLD + 1) {
        told.push_str(&format!("\nand {} more in the table\n", more + 1));
    }
    told
}

fn markdown(answer: &WhatIf) -> String {
    let mut told = format!("{}\n", in_markdown(&plain(&answer.headline)));
    if answer.services.is_empty() {
        return told;
    }
    told.push_str(&format!(
        "\n{}",
        markdown_table(&HEADER, answer.services.iter().map(cells))
    ));
    for loss in answer.services.iter().take(MOST_TOLD) {
        told.push_str(&format!(
            "\n### {}\n\n{}\n\n",
            in_markdown(&loss.title),
            in_markdown(&plain(&loss.summary))
        ));
        for line in details(loss) {
            told.push_str(&format!("- {}\n", in_markdown(&line)));
        }
    }
    told
}

fn cells(loss: &ServiceLoss) -> Vec<String> {
    let number = |value: Option<u32>| value.map_or("–".to_owned(), |value| value.to_string());
    let level = match loss.level_from == loss.level_to {
        true => loss.level_to.as_str().to_owned(),
        false => format!("{} → {}", loss.level_from.as_str(), loss.level_to.as_str()),
    };
    let next = loss.successors.first();
    vec![
        loss.title.clone(),
        level,
        format!(
            "{} → {}",
            number(loss.bus_factor_from),
            number(loss.bus_factor_to)
        ),
        loss.files.to_string(),
        next.map_or_else(|| "nobody".to_owned(), |next| next.name.clone()),
    ]
}

/// What falls, what is left behind and who could take it, a line each.
fn details(loss: &ServiceLoss) -> Vec<String> {
    let mut lines = Vec::new();
    for fall in &loss.readings {
        let to = fall.to.map_or("–".to_owned(), |to| to.to_string());
        lines.push(format!("{}: {} → {to}", fall.name.as_str(), fall.from));
    }
    for lost in &loss.critical_paths {
        lines.push(format!(
            "critical path {}: {}",
            lost.path,
            files(lost.files)
        ));
    }
    for lost in loss.directories.iter().take(3) {
        let path = match lost.path.as_str() {
            "" => "the whole repository",
            path => path,
        };
        lines.push(format!("{path}: {}", files(lost.files)));
    }
    for next in &loss.successors {
        lines.push(format!("{} {}", next.name, plain(&next.reason)));
    }
    lines
}

fn files(count: u32) -> String {
    match count {
        1 => "1 file".to_owned(),
        _ => format!("{count} files"),
    }
}
