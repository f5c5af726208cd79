//! YAML as people write it beside code: mappings, lists and scalars, with lines.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::{Located, Note};

/// Deeper than anybody writes by hand; what is deeper is not read.
const DEEPEST: usize = 16;

/// Bytes that aliases may repeat in all, some thousand values: who writes by hand repeats
/// a list or two, and aliases of aliases multiply, as do those of a long text.
const MOST_REPEATED: usize = 64_000;

/// What a value costs without its text.
const BYTES_A_VALUE: usize = 64;

/// A value with its line: that of its key, where it has one.
pub type Node = Located<Value>;

/// The three shapes of YAML; scalars stay text, because `2026-03-04`, `30` and
/// `no` mean what their reader says they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// As written, without quotes; a null is the empty text.
    Scalar(String),
    /// In the order of the text.
    List(Vec<Node>),
    /// In the order of the text. No key stands twice.
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

    /// About how many bytes it takes, with the values inside.
    fn size(&self) -> usize {
        let inside: usize = match self {
            Self::Scalar(text) => text.len(),
            Self::List(items) => items.iter().map(|item| item.value.size()).sum(),
            Self::Map(entries) => entries
                .iter()
                .map(|(key, node)| key.len() + node.value.size())
                .sum(),
        };
        BYTES_A_VALUE + inside
    }
}

/// A text that is to be read, and what notes say of it.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The YAML.
    pub yaml: &'a str,
    /// What notes call it: `the file`, `the front matter`.
    pub name: &'a str,
    /// The line of the document on which it begins, counted from 1.
    pub first_line: u32,
    /// What two spellings of a key have in common.
    pub plain_key: fn(&str) -> String,
}

/// The first document of the text; what was read before an error is kept. Nesting
/// takes a list, not the call stack.
pub fn read(text: Text<'_>, notes: &mut Vec<Note>) -> Option<Node> {
    let mut reader = Reader {
        text,
        lines: text.yaml.lines().count(),
        notes,
        open: Vec::new(),
        anchored: Vec::new(),
        repeated: 0,
        root: None,
    };
    for event in Parser::new_from_str(text.yaml) {
        let taken = match event {
            Ok((event, span)) => reader.take(event, span.start.line()),
            Err(error) => {
                let problem = format!("is not valid YAML here: {}", error.info());
                reader.note(error.marker().line(), &problem);
                false
            }
        };
        if !taken {
            break;
        }
    }
    while reader.close() {}
    reader.root
}

struct Reader<'a> {
    text: Text<'a>,
    /// How many lines the text has.
    lines: usize,
    notes: &'a mut Vec<Note>,
    open: Vec<Open>,
    /// What aliases can repeat, by the parser's numbers of the anchors, which it counts
    /// from 1; `None` while a container is still open.
    anchored: Vec<Option<Value>>,
    /// How many bytes aliases have repeated.
    repeated: usize,
    root: Option<Node>,
}

/// A container that is still open.
struct Open {
    value: Value,
    line: u32,
    anchor: usize,
    /// The key whose value is still to come, and its line.
    key: Option<(u32, String)>,
    /// The plain keys that had theirs.
    seen: BTreeSet<String>,
}

impl Reader<'_> {
    /// Takes one event on a line of the text; `false` where reading ends with it.
    fn take(&mut self, event: Event<'_>, line_of_text: usize) -> bool {
        let line = self.line(line_of_text);
        match event {
            Event::Scalar(scalar, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let null = plain && matches!(scalar.as_ref(), "~" | "null" | "Null" | "NULL");
                let scalar = if null { "" } else { scalar.trim() };
                self.place(anchor, Located::at(line, Value::Scalar(scalar.to_owned())));
            }
            Event::Alias(anchor) => {
                let value = self.repeat(anchor, line_of_text);
                self.place(0, Located::at(line, value));
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.open.len() >= DEEPEST => {
                let problem = format!("is nested deeper than {DEEPEST} levels");
                self.note(line_of_text, &problem);
                return false;
            }
            Event::SequenceStart(anchor, _) => self.open(anchor, line, Value::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.open(anchor, line, Value::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => {
                self.close();
            }
            Event::DocumentEnd => return false,
            _ => {}
        }
        true
    }

    fn open(&mut self, anchor: usize, line: u32, value: Value) {
        self.open.push(Open {
            value,
            line,
            anchor,
            key: None,
            seen: BTreeSet::new(),
        });
    }

    /// Ends the innermost open container; `false` where there is none.
    fn close(&mut self) -> bool {
        let closed = self.open.pop();
        let is_closed = closed.is_some();
        if let Some(container) = closed {
            self.place(
                container.anchor,
                Located::at(container.line, container.value),
            );
        }
        is_closed
    }

    /// What an alias stands for, once more; the empty text where that is too much, or
    /// where it stands inside itself.
    fn repeat(&mut self, anchor: usize, line_of_text: usize) -> Value {
        if self.repeated <= MOST_REPEATED {
            if let Some(Some(value)) = self.anchored.get(anchor) {
                self.repeated += value.size();
                if self.repeated <= MOST_REPEATED {
                    return value.clone();
                }
            }
            let problem = format!(
                "has an alias (`*name`) inside what it repeats, or that makes more than \
                 {MOST_REPEATED} repeated bytes; it is left out"
            );
            self.note(line_of_text, &problem);
        }
        Value::Scalar(String::new())
    }

    /// Puts a finished value into the innermost open container, or makes it the root.
    /// Its anchor is 0 where it has none.
    fn place(&mut self, anchor: usize, node: Node) {
        if anchor > 0 {
            let known = self.anchored.len().max(anchor + 1);
            self.anchored.resize_with(known, || None);
            if let Some(place) = self.anchored.get_mut(anchor) {
                *place = Some(node.value.clone());
            }
        }
        let Some(container) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match (&mut container.value, container.key.take()) {
            (Value::List(items), _) => items.push(node),
            (Value::Map(_), None) => {
                let key = node.value.as_text().unwrap_or_default().to_owned();
                container.key = Some((node.line, key));
            }
            (Value::Map(entries), Some((line, key))) => {
                if container.seen.insert((self.text.plain_key)(&key)) {
                    entries.push((key, Located::at(line, node.value)));
                } else {
                    let message = format!("`{key}` is given twice; the first is taken");
                    self.notes.push(Note::at(line, message));
                }
            }
            (Value::Scalar(_), _) => {}
        }
    }

    fn note(&mut self, line_of_text: usize, problem: &str) {
        let message = format!("{} {problem}", self.text.name);
        self.notes.push(Note::at(self.line(line_of_text), message));
    }

    /// The parser counts the lines of the text from 1, and one behind the last where
    /// the text ends too early.
    fn line(&self, line_of_text: usize) -> u32 {
        let line_of_text = line_of_text.min(self.lines);
        let before = u32::try_from(line_of_text.saturating_sub(1)).unwrap_or(u32::MAX);
        self.text.first_line.saturating_add(before)
    }
}
