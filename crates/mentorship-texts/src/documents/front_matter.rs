//! YAML front matter: the block between `---` lines at the top, as a located tree.

use std::borrow::Cow;

use crate::yaml::{self, Node, Text, Value};
use crate::{Located, Note};

/// Longer front matter is not read.
const MAX_BYTES: usize = 64 << 10;

/// Front matter that was found, and where the body begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The mapping's entries; empty where there is no front matter.
    pub entries: Vec<(String, Node)>,
    /// Index of the first line of the body.
    pub body: usize,
}

impl FrontMatter {
    /// The first entry whose key is one of `keys`, compared without regard to
    /// case, `-`, `_` and spaces.
    pub fn get(&self, keys: &[&str]) -> Option<&Node> {
        find(&self.entries, keys)
    }
}

/// As [`FrontMatter::get`], for any mapping.
pub fn find<'a>(entries: &'a [(String, Node)], keys: &[&str]) -> Option<&'a Node> {
    keys.iter().find_map(|wanted| {
        entries
            .iter()
            .find(|(key, _)| same_key(key, wanted))
            .map(|(_, node)| node)
    })
}

/// Reads the front matter of a document given as lines. A block that is never
/// closed is no front matter, but a rule above the text.
pub fn read(lines: &[&str]) -> (FrontMatter, Vec<Note>) {
    let mut notes = Vec::new();
    let Some(start) = lines.iter().position(|line| !line.trim().is_empty()) else {
        return (FrontMatter::default(), notes);
    };
    let fence = lines.get(start).map_or("", |line| line.trim_end());
    if fence == "+++" {
        notes.push(Note::at(
            line_of(start),
            "TOML front matter is not read; use YAML between `---` lines",
        ));
    }
    if fence != "---" && fence != "+++" {
        return (FrontMatter::default(), notes);
    }
    let first = start + 1;
    let length = lines.iter().skip(first).position(|line| {
        let line = line.trim_end();
        line == fence || (fence == "---" && line == "...")
    });
    let Some(length) = length else {
        return (FrontMatter::default(), notes);
    };
    let body = first + length + 1;
    let mut front = FrontMatter {
        entries: Vec::new(),
        body,
    };
    let block = lines.get(first..first + length).unwrap_or_default();
    if fence == "---" {
        front.entries = read_mapping(block, first, &mut notes);
    }
    (front, notes)
}

fn read_mapping(block: &[&str], first: usize, notes: &mut Vec<Note>) -> Vec<(String, Node)> {
    let size: usize = block.iter().map(|line| line.len() + 1).sum();
    if size > MAX_BYTES {
        notes.push(Note::at(
            line_of(first),
            format!("the front matter has {size} bytes; more than {MAX_BYTES} are not read"),
        ));
        return Vec::new();
    }
    let yaml: Vec<Cow<'_, str>> = block.iter().map(|line| mended(line)).collect();
    let text = Text {
        yaml: &yaml.join("\n"),
        name: "the front matter",
        first_line: line_of(first),
        plain_key,
    };
    match yaml::read(text, notes) {
        Some(Located {
            value: Value::Map(entries),
            ..
        }) => entries,
        Some(Located { value, line }) => {
            if value != Value::Scalar(String::new()) {
                notes.push(Note::at(
                    line,
                    "the front matter is not a mapping of `key: value`, so it was not read",
                ));
            }
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// A line of front matter as its writer means it.
fn mended(line: &str) -> Cow<'_, str> {
    quote_title(line).map_or_else(|| quote_handles(line), Cow::Owned)
}

/// Quotes the value of `title: ADR 3: use Rust`, in which YAML sees two colons
/// and everybody else one title.
fn quote_title(line: &str) -> Option<String> {
    let (key, value) = line.split_once(": ")?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let begins = value.trim_start().chars().next()?;
    let quoted = "\"'[{|>&*!#%@`".contains(begins);
    if !value.contains(": ") || value.contains(" #") || quoted || !key.chars().all(plain) {
        return None;
    }
    let value = value.trim().replace('\\', "\\\\").replace('"', "\\\"");
    Some(format!("{key}: \"{value}\""))
}

/// Quotes `@handles`, which YAML reserves and everybody writes bare.
fn quote_handles(line: &str) -> Cow<'_, str> {
    if !line.contains('@') {
        return Cow::Borrowed(line);
    }
    let mut quoted = String::with_capacity(line.len() + 8);
    let mut previous = ' ';
    let mut quote: Option<char> = None;
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match quote {
            Some(mark) if mark == character => quote = None,
            Some(_) => {}
            None if matches!(character, '"' | '\'') && opens_value(&quoted, previous) => {
                quote = Some(character);
            }
            None if character == '#' && previous.is_whitespace() => {
                quoted.push_str(line.get(at..).unwrap_or_default());
                break;
            }
            None if character == '@' && opens_value(&quoted, previous) => {
                quoted.push_str("\"@");
                while let Some((_, next)) = characters.peek() {
                    if !(next.is_alphanumeric() || matches!(next, '-' | '_' | '.' | '/')) {
                        break;
                    }
                    quoted.push(*next);
                    characters.next();
                }
                // `steward: @alice (DBA window)` is one plain text to its writer.
                let rest = line.get(characters.peek().map_or(line.len(), |(at, _)| *at)..);
                let rest = rest.unwrap_or_default().trim_end();
                let alone = matches!(rest.chars().next(), None | Some(',' | ']' | '}' | ':'))
                    || rest.trim_start().starts_with(['#', ',', ']', '}']);
                if !alone && !rest.contains('"') {
                    quoted.push_str(rest);
                    quoted.push('"');
                    break;
                }
                if rest.starts_with(',') && !quoted.contains(['[', '{']) && !rest.contains('"') {
                    quoted.push_str(rest);
                    quoted.push('"');
                    break;
                }
                quoted.push('"');
                previous = '"';
                continue;
            }
            None => {}
        }
        quoted.push(character);
        previous = character;
    }
    Cow::Owned(quoted)
}

/// Whether the next character begins a YAML value.
fn opens_value(before: &str, previous: char) -> bool {
    let before = before.trim_end();
    (previous.is_whitespace() || matches!(previous, '[' | ',' | '{'))
        && (before.is_empty() || before.ends_with([':', '-', '[', ',', '{']))
}

fn same_key(left: &str, right: &str) -> bool {
    plain_key(left) == plain_key(right)
}

fn plain_key(key: &str) -> String {
    key.chars()
        .filter(|character| !matches!(character, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

fn line_of(index: usize) -> u32 {
    super::text::line_number(index)
}
