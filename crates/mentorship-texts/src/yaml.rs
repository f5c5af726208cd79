//! YAML as people write it beside code: mappings, lists and scalars, with lines.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::{Located, Note};

/// Deeper than anybody writes by hand; what is deeper is not read.
const DEEPEST: usize = 16;

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
    while let Some(container) = reader.open.pop() {
        reader.place(container.close());
    }
    reader.root
}

struct Reader<'a> {
    text: Text<'a>,
    /// How many lines the text has.
    lines: usize,
    notes: &'a mut Vec<Note>,
    open: Vec<Open>,
    root: Option<Node>,
}

/// A container that is still open.
struct Open {
    value: Value,
    line: u32,
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
            Event::Scalar(scalar, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                let null = plain && matches!(scalar.as_ref(), "~" | "null" | "Null" | "NULL");
                let scalar = if null { "" } else { scalar.trim() };
                self.place(Located::at(line, Value::Scalar(scalar.to_owned())));
            }
            Event::Alias(_) => {
                self.notes
                    .push(Note::at(line, "YAML aliases (`*name`) are not followed"));
                self.place(Located::at(line, Value::Scalar(String::new())));
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.open.len() >= DEEPEST => {
                let problem = format!("is nested deeper than {DEEPEST} levels");
                self.note(line_of_text, &problem);
                return false;
            }
            Event::SequenceStart(..) => self.open(line, Value::List(Vec::new())),
            Event::MappingStart(..) => self.open(line, Value::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(container) = self.open.pop() {
                    self.place(container.close());
                }
            }
            Event::DocumentEnd => return false,
            _ => {}
        }
        true
    }

    fn open(&mut self, line: u32, value: Value) {
        self.open.push(Open {
            value,
            line,
            key: None,
            seen: BTreeSet::new(),
        });
    }

    /// Puts a finished value into the innermost open container, or makes it the root.
    fn place(&mut self, node: Node) {
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

impl Open {
    fn close(self) -> Node {
        Located::at(self.line, self.value)
    }
}
