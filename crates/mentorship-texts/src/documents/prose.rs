//! A document opened: what every reader of a kind begins with.

use super::front_matter::{self, FrontMatter};
use super::inline::{self, Inline, Link};
use super::loose_date;
use super::markup;
use super::outline::{self, Block, Code};
use super::text;
use crate::civil_date::CivilDate;
use crate::{Located, Note};

/// A heading and how deep it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// 1 is the outermost.
    pub level: u8,
    /// Without marks.
    pub title: String,
    /// The heading's line, counted from 1.
    pub line: u32,
}

/// A line with its marks read.
pub(super) struct ReadLine {
    pub(super) number: u32,
    pub(super) block: Block,
    pub(super) text: Inline,
    /// The cells of a table row.
    pub(super) cells: Vec<Inline>,
}

pub(super) struct Prose {
    pub(super) front: FrontMatter,
    pub(super) lines: Vec<ReadLine>,
    pub(super) code: Vec<Code>,
    pub(super) notes: Vec<Note>,
}

/// Opens a document; the path tells its markup.
pub(super) fn open(path: &str, bytes: &[u8]) -> Prose {
    let (text, mut notes) = text::decode(bytes);
    let (lines, more) = text::lines(&text);
    notes.extend(more);
    let translated = markup::as_markdown(path, &lines);
    let lines = translated
        .as_ref()
        .map_or(lines, |text| text.lines().collect());
    let (front, more) = front_matter::read(&lines);
    notes.extend(more);
    let outline = outline::read(&lines, front.body);
    let read = |markup: &str| inline::read(markup, &outline.references);
    let lines = outline
        .lines
        .iter()
        .map(|line| match line.block {
            // Code has no marks.
            Block::Code { .. } => ReadLine {
                number: line.number,
                block: line.block,
                text: Inline {
                    text: line.markup.to_string(),
                    ..Inline::default()
                },
                cells: Vec::new(),
            },
            Block::Row { .. } => ReadLine {
                number: line.number,
                block: line.block,
                text: Inline::default(),
                cells: line.cells().into_iter().map(read).collect(),
            },
            _ => ReadLine {
                number: line.number,
                block: line.block,
                text: read(&line.markup),
                cells: Vec::new(),
            },
        })
        .collect();
    for code in outline.code.iter().filter(|code| !code.closed) {
        notes.push(Note::at(
            code.line,
            "the code block that opens here is never closed",
        ));
    }
    Prose {
        front,
        lines,
        code: outline.code,
        notes,
    }
}

impl ReadLine {
    pub(super) fn heading(&self) -> Option<u8> {
        match self.block {
            Block::Heading { level } => Some(level),
            _ => None,
        }
    }

    pub(super) fn is_code(&self) -> bool {
        matches!(self.block, Block::Code { .. })
    }

    /// The texts of the line: itself, or its cells.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Inline> {
        let whole = self.cells.is_empty().then_some(&self.text);
        self.cells.iter().chain(whole)
    }

    /// `**Status**: Accepted` → the label in lower case and its value.
    pub(super) fn labelled(&self) -> Option<(String, &str)> {
        label(&self.text)
    }
}

/// Behind a label: the usual one, and that of texts without blanks.
const COLONS: [char; 2] = [':', '：'];

/// A short text before a colon, and what follows.
pub(super) fn label(text: &Inline) -> Option<(String, &str)> {
    let (name, value) = match text.bold_lead.map(|end| text.text.split_at_checked(end)) {
        Some(Some((name, value))) if !name.contains(':') || name.trim_end().ends_with(':') => {
            (name, value)
        }
        _ => text.text.split_once(COLONS)?,
    };
    let name = name.trim().trim_end_matches(COLONS).to_lowercase();
    let value = value.trim_start_matches(COLONS).trim();
    (name.len() <= 40).then(|| (name, value.trim_start_matches(COLONS).trim()))
}

impl Prose {
    /// The front matter's title, else the first heading of the outermost level
    /// that occurs, else nothing.
    pub(super) fn title(&self) -> Option<Located<String>> {
        let declared = self.front.get(&["title"]).and_then(|node| {
            let text = node.value.as_text().filter(|text| !text.is_empty())?;
            Some(Located::at(node.line, text.to_owned()))
        });
        declared.or_else(|| {
            let first = self.sections().into_iter().next()?;
            Some(Located::at(first.line, first.title))
        })
    }

    /// All headings with a text, in order.
    pub(super) fn sections(&self) -> Vec<Section> {
        let section = |line: &ReadLine| {
            let level = line.heading()?;
            let title = line.text.text.trim().to_owned();
            (!title.is_empty()).then_some(Section {
                level,
                title,
                line: line.number,
            })
        };
        self.lines.iter().filter_map(section).collect()
    }

    /// All links outside code, each target once.
    pub(super) fn links(&self) -> Vec<Located<Link>> {
        let mut seen = std::collections::BTreeSet::new();
        let mut links = Vec::new();
        for line in self.lines.iter().filter(|line| !line.is_code()) {
            for text in line.texts() {
                for link in text.links_in(&(0..text.text.len())) {
                    if seen.insert(link.target.clone()) {
                        links.push(Located::at(line.number, link));
                    }
                }
            }
        }
        links
    }

    /// The date under the first of these keys of the front matter that has one.
    pub(super) fn front_date(&mut self, keys: &[&str]) -> Option<Located<CivilDate>> {
        keys.iter().find_map(|key| {
            let node = self.front.get(&[key])?;
            let (value, line) = (node.value.as_text()?.to_owned(), node.line);
            self.date(&value, line)
        })
    }

    /// The date that a value begins with or contains; doubts are noted.
    pub(super) fn date(&mut self, value: &str, line: u32) -> Option<Located<CivilDate>> {
        let mention = loose_date::first(value)?;
        let written = value.get(mention.range.clone()).unwrap_or_default();
        self.notes.extend(
            mention
                .reading
                .note(written)
                .map(|note| Note::at(line, note)),
        );
        mention.reading.day().map(|day| Located::at(line, day))
    }
}

/// The words of a text in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The words of a text in lower case, with a blank between them.
pub(super) fn phrase(text: &str) -> String {
    words(text).join(" ")
}
