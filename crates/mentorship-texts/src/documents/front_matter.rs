//! YAML front matter: the block between `---` lines at the top, as a located tree.

use std::borrow::Cow;
use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser};

use crate::{Located, Note};

/// Longer front matter is not read.
const MAX_BYTES: usize = 64 << 10;

/// Deeper front matter is read up to here.
const MAX_DEPTH: usize = 16;

/// A value of the front matter with the line where it begins.
pub type Node = Located<Value>;

/// The three shapes of YAML; scalars stay text, because `2026-03-04`, `30` and
/// `no` mean what their reader says they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A scalar as written, without quotes; a null is the empty text.
    Scalar(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file.
    Map(Vec<(String, Node)>),
}

impl Value {
    /// The scalar's text, trimmed; `None` for lists and mappings.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Scalar(text) => Some(text.trim()),
            Self::List(_) | Self::Map(_) => None,
        }
    }
}

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
    let yaml: Vec<Cow<'_, str>> = block.iter().map(|line| quote_handles(line)).collect();
    match read_yaml(&yaml.join("\n"), first, notes) {
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

/// A container that is still open.
enum Open {
    List(u32, Vec<Node>),
    Map(u32, Vec<(String, Node)>, Key),
}

/// The key whose value is still to come, and those that had theirs.
#[derive(Default)]
struct Key {
    next: Option<String>,
    seen: BTreeSet<String>,
}

/// Builds the tree from events with a stack of its own, so that nesting costs
/// no recursion; what was read before an error is kept.
fn read_yaml(yaml: &str, first: usize, notes: &mut Vec<Note>) -> Option<Node> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(yaml) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let line = line_of(first + error.marker().line().saturating_sub(1));
                notes.push(Note::at(
                    line,
                    format!("the front matter is not valid YAML here: {}", error.info()),
                ));
                break;
            }
        };
        let line = line_of(first + span.start.line().saturating_sub(1));
        let finished = match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == saphyr_parser::ScalarStyle::Plain;
                let null = plain && matches!(text.as_ref(), "~" | "null" | "Null" | "NULL");
                let text = if null { "" } else { text.as_ref() };
                Located::at(line, Value::Scalar(text.to_owned()))
            }
            Event::Alias(_) => {
                notes.push(Note::at(line, "YAML aliases (`*name`) are not followed"));
                Located::at(line, Value::Scalar(String::new()))
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= MAX_DEPTH => {
                notes.push(Note::at(
                    line,
                    format!("the front matter is nested deeper than {MAX_DEPTH} levels"),
                ));
                break;
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(line, Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(line, Vec::new(), Key::default()));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(container) => close(container),
                None => continue,
            },
            Event::DocumentEnd => break,
            _ => continue,
        };
        root = place(&mut open, finished, notes);
    }
    while let Some(container) = open.pop() {
        root = place(&mut open, close(container), notes);
    }
    root
}

fn close(container: Open) -> Node {
    match container {
        Open::List(line, items) => Located::at(line, Value::List(items)),
        Open::Map(line, entries, _) => Located::at(line, Value::Map(entries)),
    }
}

/// Puts a finished value into the innermost open container; with none open it
/// is the root and is handed back.
fn place(open: &mut [Open], node: Node, notes: &mut Vec<Note>) -> Option<Node> {
    match open.last_mut() {
        None => return Some(node),
        Some(Open::List(_, items)) => items.push(node),
        Some(Open::Map(_, entries, key)) => match key.next.take() {
            None => key.next = Some(node.value.as_text().unwrap_or_default().to_owned()),
            Some(name) if !key.seen.insert(plain_key(&name)) => {
                notes.push(Note::at(
                    node.line,
                    format!("`{name}` is given twice; the first is taken"),
                ));
            }
            Some(name) => entries.push((name, node)),
        },
    }
    None
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
