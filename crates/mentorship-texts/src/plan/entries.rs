//! Statements: wrapped items are one, and so are the rows of a table.

use crate::documents::inline::{self, Inline};
use crate::documents::outline::{Block, Outline};
use crate::plan::vocabulary::{self, Topic};
use crate::plan::walker::split_label;

/// What one statement of the document consists of.
pub(super) struct Entry {
    pub(super) line: u32,
    pub(super) kind: EntryKind,
}

pub(super) enum EntryKind {
    Heading {
        level: u8,
        text: Inline,
    },
    Item {
        depth: usize,
        done: Option<bool>,
        text: Inline,
    },
    Paragraph {
        text: Inline,
    },
    Table {
        rows: Vec<Row>,
    },
}

/// A row of a table.
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) header: bool,
    pub(super) cells: Vec<Inline>,
}

/// Joins wrapped items and the rows of a table; code is not read.
pub(super) fn entries(outline: &Outline<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut table_open = None;
    for line in &outline.lines {
        let number = line.number;
        let text = |markup: &str| inline::read(markup, &outline.references);
        let kind = match line.block {
            Block::Code { .. } => continue,
            Block::Heading { level } => EntryKind::Heading {
                level,
                text: text(&line.markup),
            },
            Block::Item { depth, done, .. } => EntryKind::Item {
                depth,
                done,
                text: text(&line.markup),
            },
            Block::Paragraph { .. } => EntryKind::Paragraph {
                text: text(&line.markup),
            },
            Block::Continuation { lazy } => {
                let further = text(&line.markup);
                let labelled = split_label(&further).is_some();
                let opens = lazy && vocabulary::topic(&further.text) != Topic::Other;
                match entries.last_mut().map(|entry| &mut entry.kind) {
                    Some(EntryKind::Item { text, .. }) if !labelled && !opens => {
                        text.extend(&further);
                        continue;
                    }
                    Some(EntryKind::Item { depth, .. }) if labelled && !lazy => {
                        let depth = *depth + 1;
                        EntryKind::Item {
                            depth,
                            done: None,
                            text: further,
                        }
                    }
                    _ => EntryKind::Paragraph { text: further },
                }
            }
            Block::Row { table, header } => {
                let row = Row {
                    line: number,
                    header,
                    cells: line.cells().into_iter().map(text).collect(),
                };
                match entries.last_mut().map(|entry| &mut entry.kind) {
                    Some(EntryKind::Table { rows }) if table_open == Some(table) => {
                        rows.push(row);
                        continue;
                    }
                    _ => {
                        table_open = Some(table);
                        EntryKind::Table { rows: vec![row] }
                    }
                }
            }
        };
        entries.push(Entry { line: number, kind });
    }
    entries
}
