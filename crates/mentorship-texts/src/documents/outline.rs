//! Markdown as a flat list of lines, each with the block that it belongs to.
//!
//! Plans and runbooks are written by people who do not check whether their
//! Markdown is well-formed, and every fact taken from them must name its line.
//! So this reads line by line, in one pass, and keeps what a strict parser would
//! fold into a paragraph: a table without its rule, a label on a line of its own.

mod marks;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::text::line_number;
use marks::{
    Fence, cells, drop_front, heading_level, is_rule, is_table_rule, item_marker, opening_fence,
    reference, split_indent, trim_closing_hashes, trimmed, without_quotes,
};

/// What a line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// A heading, ATX or underlined, of level 1 to 6.
    Heading {
        /// 1 is the outermost.
        level: u8,
    },
    /// The first line of a list item.
    Item {
        /// Lists around the item's own list; 0 for the outermost.
        depth: usize,
        /// Numbered, not bulleted.
        ordered: bool,
        /// The check box, where there is one.
        done: Option<bool>,
    },
    /// A further line of the item above.
    Continuation {
        /// Not indented: part of the item by Markdown's rules, perhaps not by
        /// its writer's intention.
        lazy: bool,
    },
    /// A line of running text.
    Paragraph {
        /// Nothing but blank lines or other blocks directly above.
        first: bool,
    },
    /// A row of a table; [`Line::cells`] splits it.
    Row {
        /// Which table of the document, from 0.
        table: usize,
        /// Above the table's rule.
        header: bool,
    },
    /// A line inside a code block.
    Code {
        /// Index into [`Outline::code`].
        code: usize,
    },
}

/// One line that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: u32,
    /// What it is part of.
    pub block: Block,
    /// The text without the marks of its block, inline marks kept.
    pub markup: Cow<'a, str>,
}

/// A code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The line that opens it.
    pub line: u32,
    /// First word behind the opening fence, in lower case; empty where there is none.
    pub language: String,
    /// Between fences, not merely indented.
    pub fenced: bool,
    /// Found its closing fence, or needs none.
    pub closed: bool,
}

/// A document as lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline<'a> {
    /// All lines that are not blank, in order.
    pub lines: Vec<Line<'a>>,
    /// All code blocks, in order.
    pub code: Vec<Code>,
    /// Targets of reference links by their label in lower case.
    pub references: BTreeMap<String, String>,
}

/// Reads the lines from index `first` on; numbers count from the file's top.
pub fn read<'a>(lines: &[&'a str], first: usize) -> Outline<'a> {
    let mut reader = Reader::default();
    for (index, line) in lines.iter().enumerate().skip(first) {
        let next = lines.get(index + 1).copied().unwrap_or_default();
        reader.line(line_number(index), line, next);
    }
    reader.outline
}

impl Line<'_> {
    /// The cells of a table row, trimmed, without the outer bars.
    pub fn cells(&self) -> Vec<&str> {
        cells(&self.markup)
    }
}

#[derive(Default)]
struct Reader<'a> {
    outline: Outline<'a>,
    /// Columns of the markers of the open list items.
    items: Vec<usize>,
    fence: Option<Fence>,
    in_comment: bool,
    after_blank: bool,
    in_indented_code: bool,
    table: Option<usize>,
    tables: usize,
}

impl<'a> Reader<'a> {
    fn line(&mut self, number: u32, line: &'a str, next: &str) {
        if self.in_fence(number, line) {
            return;
        }
        let uncommented = self.without_comments(line);
        if uncommented.trim().is_empty() {
            // A line that is nothing but a comment separates nothing.
            if line.trim().is_empty() {
                self.after_blank = true;
                self.table = None;
            }
            return;
        }
        let text = without_quotes(uncommented);
        let (indent, text) = split_indent(text);
        if text.is_empty() {
            self.after_blank = true;
            self.table = None;
            return;
        }
        let text = trimmed(text);
        let block = self.block(number, indent, &text, next);
        self.after_blank = false;
        self.in_indented_code = matches!(block, Some((Block::Code { .. }, _)));
        if !matches!(block, Some((Block::Row { .. }, _))) && !is_table_rule(&text) {
            self.table = None;
        }
        if let Some((block, skip)) = block {
            let markup = trimmed(drop_front(text, skip));
            let markup = match block {
                Block::Heading { .. } => trim_closing_hashes(markup),
                _ => markup,
            };
            self.outline.lines.push(Line {
                number,
                block,
                markup,
            });
        }
    }

    /// Takes a line inside a fence, or the fence's last.
    fn in_fence(&mut self, number: u32, line: &'a str) -> bool {
        let Some(fence) = &self.fence else {
            return false;
        };
        let text = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let run = text.chars().take_while(|mark| *mark == fence.mark).count();
        let code = self.outline.code.len().saturating_sub(1);
        if run >= fence.length && text.chars().all(|mark| mark == fence.mark) {
            self.fence = None;
            if let Some(block) = self.outline.code.last_mut() {
                block.closed = true;
            }
        } else if !line.trim().is_empty() {
            self.outline.lines.push(Line {
                number,
                block: Block::Code { code },
                markup: Cow::Borrowed(line.trim_end()),
            });
        }
        true
    }

    /// What the line is, and how many bytes of it are marks; `None` where it
    /// only says something about its neighbours.
    fn block(
        &mut self,
        number: u32,
        indent: usize,
        text: &str,
        next: &str,
    ) -> Option<(Block, usize)> {
        if let Some(fence) = opening_fence(text) {
            self.open_fence(number, indent, text, fence);
            return None;
        }
        if let Some(level) = heading_level(text) {
            self.items.clear();
            return Some((Block::Heading { level }, usize::from(level)));
        }
        if self.underlines_heading(number, text) {
            return None;
        }
        if is_rule(text) {
            self.items.clear();
            return None;
        }
        let loose = self.after_blank || self.in_indented_code;
        if indent >= 4 && loose && self.items.is_empty() {
            return Some((self.indented_code(number), 0));
        }
        if let Some(item) = self.item(indent, text) {
            return Some(item);
        }
        if is_table_rule(text) {
            return None;
        }
        if let Some(row) = self.row(text, next) {
            return Some((row, 0));
        }
        if let Some((label, target)) = reference(text) {
            self.outline.references.entry(label).or_insert(target);
            return None;
        }
        Some((self.prose(number, indent), 0))
    }

    fn open_fence(&mut self, number: u32, indent: usize, text: &str, fence: Fence) {
        let language = text.trim_start_matches(fence.mark).trim();
        let language = language.trim_start_matches(['{', '.']);
        let language = language.split([' ', ',', '{', '}', ':']).next();
        self.open_code(number, language.unwrap_or_default(), true);
        // A fence at the margin ends the list above it.
        if self.items.last().is_none_or(|column| indent <= *column) {
            self.items.clear();
        }
        self.fence = Some(fence);
    }

    fn indented_code(&mut self, number: u32) -> Block {
        if !self.in_indented_code {
            self.open_code(number, "", false);
        }
        let code = self.outline.code.len().saturating_sub(1);
        Block::Code { code }
    }

    fn item(&mut self, indent: usize, text: &str) -> Option<(Block, usize)> {
        let (skip, ordered, done) = item_marker(text)?;
        while self.items.last().is_some_and(|column| *column >= indent) {
            self.items.pop();
        }
        let depth = self.items.len();
        self.items.push(indent);
        let item = Block::Item {
            depth,
            ordered,
            done,
        };
        Some((item, skip))
    }

    /// A line of an item above it, or of a paragraph.
    fn prose(&mut self, number: u32, indent: usize) -> Block {
        let inside_item = self.items.last().is_some_and(|column| indent > *column);
        if !self.items.is_empty() && (inside_item || !self.after_blank) {
            return Block::Continuation { lazy: !inside_item };
        }
        self.items.clear();
        let above = self.outline.lines.last();
        let follows = !self.after_blank
            && above.is_some_and(|line| {
                line.number + 1 == number && matches!(line.block, Block::Paragraph { .. })
            });
        Block::Paragraph { first: !follows }
    }

    fn open_code(&mut self, line: u32, language: &str, fenced: bool) {
        self.outline.code.push(Code {
            line,
            language: language.to_lowercase(),
            fenced,
            closed: !fenced,
        });
    }

    /// Makes a heading of the one-line paragraph above a line of `=` or `-`.
    fn underlines_heading(&mut self, number: u32, text: &str) -> bool {
        let level = match text.trim_end() {
            line if line.chars().all(|mark| mark == '=') => 1,
            line if line.len() > 1 && line.chars().all(|mark| mark == '-') => 2,
            _ => return false,
        };
        let Some(above) = self.outline.lines.last_mut() else {
            return false;
        };
        if above.number + 1 != number || above.block != (Block::Paragraph { first: true }) {
            return false;
        }
        above.block = Block::Heading { level };
        true
    }

    fn row(&mut self, text: &str, next: &str) -> Option<Block> {
        let header = is_table_rule(next.trim_start_matches(['>', ' ', '\t'])) && next.contains('-');
        if !text.contains('|') || !(text.starts_with('|') || self.table.is_some() || header) {
            return None;
        }
        let (table, header) = match self.table {
            Some(table) => (table, false),
            None => {
                self.items.clear();
                self.tables += 1;
                (self.tables - 1, header)
            }
        };
        self.table = Some(table);
        Some(Block::Row { table, header })
    }

    /// The line without `<!-- -->`, which may span lines.
    fn without_comments(&mut self, line: &'a str) -> Cow<'a, str> {
        if !self.in_comment && !line.contains("<!--") {
            return Cow::Borrowed(line);
        }
        let mut kept = String::new();
        let mut rest = line;
        loop {
            if self.in_comment {
                match rest.split_once("-->") {
                    Some((_, after)) => {
                        self.in_comment = false;
                        rest = after;
                    }
                    None => return Cow::Owned(kept),
                }
            }
            match rest.split_once("<!--") {
                Some((before, after)) => {
                    kept.push_str(before);
                    // `<!-->` is a whole comment.
                    rest = after.strip_prefix('>').unwrap_or(after);
                    self.in_comment = rest.len() == after.len();
                }
                None => {
                    kept.push_str(rest);
                    return Cow::Owned(kept);
                }
            }
        }
    }
}
