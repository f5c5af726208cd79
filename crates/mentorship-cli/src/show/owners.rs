//! Owners of paths.

use std::io;

use mentorship_core::evidence::owners::{DecidedBy, DeclaredOwners, Owner, OwnershipState};
use serde::Serialize;

use super::layout::{self, markdown_table};
use super::text;

/// The answer on one path, for scripts. Fields are only ever added.
#[derive(Debug, Serialize)]
pub struct PathAnswer {
    path: String,
    state: &'static str,
    owners: Vec<String>,
    /// The line that decides, the last one where sections of GitLab are united;
    /// `null` where none matches.
    line: Option<u32>,
    /// All lines that decide.
    lines: Vec<u32>,
    /// The OWNERS files that decide, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
}

/// Who owns each path.
pub fn answer(owners: &DeclaredOwners, paths: &[String]) -> Vec<PathAnswer> {
    let answer = |path: &String| {
        let ownership = owners.of(path.trim_start_matches("./").trim_start_matches('/'));
        let (lines, files) = match ownership.decided_by {
            DecidedBy::Lines(lines) => (lines, Vec::new()),
            DecidedBy::Files(files) => (Vec::new(), files),
        };
        PathAnswer {
            path: path.clone(),
            state: match ownership.state {
                OwnershipState::Owned => "owned",
                OwnershipState::Unowned => "unowned",
                OwnershipState::Unmatched => "unmatched",
            },
            owners: ownership
                .owners
                .iter()
                .map(Owner::as_written)
                .map(str::to_owned)
                .collect(),
            line: lines.last().copied(),
            lines,
            files,
        }
    };
    paths.iter().map(answer).collect()
}

const HEADER: [&str; 4] = ["Path", "State", "Line", "Owners"];

fn row(answer: &PathAnswer) -> Vec<String> {
    let mut lines: Vec<String> = answer.lines.iter().map(u32::to_string).collect();
    lines.extend(answer.files.iter().take(1).cloned());
    vec![
        answer.path.clone(),
        answer.state.to_owned(),
        lines.join(", "),
        answer.owners.join(" "),
    ]
}

/// Writes the answers for people at a terminal.
///
/// # Errors
/// Where standard output cannot be written.
pub fn table(answers: &[PathAnswer]) -> io::Result<()> {
    text(&format!(
        "{}\n",
        layout::table(&HEADER, answers.iter().map(row))
    ))
}

/// Writes the answers in Markdown.
///
/// # Errors
/// Where standard output cannot be written.
pub fn markdown(answers: &[PathAnswer]) -> io::Result<()> {
    text(&markdown_table(&HEADER, answers.iter().map(row)))
}
