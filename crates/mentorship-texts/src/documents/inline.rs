//! The marks inside a line: emphasis goes, links and code stay as spans.

use std::collections::BTreeMap;
use std::ops::Range;

use super::text::{cut_at_character, is_one_of};
use crate::ordering::sort_by_key;

/// Longer tags and link targets are text. The limits keep the work on a hostile
/// line within a small multiple of its length.
const MAX_TAG_BYTES: usize = 512;
const MAX_TARGET_BYTES: usize = 1_024;

/// A line's text as a reader sees it, with what the marks said about parts of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inline {
    /// The text without marks; `<br>` is a line feed, struck text is gone.
    pub text: String,
    /// Links in order of their text.
    pub links: Vec<LinkSpan>,
    /// Code between backticks, as ranges of `text`.
    pub code: Vec<Range<usize>>,
    /// Where a bold beginning of the line ends.
    pub bold_lead: Option<usize>,
}

/// A link and the part of the text that carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSpan {
    /// Range of [`Inline::text`].
    pub range: Range<usize>,
    /// As written.
    pub target: String,
}

/// A link as it leaves this stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// What the reader sees; the target where there is nothing else.
    pub text: String,
    /// As written: an address, a path, or a reference such as `#12`.
    pub target: String,
}

impl Inline {
    /// The links whose text lies in a range.
    pub fn links_in(&self, range: &Range<usize>) -> impl Iterator<Item = Link> {
        self.links
            .iter()
            .filter(|link| link.range.start >= range.start && link.range.end <= range.end)
            .map(|link| {
                let text = self.text.get(link.range.clone()).unwrap_or_default().trim();
                let text = if text.is_empty() { &link.target } else { text };
                Link {
                    text: text.to_owned(),
                    target: link.target.clone(),
                }
            })
    }

    /// A part of the line, its spans moved along; blanks at both ends are cut.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let whole = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (whole.len() - whole.trim_start().len());
        let end = start + whole.trim().len();
        let moved = |span: &Range<usize>| span.start.max(start) - start..span.end.min(end) - start;
        let inside = |span: &Range<usize>| span.start < end && span.end > start;
        Self {
            text: self.text.get(start..end).unwrap_or_default().to_owned(),
            links: self
                .links
                .iter()
                .filter(|link| inside(&link.range))
                .map(|link| LinkSpan {
                    range: moved(&link.range),
                    target: link.target.clone(),
                })
                .collect(),
            code: self
                .code
                .iter()
                .filter(|span| inside(span))
                .map(moved)
                .collect(),
            bold_lead: None,
        }
    }

    /// Puts a further line behind this one.
    pub fn extend(&mut self, further: &Self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let by = self.text.len();
        self.text.push_str(&further.text);
        let moved = |span: &Range<usize>| span.start + by..span.end + by;
        self.links.extend(further.links.iter().map(|link| LinkSpan {
            range: moved(&link.range),
            target: link.target.clone(),
        }));
        self.code.extend(further.code.iter().map(moved));
    }
}

/// Reads the marks of one line. Time is linear in its length, save for the
/// handful of lookups into `references`.
pub fn read(markup: &str, references: &BTreeMap<String, String>) -> Inline {
    let mut reader = Reader {
        markup,
        references,
        inline: Inline::default(),
        brackets: Vec::new(),
        bold_opened: None,
        struck: None,
        anchor: None,
        code_may_close: true,
    };
    let mut at = 0;
    while at < markup.len() {
        at += reader.step(at).max(1);
        while !markup.is_char_boundary(at) {
            at += 1;
        }
    }
    sort_by_key(&mut reader.inline.links, |link| link.range.start);
    reader.inline
}

struct Reader<'a> {
    markup: &'a str,
    references: &'a BTreeMap<String, String>,
    inline: Inline,
    /// Open `[`: where its text begins in the output, and whether it is an image.
    brackets: Vec<(usize, bool)>,
    bold_opened: Option<usize>,
    struck: Option<usize>,
    anchor: Option<(usize, String)>,
    /// False once a backtick found no partner, so that none is sought again.
    code_may_close: bool,
}

impl Reader<'_> {
    /// Reads what begins at a byte and answers how many bytes that was.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.markup.get(at..).unwrap_or_default();
        let Some(character) = rest.chars().next() else {
            return 1;
        };
        match character {
            '\\' => match rest.chars().nth(1) {
                Some(next) if next.is_ascii_punctuation() => {
                    self.inline.text.push(next);
                    2
                }
                _ => self.plain('\\'),
            },
            '`' => self.code(rest),
            '*' | '_' => self.emphasis(at, rest, character),
            '~' if rest.starts_with("~~") => {
                match self.struck.take() {
                    Some(start) => self.cut_back_to(start),
                    None if rest.get(2..).is_some_and(|rest| rest.contains("~~")) => {
                        self.struck = Some(self.inline.text.len());
                    }
                    None => {}
                }
                2
            }
            '!' if rest.starts_with("![") => {
                self.brackets.push((self.inline.text.len(), true));
                2
            }
            '[' => {
                self.brackets.push((self.inline.text.len(), false));
                self.plain('[')
            }
            ']' => self.close_bracket(rest),
            '<' => self.angle(rest),
            '&' => self.entity(rest),
            'h' | 'H' if self.begins_address(at, rest) => self.bare_address(rest),
            _ => self.plain(character),
        }
    }

    fn plain(&mut self, character: char) -> usize {
        self.inline.text.push(character);
        character.len_utf8()
    }

    fn cut_back_to(&mut self, start: usize) {
        self.inline.text.truncate(start);
        self.inline.links.retain(|link| link.range.end <= start);
        self.inline.code.retain(|span| span.end <= start);
        self.brackets.retain(|(opened, _)| *opened <= start);
    }

    fn code(&mut self, rest: &str) -> usize {
        let run = rest.bytes().take_while(|byte| *byte == b'`').count();
        let fence = rest.get(..run).unwrap_or_default();
        let behind = rest.get(run..).unwrap_or_default();
        let end = if self.code_may_close {
            behind.find(fence)
        } else {
            None
        };
        let Some(end) = end else {
            self.code_may_close = false;
            return run;
        };
        let start = self.inline.text.len();
        let code = behind.get(..end).unwrap_or_default().trim();
        self.inline.text.push_str(code);
        self.inline.code.push(start..self.inline.text.len());
        run * 2 + end
    }

    /// Drops runs of `*` and `_` that can open or close emphasis; `snake_case`
    /// and `2 * 3` keep theirs.
    fn emphasis(&mut self, at: usize, rest: &str, mark: char) -> usize {
        let run = rest.chars().take_while(|other| *other == mark).count();
        let before = self
            .markup
            .get(..at)
            .and_then(|text| text.chars().next_back());
        let after = rest.get(run..).and_then(|text| text.chars().next());
        let word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let blank = |side: Option<char>| side.is_none_or(char::is_whitespace);
        let kept = (mark == '_' && word(before) && word(after))
            || (blank(before) && blank(after))
            || (mark == '_' && run > 3);
        if kept {
            for _ in 0..run {
                self.inline.text.push(mark);
            }
        } else if run >= 2 {
            match self.bold_opened.take() {
                None if self.inline.text.trim().is_empty() => {
                    self.bold_opened = Some(self.inline.text.len());
                }
                Some(_) if self.inline.bold_lead.is_none() => {
                    self.inline.bold_lead = Some(self.inline.text.len());
                }
                _ => {}
            }
        }
        run
    }

    fn close_bracket(&mut self, rest: &str) -> usize {
        let Some((start, image)) = self.brackets.pop() else {
            return self.plain(']');
        };
        let text_start = if image { start } else { start + 1 };
        let behind = rest.get(1..).unwrap_or_default();
        let (target, used) = if let Some(inside) = behind.strip_prefix('(') {
            match destination(inside) {
                Some((target, length)) => (Some(target.to_owned()), 1 + length),
                None => (None, 0),
            }
        } else {
            self.reference(behind, text_start)
        };
        let Some(target) = target else {
            if image {
                return 1;
            }
            return self.plain(']');
        };
        if image {
            return 1 + used;
        }
        // The `[` was written as text until now.
        if self.inline.text.is_char_boundary(start) && start < self.inline.text.len() {
            self.inline.text.remove(start);
            for span in &mut self.inline.code {
                if span.start > start {
                    *span = span.start - 1..span.end - 1;
                }
            }
            self.inline.links.retain(|link| link.range.end <= start);
        }
        self.inline.links.push(LinkSpan {
            range: start..self.inline.text.len(),
            target,
        });
        1 + used
    }

    /// `[text][label]`, `[text][]` and `[text]`.
    fn reference(&self, behind: &str, text_start: usize) -> (Option<String>, usize) {
        if self.references.is_empty() {
            return (None, 0);
        }
        let text = self.inline.text.get(text_start..).unwrap_or_default();
        let (label, used) = match behind
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
        {
            Some(("", _)) => (text, 2),
            Some((label, _)) => (label, label.len() + 2),
            None => (text, 0),
        };
        match self.references.get(&label.to_lowercase()) {
            Some(target) => (Some(target.clone()), used),
            None => (None, 0),
        }
    }

    /// `<https://…>`, `<a@b.c>`, HTML; anything else, such as `<name>`, is text.
    fn angle(&mut self, rest: &str) -> usize {
        let near = cut_at_character(rest, MAX_TAG_BYTES);
        let Some((inside, _)) = near.get(1..).and_then(|near| near.split_once('>')) else {
            return self.plain('<');
        };
        let whole = inside.len() + 2;
        if is_address(inside) || (inside.contains('@') && !inside.contains(' ')) {
            let start = self.inline.text.len();
            self.inline.text.push_str(inside);
            if is_address(inside) {
                self.inline.links.push(LinkSpan {
                    range: start..self.inline.text.len(),
                    target: inside.to_owned(),
                });
            }
            return whole;
        }
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .flat_map(char::to_lowercase)
            .collect();
        if !is_html(&name) {
            return self.plain('<');
        }
        match name.as_str() {
            "br" => self.inline.text.push('\n'),
            "a" if inside.starts_with('/') => {
                if let Some((start, target)) = self.anchor.take() {
                    self.inline.links.push(LinkSpan {
                        range: start..self.inline.text.len(),
                        target,
                    });
                }
            }
            "a" => {
                let target = inside.split_once("href=").map(|(_, value)| value);
                let target = target.map(|value| {
                    let value = value.trim_start_matches(['"', '\'']);
                    value.split(['"', '\'', ' ']).next().unwrap_or_default()
                });
                self.anchor = target.map(|target| (self.inline.text.len(), target.to_owned()));
            }
            "li" | "p" | "td" | "th" | "tr" | "div" if !self.inline.text.is_empty() => {
                self.inline.text.push(' ');
            }
            _ => {}
        }
        whole
    }

    fn entity(&mut self, rest: &str) -> usize {
        const ENTITIES: [(&str, char); 5] = [
            ("nbsp", ' '),
            ("amp", '&'),
            ("lt", '<'),
            ("gt", '>'),
            ("quot", '"'),
        ];
        // The longest number of a character has ten marks.
        let name = rest.get(1..).and_then(|rest| {
            let name = cut_at_character(rest, 12).split_once(';')?;
            Some(name.0)
        });
        let meant = name.and_then(|name| {
            let named = ENTITIES.iter().find(|(written, _)| *written == name);
            named.map(|(_, meant)| *meant).or_else(|| numbered(name))
        });
        let (Some(name), Some(meant)) = (name, meant) else {
            return self.plain('&');
        };
        self.inline.text.push(meant);
        name.len() + 2
    }

    fn begins_address(&self, at: usize, rest: &str) -> bool {
        let before = self
            .markup
            .get(..at)
            .and_then(|text| text.chars().next_back());
        is_address(rest) && !before.is_some_and(char::is_alphanumeric)
    }

    fn bare_address(&mut self, rest: &str) -> usize {
        let end = rest
            .find(|character: char| character.is_whitespace() || "<>\"`|)]".contains(character))
            .unwrap_or(rest.len());
        let address = rest.get(..end).unwrap_or_default();
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '\'']);
        let start = self.inline.text.len();
        self.inline.text.push_str(address);
        self.inline.links.push(LinkSpan {
            range: start..self.inline.text.len(),
            target: address.to_owned(),
        });
        address.len()
    }
}

/// The character of `#46` or `#x2e`; none that only steers.
fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => (hexadecimal, 16),
        None => (digits, 10),
    };
    let number = u32::from_str_radix(digits, radix).ok()?;
    char::from_u32(number).filter(|character| !character.is_control())
}

/// Whether a text begins as a web address.
pub fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        text.len() > scheme.len()
            && text
                .get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    })
}

/// The target of `(target "title")` behind its bracket, and the bytes it takes
/// up to and with the closing one.
fn destination(inside: &str) -> Option<(&str, usize)> {
    let inside = cut_at_character(inside, MAX_TARGET_BYTES);
    let mut depth = 0usize;
    for (at, character) in inside.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => {
                let target = inside.get(..at)?.trim();
                let target = match target.strip_prefix('<') {
                    Some(target) => target.split('>').next().unwrap_or_default(),
                    None => target.split([' ', '\t']).next().unwrap_or_default(),
                };
                return Some((target, at + 1));
            }
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn is_html(name: &str) -> bool {
    const NAMES: &str = "a|abbr|b|br|center|code|dd|del|details|div|dl|dt|em|figure|font|h1|h2|h3|h4|\
        hr|i|img|ins|kbd|li|mark|ol|p|pre|s|small|span|strong|sub|summary|sup|table|\
        tbody|td|tr|u|ul|th|thead|picture|source|h5|h6";
    is_one_of(name, NAMES)
}
