//! `MAINTAINERS` in prose: people in tables, lists, lines and loose YAML.

use super::inline::Inline;
use super::outline::Block;
use super::prose::{self, ReadLine, label, words};
use super::text::is_one_of;
use crate::Parsed;
use crate::plan::person::{self, Identity, Names, PersonRef};

/// Somebody whom a maintainers file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maintainer {
    /// Who.
    pub person: PersonRef,
    /// The heading above, such as `Reviewers` or the name of a part.
    pub section: Option<String>,
    /// Listed below "emeritus", "former", "triage" or the like: no maintainer now.
    pub former: bool,
    /// The line that names them, counted from 1.
    pub line: u32,
}

/// Reads the people of a maintainers file, in order; who stands in two sections
/// is there twice. `path` tells the markup.
pub fn maintainers(path: &str, bytes: &[u8]) -> Parsed<Vec<Maintainer>> {
    let prose = prose::open(path, bytes);
    let mut reader = Reader::default();
    for line in &prose.lines {
        reader.line(line);
    }
    Parsed {
        value: reader.found,
        notes: prose.notes,
    }
}

#[derive(Default)]
struct Reader {
    found: Vec<Maintainer>,
    section: Option<String>,
    former: Option<u8>,
    /// Which cells of the open table are a name, a login, an address.
    columns: Vec<Column>,
    table: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Column {
    Name,
    Handle,
    Email,
    Other,
}

impl Reader {
    fn line(&mut self, line: &ReadLine) {
        match line.block {
            Block::Code { .. } => {}
            Block::Heading { level } => self.heading(level, &line.text.text),
            Block::Row { table, header } => self.row(table, header, line),
            Block::Paragraph { .. } if opens_part(&line.text) => {
                self.heading(PART_LEVEL, line.text.text.trim_end_matches([':', ' ']));
            }
            Block::Item { .. } | Block::Paragraph { .. } | Block::Continuation { .. } => {
                let item = matches!(line.block, Block::Item { .. });
                self.entry(&line.text, item, line.number);
            }
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        if self.former.is_some_and(|former| level <= former) {
            self.former = None;
        }
        const PAST: &str = "emeritus|emeriti|former|retired|alumni|past|inactive";
        const LESS: &str = "triage|triagers|authors|contributors|contributor";
        const NOW: &str = "maintainers|maintainer|committers|approvers|owners|reviewers";
        let words = words(text);
        let any = |list: &str| words.iter().any(|word| is_one_of(word, list));
        let past = any(PAST) || any(LESS) && !any(NOW);
        if past && self.former.is_none() {
            self.former = Some(level);
        }
        self.section = Some(text.trim().to_owned());
    }

    fn row(&mut self, table: usize, header: bool, line: &ReadLine) {
        if header || self.table != Some(table) {
            self.table = Some(table);
            self.columns = line.cells.iter().map(|cell| column(&cell.text)).collect();
            return;
        }
        let cell = |wanted: Column| {
            let at = self.columns.iter().position(|column| *column == wanted)?;
            line.cells
                .get(at)
                .filter(|cell| !cell.text.trim().is_empty())
        };
        for column in [Column::Name, Column::Handle] {
            let people = cell(column).map(|cell| person::read(cell, Names::Ignored).people);
            if let Some(people) = people.filter(|people| people.len() > 1) {
                for person in people {
                    self.add(Some(person), line.number);
                }
                return;
            }
        }
        let person = combined(
            cell(Column::Name),
            cell(Column::Handle),
            cell(Column::Email),
        );
        self.add(person, line.number);
    }

    fn entry(&mut self, text: &Inline, item: bool, line: u32) {
        if text.text.starts_with('"') {
            return self.add(quoted(&text.text), line);
        }
        if let Some((name, value)) = label(text) {
            // `- name: Ann Lee` with `github: ann` on the next line.
            let value = Inline {
                text: value.trim_matches(['"', '\'']).to_owned(),
                ..Inline::default()
            };
            match name.as_str() {
                "name" if item => return self.add(combined(Some(&value), None, None), line),
                _ if value.text.contains(' ') => {}
                "github" | "login" | "handle" | "username" | "id" | "github_id" | "githubid" => {
                    let Some(handle) = combined(None, Some(&value), None) else {
                        return;
                    };
                    return match self
                        .found
                        .last_mut()
                        .filter(|last| !item && line <= last.line + 4)
                    {
                        Some(last) => last.person.identity = handle.identity,
                        None => self.add(Some(handle), line),
                    };
                }
                _ => {}
            }
        }
        // A sentence mentions people; it does not list them.
        if text.text.trim_end().ends_with(['.', '!', '?']) {
            return;
        }
        let found = person::read(text, Names::Taken);
        let plain = found.others.is_empty() && found.teams.is_empty();
        for person in found.people {
            let sure = !matches!(person.identity, Identity::Name(_));
            let words = text.text.trim();
            let alone = item && plain && person.written == words && !words.ends_with(':');
            let spaced = words.contains(' ');
            // `tariq1890 (<…> / @tariq1890)`: the login stands in for a name.
            let login = match &person.identity {
                Identity::Handle(login) => words.starts_with(login.as_str()),
                _ => false,
            };
            let name = person.name.as_deref();
            let name = name.filter(|name| person::is_name(name) || name.split(' ').count() == 2);
            let named = name.is_some() || person.link.is_some() || login;
            let bare = person.name.is_none() && begins_with(text, &person);
            let led = sure && (named || bare);
            if led || (!sure && alone && spaced) {
                self.add(Some(person), line);
            }
        }
    }

    fn add(&mut self, person: Option<PersonRef>, line: u32) {
        if let Some(person) = person {
            self.found.push(Maintainer {
                person,
                section: self.section.clone(),
                former: self.former.is_some(),
                line,
            });
        }
    }
}

/// Below every heading.
const PART_LEVEL: u8 = 7;

/// `Emeritus:`, or a few bold words, on a line of their own.
fn opens_part(text: &Inline) -> bool {
    let line = text.text.trim();
    let bold = text.bold_lead.is_some_and(|end| end >= line.len());
    let few = line.split_whitespace().count() <= 4;
    few && (bold || line.ends_with(':')) && person::read(text, Names::Ignored).people.is_empty()
}

/// An entry is led by whom it names; a handle inside a sentence is a mention.
fn begins_with(text: &Inline, person: &PersonRef) -> bool {
    text.text
        .trim_start_matches(['[', '(', '<'])
        .starts_with(person.written.as_str())
}

fn column(text: &str) -> Column {
    const HEADS: [(Column, &str); 3] = [
        (
            Column::Name,
            "name|maintainer|maintainers|full name|person|who|member",
        ),
        (
            Column::Handle,
            "github|github id|github handle|github username|github name|handle|\
        github user|username|login|id|gh|github account",
        ),
        (Column::Email, "email|e mail|mail|contact"),
    ];
    let words = words(text).join(" ");
    let known = HEADS
        .iter()
        .find(|(_, wordings)| is_one_of(&words, wordings));
    known.map_or(Column::Other, |(column, _)| *column)
}

/// One person out of a name, a login and an address; the login is the surest.
fn combined(
    name: Option<&Inline>,
    handle: Option<&Inline>,
    email: Option<&Inline>,
) -> Option<PersonRef> {
    let read = |cell: &Inline| person::read(cell, Names::Taken).people.into_iter().next();
    let login = |cell: &Inline| {
        let word = cell.text.split_whitespace().next()?.trim_start_matches('@');
        let word = word.split('{').next()?;
        let plain = !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_alphanumeric() || "-_.".contains(c));
        (plain && !person::is_placeholder(word)).then(|| PersonRef {
            written: cell.text.trim().to_owned(),
            identity: Identity::Handle(word.to_owned()),
            name: None,
            link: cell.links.first().map(|link| link.target.clone()),
        })
    };
    // A single word with a digit, a dash or no capital is a login, not a name.
    let is_login = |cell: &Inline| {
        let text = cell.text.trim();
        !text.contains(' ')
            && !text.starts_with('@')
            && (!text.starts_with(char::is_uppercase)
                || text.contains(|c: char| c.is_ascii_digit()))
    };
    let named = name.and_then(|cell| {
        if is_login(cell) {
            login(cell)
        } else {
            read(cell)
        }
    });
    let sure = handle.and_then(login).or_else(|| email.and_then(read));
    match (named, sure) {
        // `Ann Lee (ann)`, linked to her profile, is known better than by an address.
        (Some(named), Some(sure))
            if matches!(named.identity, Identity::Handle(_))
                && matches!(sure.identity, Identity::Email(_)) =>
        {
            Some(named)
        }
        (Some(named), Some(sure)) => Some(PersonRef {
            name: Some(named.name.unwrap_or(named.written.clone())),
            written: named.written,
            identity: sure.identity,
            link: sure.link.or(named.link),
        }),
        (named, sure) => named.or(sure),
    }
}

/// `"login","Name","address"`.
fn quoted(line: &str) -> Option<PersonRef> {
    let fields: Vec<Inline> = line
        .split(',')
        .map(|field| Inline {
            text: field.trim().trim_matches('"').to_owned(),
            ..Inline::default()
        })
        .collect();
    combined(fields.get(1), fields.first(), None)
}
