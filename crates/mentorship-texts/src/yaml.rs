//! YAML as small files of a repository use it, OWNERS for one: mappings, lists
//! and scalars, with lines.

use saphyr_parser::{Event, Parser};

use crate::{Located, Note};

/// Larger files are not read; real ones have a few kilobytes.
const LARGEST: usize = 1024 * 1024;
/// Deeper than any OWNERS file.
const DEEPEST: usize = 8;

/// A value and the line that it begins on.
pub type Node = Located<Value>;

/// What a node holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// As written, without quotes.
    Scalar(String),
    /// In the order of the file.
    List(Vec<Node>),
    /// In the order of the file.
    Map(Vec<(String, Node)>),
}

/// A container that is still open: its value, its line, a key that waits.
struct Open {
    value: Value,
    line: u32,
    key: Option<(u32, String)>,
}

/// The first document; what was read before an error is kept. Nesting takes a
/// list, not the call stack.
pub fn read(text: &[u8], notes: &mut Vec<Note>) -> Option<Node> {
    let Ok(text) = std::str::from_utf8(text) else {
        notes.push(Note::on_the_whole(
            "the file is not UTF-8 text; save it as UTF-8",
        ));
        return None;
    };
    if text.len() > LARGEST {
        notes.push(Note::on_the_whole(format!(
            "the file has {} bytes; more than {LARGEST} are not read",
            text.len()
        )));
        return None;
    }
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text.trim_start_matches('\u{feff}')) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let line = line_number(error.marker().line());
                notes.push(Note::at(
                    line,
                    format!("this is not valid YAML: {}", error.info()),
                ));
                break;
            }
        };
        let line = line_number(span.start.line());
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEEPEST => {
                notes.push(Note::at(line, "the file is nested too deep to be read"));
                break;
            }
            Event::SequenceStart(..) => open.push(Open::new(Value::List(Vec::new()), line)),
            Event::MappingStart(..) => open.push(Open::new(Value::Map(Vec::new()), line)),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(closed) = open.pop() {
                    place(&mut open, Located::at(closed.line, closed.value), &mut root);
                }
            }
            Event::Scalar(scalar, ..) => {
                let value = Value::Scalar(scalar.trim().to_owned());
                place(&mut open, Located::at(line, value), &mut root);
            }
            Event::Alias(_) => {
                notes.push(Note::at(line, "YAML aliases (`*name`) are not followed"));
                let value = Value::Scalar(String::new());
                place(&mut open, Located::at(line, value), &mut root);
            }
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    while let Some(closed) = open.pop() {
        place(&mut open, Located::at(closed.line, closed.value), &mut root);
    }
    root
}

impl Open {
    fn new(value: Value, line: u32) -> Self {
        Self {
            value,
            line,
            key: None,
        }
    }
}

/// Puts a finished value into the innermost open container, or makes it the
/// root. A value is located where its key stands.
fn place(open: &mut [Open], node: Node, root: &mut Option<Node>) {
    let Some(container) = open.last_mut() else {
        *root = Some(node);
        return;
    };
    match (&mut container.value, container.key.take()) {
        (Value::List(items), _) => items.push(node),
        (Value::Map(entries), Some((line, key))) => {
            entries.push((key, Located::at(line, node.value)));
        }
        (Value::Map(_), None) => {
            let key = match node.value {
                Value::Scalar(key) => key,
                Value::List(_) | Value::Map(_) => String::new(),
            };
            container.key = Some((node.line, key));
        }
        (Value::Scalar(_), _) => {}
    }
}

fn line_number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
