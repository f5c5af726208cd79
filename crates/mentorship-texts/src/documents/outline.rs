//! Markdown as a flat list of lines, each with the block that it belongs to.
//!
//! Plans and runbooks are written by people who do not check whether their
//! Markdown is well-formed, and every fact taken from them must name its line.
//! So this reads line by line, in one pass, and keeps what a strict parser would
//! fold into a paragraph: a table without its rule, a label on a line of its own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::text::line_number;

/// Deeper block quotes are not unwrapped further.
const MAX_QUOTES: usize = 16;

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

struct Fence {
    mark: char,
    length: usize,
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
            let language = text.trim_start_matches(fence.mark).trim();
            let language = language.trim_start_matches(['{', '.']);
            let language = language.split([' ', ',', '{', '}', ':']).next();
            self.open_code(number, language.unwrap_or_default(), true);
            // A fence at the margin ends the list above it.
            if self.items.last().is_none_or(|column| indent <= *column) {
                self.items.clear();
            }
            self.fence = Some(fence);
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
            if !self.in_indented_code {
                self.open_code(number, "", false);
            }
            let code = self.outline.code.len().saturating_sub(1);
            return Some((Block::Code { code }, 0));
        }
        if let Some((skip, ordered, done)) = item_marker(text) {
            while self.items.last().is_some_and(|column| *column >= indent) {
                self.items.pop();
            }
            let depth = self.items.len();
            self.items.push(indent);
            return Some((
                Block::Item {
                    depth,
                    ordered,
                    done,
                },
                skip,
            ));
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
        let inside_item = self.items.last().is_some_and(|column| indent > *column);
        if !self.items.is_empty() && (inside_item || !self.after_blank) {
            return Some((Block::Continuation { lazy: !inside_item }, 0));
        }
        self.items.clear();
        let above = self.outline.lines.last();
        let follows = !self.after_blank
            && above.is_some_and(|line| {
                line.number + 1 == number && matches!(line.block, Block::Paragraph { .. })
            });
        Some((Block::Paragraph { first: !follows }, 0))
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

fn without_quotes(line: Cow<'_, str>) -> Cow<'_, str> {
    let mut text: &str = &line;
    for _ in 0..MAX_QUOTES {
        match text.trim_start().strip_prefix('>') {
            Some(rest) => text = rest.strip_prefix(' ').unwrap_or(rest),
            None => break,
        }
    }
    let skip = line.len() - text.len();
    drop_front(line, skip)
}

/// Splits off leading blanks; a tab counts to the next multiple of four.
fn split_indent(line: Cow<'_, str>) -> (usize, Cow<'_, str>) {
    let mut column = 0;
    let mut bytes = 0;
    for character in line.chars() {
        match character {
            ' ' | '\u{A0}' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => break,
        }
        bytes += character.len_utf8();
    }
    (column, drop_front(line, bytes))
}

fn drop_front(text: Cow<'_, str>, bytes: usize) -> Cow<'_, str> {
    match text {
        text if bytes == 0 => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.get(bytes..).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(bytes..).unwrap_or_default().to_owned()),
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

fn trim_closing_hashes(markup: Cow<'_, str>) -> Cow<'_, str> {
    let trimmed = markup.trim_end_matches('#');
    let closes = trimmed.is_empty() || trimmed.ends_with([' ', '\t']);
    if trimmed.len() == markup.len() || !closes {
        return markup;
    }
    Cow::Owned(trimmed.trim().to_owned())
}

/// `#` to `######`; from the second level on, the blank behind may be missing.
fn heading_level(text: &str) -> Option<u8> {
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let behind = text.get(level..)?.chars().next();
    let opens = match behind {
        None | Some(' ' | '\t') => true,
        Some(character) => level > 1 && character.is_alphabetic(),
    };
    ((1..=6).contains(&level) && opens).then(|| u8::try_from(level).unwrap_or(6))
}

fn opening_fence(text: &str) -> Option<Fence> {
    let mark = text.chars().next()?;
    let length = text.chars().take_while(|other| *other == mark).count();
    let info = text.get(length..)?;
    (matches!(mark, '`' | '~') && length >= 3 && (mark == '~' || !info.contains('`')))
        .then_some(Fence { mark, length })
}

fn is_rule(text: &str) -> bool {
    let Some(mark) = text.chars().next().filter(|mark| "-*_".contains(*mark)) else {
        return false;
    };
    let bare = |character: &char| !matches!(character, ' ' | '\t');
    text.chars().filter(bare).count() >= 3 && text.chars().filter(bare).all(|other| other == mark)
}

/// `|---|:--:|`: at least one dash, and a bar or a colon.
fn is_table_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains('-')
        && text.contains(['|', ':'])
        && text
            .chars()
            .all(|mark| matches!(mark, '|' | '-' | ':' | ' ' | '\t'))
}

/// Bytes taken by the marker (and check box), whether it is a number, the box.
fn item_marker(text: &str) -> Option<(usize, bool, Option<bool>)> {
    let (marker, ordered) = match text.chars().next()? {
        bullet @ ('-' | '*' | '+' | '•' | '‣' | '◦' | '–') => (bullet.len_utf8(), false),
        digit if digit.is_ascii_digit() => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let closed = matches!(text.as_bytes().get(digits), Some(b'.' | b')'));
            (digits <= 4 && closed).then_some((digits + 1, true))?
        }
        _ => return check_box(text).map(|(bytes, done)| (bytes, false, Some(done))),
    };
    let rest = text.get(marker..)?;
    if !(rest.is_empty() || rest.starts_with([' ', '\t', '\u{A0}'])) {
        // `-[ ] task`: the blank is missing, the intention is plain.
        let (bytes, done) = check_box(rest)?;
        return Some((marker + bytes, ordered, Some(done)));
    }
    let blanks = rest.len() - rest.trim_start().len();
    match check_box(rest.trim_start()) {
        Some((bytes, done)) => Some((marker + blanks + bytes, ordered, Some(done))),
        None => Some((marker + blanks, ordered, None)),
    }
}

/// `[ ]`, `[x]`, `[]` or a box character, with a blank or the end behind it.
fn check_box(text: &str) -> Option<(usize, bool)> {
    const BOXES: [(&str, bool); 11] = [
        ("[ ]", false),
        ("[]", false),
        ("[x]", true),
        ("[X]", true),
        ("[✓]", true),
        ("[✔]", true),
        ("☐", false),
        ("☑", true),
        ("☒", true),
        ("✅", true),
        ("⬜", false),
    ];
    BOXES.iter().find_map(|(mark, done)| {
        let rest = text.strip_prefix(mark)?;
        (rest.is_empty() || rest.starts_with([' ', '\t', '\u{A0}'])).then_some((mark.len(), *done))
    })
}

/// `[label]: target`, the definition of a reference link.
fn reference(text: &str) -> Option<(String, String)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("]:")?;
    let target = rest.split_whitespace().next()?;
    let target = target.trim_start_matches('<').trim_end_matches('>');
    let plain = !label.is_empty() && !label.contains(['[', ']', '^']);
    let points = target.contains(['/', '.', '#']);
    (plain && points).then(|| (label.to_lowercase(), target.to_owned()))
}

fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let mut start = 0;
    let mut in_code = false;
    let mut escaped = false;
    for (at, character) in row.char_indices() {
        match character {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '`' if !escaped => in_code = !in_code,
            '|' if !escaped && !in_code => {
                cells.push(row.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
        escaped = false;
    }
    let last = row.get(start..).unwrap_or_default().trim();
    if !last.is_empty() || !row.ends_with('|') {
        cells.push(last);
    }
    cells
}
