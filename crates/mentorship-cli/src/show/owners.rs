//! Owners of paths, and pairs of owners on critical ones.

use std::io;

use mentorship_core::evidence::owners::{
    CriticalPath, DecidedBy, DeclaredOwners, Lacks, Owner, OwnershipState, Pairing,
};
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
            state: state(ownership.state),
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

fn state(state: OwnershipState) -> &'static str {
    match state {
        OwnershipState::Owned => "owned",
        OwnershipState::Unowned => "unowned",
        OwnershipState::Unmatched => "unmatched",
    }
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

/// The answer on one critical path, for scripts. Fields are only ever added.
#[derive(Debug, Serialize)]
pub struct PairingAnswer {
    pattern: String,
    /// How many files match.
    files: usize,
    /// `paired`, `unpaired` or `no-files`.
    pairing: &'static str,
    /// The files that lack a steward or an apprentice.
    unpaired: Vec<Unpaired>,
}

/// A file whose owners are not a pair.
#[derive(Debug, Serialize)]
struct Unpaired {
    path: String,
    /// `steward`, `apprentice` or `both`.
    lacks: &'static str,
    state: &'static str,
    /// All lines that decide.
    lines: Vec<u32>,
    /// The OWNERS files that decide, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
}

/// Whether each critical path is owned by a steward and an apprentice; `patterns` is the
/// list that the places of `found` are in.
pub fn pairing(patterns: &[String], found: &[CriticalPath<'_>]) -> Vec<PairingAnswer> {
    let answer = |path: &CriticalPath<'_>| {
        let unpaired = path.unpaired.iter().map(|file| {
            let (lines, files) = match file.decided_by.clone() {
                DecidedBy::Lines(lines) => (lines, Vec::new()),
                DecidedBy::Files(files) => (Vec::new(), files),
            };
            Unpaired {
                path: file.path.to_owned(),
                lacks: match file.lacks {
                    Lacks::Steward => "steward",
                    Lacks::Apprentice => "apprentice",
                    Lacks::Both => "both",
                },
                state: state(file.state),
                lines,
                files,
            }
        });
        PairingAnswer {
            pattern: patterns.get(path.pattern).cloned().unwrap_or_default(),
            files: path.files,
            pairing: match path.pairing() {
                Pairing::Paired => "paired",
                Pairing::Unpaired => "unpaired",
                Pairing::NoFiles => "no-files",
            },
            unpaired: unpaired.collect(),
        }
    };
    found.iter().map(answer).collect()
}

const PAIRING_HEADER: [&str; 4] = ["Critical path", "Pair", "Files", "Lacking"];
/// What people read; scripts get all.
const MOST_FILES_TOLD: usize = 3;

fn pairing_row(answer: &PairingAnswer) -> Vec<String> {
    let told = answer.unpaired.iter().take(MOST_FILES_TOLD);
    let mut lacking: Vec<String> = told
        .map(|file| format!("{}: {}", file.lacks, file.path))
        .collect();
    let more = answer.unpaired.len().saturating_sub(MOST_FILES_TOLD);
    if more > 0 {
        lacking.push(format!("and {more} more"));
    }
    vec![
        answer.pattern.clone(),
        answer.pairing.to_owned(),
        answer.files.to_string(),
        lacking.join("\n"),
    ]
}

/// Writes the answers on critical paths for people at a terminal.
///
/// # Errors
/// Where standard output cannot be written.
pub fn pairing_table(answers: &[PairingAnswer]) -> io::Result<()> {
    if answers.is_empty() {
        return text("No file here matches a critical path.\n");
    }
    text(&format!(
        "{}\n",
        layout::table(&PAIRING_HEADER, answers.iter().map(pairing_row))
    ))
}

/// Writes the answers on critical paths in Markdown.
///
/// # Errors
/// Where standard output cannot be written.
pub fn pairing_markdown(answers: &[PairingAnswer]) -> io::Result<()> {
    let row = |answer| {
        let mut row = pairing_row(answer);
        for cell in &mut row {
            *cell = cell.replace('\n', "; ");
        }
        row
    };
    text(&markdown_table(&PAIRING_HEADER, answers.iter().map(row)))
}
