//! One OWNERS or OWNERS_ALIASES file.

use mentorship_texts::yaml::{self, Node, Value};

use super::super::owner::Owner;
use super::login_key;
use crate::evidence::Note;
use crate::evidence::path_patterns::quoted;
use crate::knowledge::PathExpressions;
use mentorship_texts::by_name::ByName;

/// Larger files are not read; real ones have a few kilobytes.
const LARGEST: usize = 1024 * 1024;

/// What one OWNERS file says.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnersFile {
    pub no_parent_owners: bool,
    everywhere: PeopleLists,
    /// People for paths that a regular expression finds, in file order.
    filters: Vec<(Filter, PeopleLists)>,
}

/// A regular expression of Go's.
#[derive(Debug, Clone)]
struct Filter {
    expression: PathExpressions,
    /// Whether it finds paths in lower case, as it is itself.
    in_lower_case: bool,
}

impl Filter {
    /// `(?i)` at the beginning leaves the case of letters open; `(?:` is a plain parenthesis.
    fn parse(written: &str) -> Result<Self, &'static str> {
        let plain = written.replace("(?:", "(");
        let open = plain.strip_prefix("(?i)").filter(|open| {
            // In lower case `\D` would be `\d`.
            let mut escaped = open.bytes().zip(open.bytes().skip(1));
            !escaped.any(|(mark, behind)| mark == b'\\' && behind.is_ascii_uppercase())
        });
        let expression = match open {
            Some(open) => PathExpressions::new([open.to_ascii_lowercase().as_str()]),
            None => PathExpressions::new([plain.as_str()]),
        };
        Ok(Self {
            in_lower_case: open.is_some(),
            expression: expression.map_err(|error| error.problem)?,
        })
    }

    fn finds(&mut self, path: &str) -> bool {
        match self.in_lower_case {
            true => self
                .expression
                .matches(path.to_ascii_lowercase().as_bytes()),
            false => self.expression.matches(path.as_bytes()),
        }
    }
}

/// Who approves and who reviews.
#[derive(Debug, Clone, Default)]
pub(super) struct PeopleLists {
    pub approvers: Vec<Owner>,
    pub reviewers: Vec<Owner>,
}

impl OwnersFile {
    /// Whether anybody approves anything by this file.
    pub fn names_approvers(&self) -> bool {
        let filtered = self.filters.iter().map(|(_, people)| people);
        std::iter::once(&self.everywhere)
            .chain(filtered)
            .any(|people| !people.approvers.is_empty())
    }

    /// The lists that hold for a path relative to the file's directory.
    pub fn people_of(&mut self, path: &str) -> Vec<&PeopleLists> {
        let filters = self.filters.iter_mut();
        let filtered =
            filters.filter_map(|(filter, people)| filter.finds(path).then_some(&*people));
        std::iter::once(&self.everywhere).chain(filtered).collect()
    }
}

/// Whom aliases stand for, by name in lower case.
pub(super) type Aliases = ByName<Vec<Owner>>;

/// Reads an OWNERS file, whose lists name people by login or by alias. Where `aliases` is
/// none nobody knows which there are.
pub(super) fn read_owners(
    text: &[u8],
    aliases: Option<&Aliases>,
    notes: &mut Vec<Note>,
) -> OwnersFile {
    let mut file = OwnersFile::default();
    let mut filters = None;
    for (key, node) in read_mapping(text, notes) {
        match key.as_str() {
            "filters" => filters = Some(node),
            "options" => file.no_parent_owners = reads_no_parent_owners(&node),
            _ => file.everywhere.read(&key, &node, aliases, notes),
        }
    }
    let Some(filters) = filters else { return file };
    let has_people_outside =
        !file.everywhere.approvers.is_empty() || !file.everywhere.reviewers.is_empty();
    if has_people_outside {
        notes.push(Note::at(
            filters.line,
            "the filters are ignored, because people are named outside them; move those under `.*`",
        ));
        return file;
    }
    let Value::Map(entries) = filters.value else {
        notes.push(Note::at(
            filters.line,
            "`filters` is not a mapping of regular expressions, so it is not read",
        ));
        return file;
    };
    for (expression, node) in entries {
        let mut people = PeopleLists::default();
        if let Value::Map(lists) = &node.value {
            for (key, list) in lists {
                people.read(key, list, aliases, notes);
            }
        }
        match Filter::parse(&expression) {
            Ok(filter) => file.filters.push((filter, people)),
            Err(problem) => notes.push(Note::at(
                node.line,
                format!("the filter {} is left out: {problem}", quoted(&expression)),
            )),
        }
    }
    file
}

/// Reads the aliases; none where they cannot be understood. An alias stands for logins,
/// not for other aliases.
pub(super) fn read_aliases(text: &[u8], notes: &mut Vec<Note>) -> Option<Aliases> {
    let mut aliases = None;
    for (key, node) in read_mapping(text, notes) {
        match node.value {
            Value::Map(entries) if key == "aliases" => {
                let mut named = Aliases::new();
                for (name, list) in entries {
                    let people = read_people(&list, Some(&Aliases::new()), notes);
                    named.insert(name.to_lowercase(), Box::new(people));
                }
                aliases = Some(named);
            }
            _ => notes.push(Note::at(
                node.line,
                format!(
                    "{} is not read; write `aliases:` and lists below it",
                    quoted(&key)
                ),
            )),
        }
    }
    aliases
}

impl PeopleLists {
    fn read(&mut self, key: &str, node: &Node, aliases: Option<&Aliases>, notes: &mut Vec<Note>) {
        let list = match key {
            "approvers" => &mut self.approvers,
            "reviewers" | "required_reviewers" => &mut self.reviewers,
            // Former owners, labels and issue trackers' components own nothing.
            "emeritus_approvers" | "emeritus_reviewers" | "labels" | "component"
            | "subcomponent" => return,
            _ => {
                notes.push(Note::at(
                    node.line,
                    format!(
                        "{} is not read; an OWNERS file has `approvers` and `reviewers`",
                        quoted(key)
                    ),
                ));
                return;
            }
        };
        list.extend(read_people(node, aliases, notes));
    }
}

fn read_people(list: &Node, aliases: Option<&Aliases>, notes: &mut Vec<Note>) -> Vec<Owner> {
    let items = match &list.value {
        Value::List(items) => items.as_slice(),
        Value::Scalar(text) if text.is_empty() => &[],
        Value::Scalar(_) | Value::Map(_) => {
            notes.push(Note::at(
                list.line,
                "this is not a list of logins, so it is not read",
            ));
            &[]
        }
    };
    let mut people = Vec::new();
    for item in items {
        let login = match &item.value {
            Value::Scalar(login) => login.trim(),
            Value::List(_) | Value::Map(_) => "",
        };
        match named(login, aliases) {
            Ok(named) => people.extend(named),
            Err(problem) => {
                let message = format!("{} {problem}; it is left out", quoted(login));
                notes.push(Note::at(item.line, message));
            }
        }
    }
    people
}

/// Whom an entry of a list names; an error says why nobody.
fn named(written: &str, aliases: Option<&Aliases>) -> Result<Vec<Owner>, &'static str> {
    let owner = Owner::on_kubernetes(written).ok_or("is not a login or alias")?;
    let Some(aliases) = aliases else {
        return Ok(vec![owner]);
    };
    let name = login_key(&owner);
    match aliases.get(&name) {
        Some(members) => Ok(members.to_vec()),
        None if is_group(&name) => Err("is a group, and no alias says here who is in it"),
        None => Ok(vec![owner]),
    }
}

/// Whether a name in lower case is that of a group, such as `sig-storage-approvers`.
fn is_group(name: &str) -> bool {
    const GROUPS: &str = "approvers|reviewers|maintainers|leads|admins|owners";
    let last = name.rsplit(['-', '_']).next();
    last.is_some_and(|last| GROUPS.split('|').any(|group| group == last))
}

fn reads_no_parent_owners(options: &Node) -> bool {
    let Value::Map(options) = &options.value else {
        return false;
    };
    options.iter().any(|(key, node)| {
        key == "no_parent_owners" && node.value == Value::Scalar("true".to_owned())
    })
}

fn read_mapping(text: &[u8], notes: &mut Vec<Note>) -> Vec<(String, Node)> {
    let Ok(yaml) = std::str::from_utf8(text) else {
        notes.push(Note::on_the_whole(
            "the file is not UTF-8 text; save it as UTF-8",
        ));
        return Vec::new();
    };
    if yaml.len() > LARGEST {
        notes.push(Note::on_the_whole(format!(
            "the file has {} bytes; more than {LARGEST} are not read",
            yaml.len()
        )));
        return Vec::new();
    }
    let text = yaml::Text {
        yaml: yaml.trim_start_matches('\u{feff}'),
        name: "the file",
        first_line: 1,
        plain_key: str::to_owned,
    };
    match yaml::read(text, notes) {
        Some(Node {
            value: Value::Map(entries),
            ..
        }) => entries,
        Some(node) => {
            notes.push(Note::at(
                node.line,
                "the file is not a mapping of `key: list`, so it is not read",
            ));
            Vec::new()
        }
        // A file of comments leaves everything to the folders above, and does no harm.
        None => Vec::new(),
    }
}
