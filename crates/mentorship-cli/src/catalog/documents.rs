//! The documents of one catalog file.
//!
//! A broken YAML document costs itself alone: the stream is cut at its markers
//! first, which stand at the beginning of a line and nowhere else.

use std::path::Path;

use mentorship_core::evidence::documents::text::read_utf8;
use serde_json::Value;
use serde_saphyr::options::DuplicateKeyPolicy;
use serde_saphyr::{Options, from_str_with_options};

/// Nodes that aliases may unfold to in one document: a real one has dozens.
const MOST_ALIASED_NODES: usize = 20_000;

/// One document.
pub enum Document {
    /// A page as a catalog sends it, byte by byte.
    Page(Vec<u8>),
    /// An entity that somebody wrote.
    Entity {
        /// The document.
        value: Value,
        /// The line that it begins on, from 1.
        line: usize,
    },
}

/// Why a document was not read.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl Problem {
    /// File and line.
    pub fn place(&self, path: &Path) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", path.display()),
            None => path.display().to_string(),
        }
    }
}

/// The documents of a file, YAML unless its name says JSON.
///
/// # Errors
/// Where the whole of a JSON file cannot be read, or the text is in another encoding.
pub fn documents(path: &Path, bytes: &[u8]) -> Result<Vec<Result<Document, Problem>>, Problem> {
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return Err(Problem {
            line: None,
            message: "it is UTF-16, which no catalog reads; save it as UTF-8".to_owned(),
        });
    }
    let is_json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_json {
        of_json(bytes)
    } else {
        let (text, note) = read_utf8(bytes);
        let mut documents = of_yaml(&text);
        documents.extend(note.map(|note| {
            Err(Problem {
                line: note.line.and_then(|line| usize::try_from(line).ok()),
                message: note.message,
            })
        }));
        Ok(documents)
    }
}

fn of_json(bytes: &[u8]) -> Result<Vec<Result<Document, Problem>>, Problem> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| Problem {
        line: Some(error.line()),
        message: format!("not JSON: {error}"),
    })?;
    Ok(match value {
        Value::Object(fields) if fields.contains_key("items") && !fields.contains_key("kind") => {
            vec![Ok(Document::Page(bytes.to_vec()))]
        }
        Value::Array(items) => items
            .into_iter()
            .map(|value| Ok(Document::Entity { value, line: 1 }))
            .collect(),
        value => vec![Ok(Document::Entity { value, line: 1 })],
    })
}

fn of_yaml(text: &str) -> Vec<Result<Document, Problem>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut documents = Vec::new();
    for (first_line, text) in cut(text) {
        match value_of_yaml(&text) {
            Ok(Value::Null) => {}
            Ok(value) => {
                let blank = text.lines().take_while(|line| says_nothing(line)).count();
                documents.push(Ok(Document::Entity {
                    value,
                    line: first_line + blank,
                }));
            }
            Err(problem) => documents.push(Err(Problem {
                line: problem.line.map(|line| first_line + line - 1),
                ..problem
            })),
        }
    }
    documents
}

/// One YAML document as JSON. Scalars are read as YAML 1.2 has them; two equal keys are
/// an error, as they are to the catalog.
///
/// # Errors
/// What is wrong, with the line.
pub fn value_of_yaml(text: &str) -> Result<Value, Problem> {
    let mut options = Options::default();
    options.duplicate_keys = DuplicateKeyPolicy::Error;
    options.strict_booleans = true;
    options.with_snippet = false;
    options.alias_limits.max_total_replayed_events = MOST_ALIASED_NODES;
    from_str_with_options(text, options).map_err(|error| {
        let line = error
            .location()
            .and_then(|location| usize::try_from(location.line()).ok());
        let message = error.to_string();
        // The place stands in front already.
        let message = message.split(" at line ").next().unwrap_or_default();
        Problem {
            line,
            message: format!("not YAML: {message}"),
        }
    })
}

/// Cuts a stream into its documents, each with the line that it begins on.
fn cut(text: &str) -> Vec<(usize, String)> {
    let mut documents = vec![(1, String::new())];
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let begins = is_marker(line, "---");
        if let Some((_, current)) = documents.last()
            && begins
            && current
                .lines()
                .any(|line| is_marker(line, "---") || !says_nothing(line))
        {
            documents.push((number, String::new()));
        }
        let ends = is_marker(line, "...");
        if let Some((_, current)) = documents.last_mut()
            && !ends
        {
            current.push_str(line);
        }
        if ends {
            documents.push((number + 1, String::new()));
        }
    }
    documents
}

fn is_marker(line: &str, marker: &str) -> bool {
    line.strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Blank lines, comments, directives and a marker with nothing behind it.
fn says_nothing(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') || line.starts_with('%') || line == "---"
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::{Document, documents};

    /// What was read with its line, or what is wrong with its line.
    type Read = Result<(String, usize), (Option<usize>, String)>;

    fn read(text: &str) -> Vec<Read> {
        documents(Path::new("catalog-info.yaml"), text.as_bytes())
            .unwrap()
            .into_iter()
            .map(|document| match document {
                Ok(Document::Entity { value, line }) => Ok((value.to_string(), line)),
                Ok(Document::Page(_)) => unreachable!("YAML holds no pages"),
                Err(problem) => Err((problem.line, problem.message)),
            })
            .collect()
    }

    #[test]
    fn a_broken_document_costs_itself_alone() {
        let read = read("a: 1\n---\nb: [1\nc: 2\n---\n# two\nd: 3\n...\n---\n---\n");
        assert_eq!(read[0], Ok(("{\"a\":1}".to_owned(), 1)));
        assert!(
            matches!(&read[1], Err((Some(4), message)) if message.starts_with("not YAML")),
            "{:?}",
            read[1]
        );
        assert_eq!(read[2], Ok(("{\"d\":3}".to_owned(), 7)));
        assert_eq!(read.len(), 3);
    }

    #[test]
    fn what_the_catalog_would_refuse_is_told_with_its_line() {
        let read = read("a: 1\n---\nb: 1\nc:\n  d: 1\n  d: 2\n---\ne: 1\n");
        assert!(
            matches!(&read[1], Err((Some(6), message)) if message.contains('d')),
            "{:?}",
            read[1]
        );
        assert_eq!(read[2], Ok(("{\"e\":1}".to_owned(), 8)));
    }

    #[test]
    fn a_name_in_another_encoding_is_read_as_far_as_it_goes_and_told() {
        let bytes = b"a: 1\nb: Andr\xe9\n";
        let read = documents(Path::new("catalog-info.yaml"), bytes).unwrap();
        assert!(matches!(&read[0], Ok(Document::Entity { value, .. }) if value["a"] == 1));
        let told = read[1].as_ref().err().unwrap();
        assert_eq!(told.line, Some(2));

        let written = documents(Path::new("catalog-info.yaml"), "a: \u{FFFD}\n".as_bytes());
        assert_eq!(written.unwrap().len(), 1, "somebody wrote it so");
    }

    #[test]
    fn markers_inside_a_line_cut_nothing() {
        assert_eq!(
            read("a: b --- c\nd: ---x\n"),
            [Ok((r#"{"a":"b --- c","d":"---x"}"#.to_owned(), 1))]
        );
        assert_eq!(
            read("%YAML 1.2\n---\na: yes\n"),
            [Ok((r#"{"a":"yes"}"#.to_owned(), 3))]
        );
    }

    #[test]
    fn aliases_unfold_only_so_far() {
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..12 {
            let before = format!("*a{},", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
        }
        let read = read(&bomb);
        assert!(
            matches!(&read[0], Err((Some(_), message)) if message.contains("alias")),
            "{:?}",
            read[0]
        );
    }
}
