//! `MAINTAINERS`: people in tables, lists, lines and YAML.

use super::inline::Inline;
use super::kind::without_yaml;
use super::outline::Block;
use super::prose::{self, ReadLine, label, phrase, words};
use super::text::{self, is_one_of};
use crate::Parsed;
use crate::by_name::ByName;
use crate::plan::person::{self, Identity, Names, PersonRef};
use crate::yaml::{self, Node, Value};

/// Somebody whom a maintainers file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maintainer {
    /// Who.
    pub person: PersonRef,
    /// The heading above, such as `Reviewers` or the name of a part.
    pub section: Option<String>,
    /// Listed below "emeritus", "former", "triage" or the like, below a sentence that says
    /// so, or as somebody who only reviews (`R:`): no maintainer now.
    pub former: bool,
    /// The line that names them, counted from 1.
    pub line: u32,
}

/// Reads the people of a maintainers file, in order; who stands in two sections
/// is there twice. `path` tells the markup.
pub fn maintainers(path: &str, bytes: &[u8]) -> Parsed<Vec<Maintainer>> {
    let mut reader = Reader {
        reach: 4,
        ..Reader::default()
    };
    if without_yaml(path).is_some() {
        let (text, mut notes) = text::decode(bytes);
        let text = yaml::Text {
            yaml: &text,
            name: "the file",
            first_line: 1,
            plain_key: str::to_owned,
        };
        // The file's name is the key of what stands below none.
        reader.lists_maintainers = true;
        // A mapping ends where its person does.
        reader.reach = u32::MAX;
        if let Some(root) = yaml::read(text, &mut notes) {
            reader.yaml(&root, PART_LEVEL);
        }
        return Parsed {
            value: reader.found,
            notes,
        };
    }
    let (text, notes) = text::decode(bytes);
    if text.lines().any(|line| is_table_of_person(line.trim())) {
        reader.toml(&text);
        return Parsed {
            value: reader.found,
            notes,
        };
    }
    let prose = prose::open(path, bytes);
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
    /// Who stands on the line above and nothing else does: somebody, if this line tells how
    /// to reach them, else perhaps the name of a part.
    called: Option<(PersonRef, u32)>,
    /// The section is about people who maintain, and about no part of what they do.
    lists_maintainers: bool,
    /// How many were found before the heading above.
    before: usize,
    /// How many were found before whoever is told of on further lines, or by further keys.
    since: usize,
    /// How many lines below their name people are told of.
    reach: u32,
    /// The level of the heading below which nobody maintains now.
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
            Block::Paragraph { .. }
                if self.found.len() == self.before && denies(&line.text.text) =>
            {
                self.former.get_or_insert(EVERY_LEVEL);
            }
            Block::Item { .. } | Block::Paragraph { .. } | Block::Continuation { .. } => {
                let item = matches!(line.block, Block::Item { .. });
                self.entry(&line.text, item, line.number);
            }
        }
    }

    /// TOML as the projects around Docker write it: lists of people, and for each a table
    /// below `people`, which says who that is and makes nobody a maintainer.
    fn toml(&mut self, text: &str) {
        // Name and login of each person who has a table, as the lists call them.
        let mut told: ByName<(Option<&str>, Option<&str>)> = ByName::new();
        let mut table = "";
        for (number, line) in text.lines().map(str::trim).enumerate() {
            let opened = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'));
            if let Some(opened) = opened {
                table = opened;
                let name = opened.rsplit('.').next().unwrap_or_default();
                self.heading(1, name.trim_matches('"'));
            } else if line.starts_with('"') {
                self.entry(&inline(line), true, text::line_number(number));
            } else if let Some(person) = table.strip_prefix("people.")
                && let Some((key, value)) = line.split_once(" = ")
            {
                let of_person = told.entry(person.to_owned()).or_default();
                let value = Some(value.trim_matches('"'));
                match key {
                    "Name" => of_person.0 = value,
                    "GitHub" => of_person.1 = value,
                    _ => {}
                }
            }
        }
        for Maintainer { person, .. } in &mut self.found {
            let Some((name, login)) = told.get(&person.written).map(|told| **told) else {
                continue;
            };
            if let Some(name) = name {
                person.name = Some(name.to_owned());
            }
            if let Some(login) = login {
                person.call(Identity::Handle(login.to_owned()));
            }
        }
    }

    /// People in YAML: each in an entry of a list that is named after them, or with a key
    /// for each thing that is known of them.
    fn yaml(&mut self, node: &Node, level: u8) {
        match &node.value {
            Value::Scalar(text) if self.lists_maintainers => {
                self.entry(&inline(text), true, node.line);
            }
            Value::Scalar(_) => {}
            Value::List(items) => {
                for item in items {
                    self.yaml(item, level.saturating_add(1));
                }
            }
            Value::Map(entries) => {
                let is_of_others = |(key, node): &(String, Node)| {
                    is_one_of(key, "repos|repositories") && node.value.as_text().is_none()
                };
                // Who maintains others is listed here, and maintains those.
                if level > PART_LEVEL && entries.iter().any(is_of_others) {
                    return;
                }
                self.since = self.found.len();
                for (key, node) in entries {
                    self.yaml_field(key, node, level);
                }
            }
        }
    }

    fn yaml_field(&mut self, key: &str, node: &Node, level: u8) {
        let lists_maintainers = any_of(&words(key), NOW);
        // `maintainer: true` says something of somebody, and names nobody.
        let is_answer =
            |text: &str| is_one_of(&text.to_lowercase(), "true|false|yes|no") || is_number(text);
        match node.value.as_text() {
            Some(text) if !lists_maintainers || is_answer(text) => {
                let text = inline(&format!("{key}: {text}"));
                self.entry(&text, false, node.line);
            }
            _ => {
                let outside = (self.section.take(), self.lists_maintainers, self.former);
                self.heading(level, key);
                self.yaml(node, level.saturating_add(1));
                (self.section, self.lists_maintainers, self.former) = outside;
            }
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        if self.former.is_some_and(|former| level <= former) {
            self.former = None;
        }
        const PAST: &str = "emeritus|emeriti|former|retired|alumni|past|inactive";
        const LESS: &str = "triage|triagers|curators|authors|contributors|contributor";
        let words = words(text);
        let any = |list: &str| any_of(&words, list);
        // What a document of maintainers is headed as a whole says of none that they are less.
        let is_title = level == 1 && self.section.is_none();
        let past = any(PAST) || any(LESS) && !any(NOW) && !is_title;
        if past && self.former.is_none() {
            self.former = Some(level);
        }
        self.lists_maintainers = any(NOW);
        self.before = self.found.len();
        self.since = self.before;
        self.called = None;
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
        let called = self.called.take();
        if let Some((name, value)) = label(text) {
            if let Some((person, line)) = called
                && matches!(column(&name), Column::Handle | Column::Email)
            {
                self.add(Some(person), line);
            }
            if self.field(&name, value, item, line) {
                return;
            }
        }
        let mut people = match is_sentence(&text.text) {
            // A sentence mentions people; it does not list them, unless it says so.
            true => match said_to_maintain(text) {
                Some(said) => person::read(&said, Names::Ignored).people,
                None => return,
            },
            false => listed(text),
        };
        if !item {
            let named = people.pop_if(|person| is_bare(person));
            self.called = named.map(|person| (person, line));
        }
        // `storage`, in the type of code, is a folder.
        let alone = item && text.code.is_empty() && is_login(text);
        if people.is_empty() && alone && self.lists_maintainers {
            return self.add(combined(None, Some(text), None), line);
        }
        for person in people {
            self.add(Some(person), line);
        }
    }

    /// `- name: Ann Lee` with `github: ann` on the next line; `M: Ann Lee <ann@…>`.
    /// Answers whether the line was a field.
    fn field(&mut self, name: &str, value: &str, item: bool, line: u32) -> bool {
        let value = inline(value.trim_matches(['"', '\'']));
        let near = self.found.get_mut(self.since..);
        let near = near.and_then(<[_]>::last_mut);
        let near = near.filter(|last| line <= last.line.saturating_add(self.reach));
        match name {
            // The number of an account is nobody's login.
            "githubid" | "github_id" if is_number(&value.text) => {}
            "name" => {
                let has_none = |last: &&mut Maintainer| {
                    !item && !is_bare(&last.person) && last.person.name.is_none()
                };
                match near.filter(has_none) {
                    Some(last) => last.person.name = Some(value.text),
                    None => self.add(combined(Some(&value), None, None), line),
                }
            }
            "m" | "r" if !item && value.text.contains('@') => {
                for person in listed(&value) {
                    self.add(Some(person), line);
                    // The kernel's designated reviewers are asked for their opinion, and
                    // look after nothing.
                    if let Some(last) = self.found.last_mut() {
                        last.former |= name == "r";
                    }
                }
            }
            _ if value.text.contains(' ') => return false,
            _ if column(name) == Column::Handle => {
                let Some(handle) = combined(None, Some(&value), None) else {
                    return true;
                };
                let known = |last: &Maintainer| matches!(last.person.identity, Identity::Handle(_));
                match near.filter(|last| !item || !known(last)) {
                    Some(last) => last.person.call(handle.identity),
                    None => self.add(Some(handle), line),
                }
            }
            _ if column(name) == Column::Email => {
                let Some(address) = combined(None, None, Some(&value)) else {
                    return true;
                };
                match near {
                    Some(last) if is_bare(&last.person) => last.person.call(address.identity),
                    Some(_) if !item => {}
                    _ => self.add(Some(address), line),
                }
            }
            _ => return false,
        }
        true
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

/// Whether a line of TOML opens the table of somebody; `[people.md](people.md)` is a link.
fn is_table_of_person(line: &str) -> bool {
    line.starts_with("[people.") && line.ends_with(']')
}

/// Whether a line is more than an entry. `Ann Lee, Initech Inc.` is none.
fn is_sentence(line: &str) -> bool {
    let line = line.trim_end();
    let last = line.rsplit(' ').next().unwrap_or_default();
    line.ends_with(['.', '!', '?']) && !is_one_of(last, "Inc.|Ltd.|Corp.|Co.|Jr.")
}

/// Whom an entry of a list names.
fn listed(text: &Inline) -> Vec<PersonRef> {
    let all = led(text);
    // `docs: Ann Lee (@ann)` names the part first.
    let Some(end) = text.text.find(": ").filter(|end| *end <= 60) else {
        return all;
    };
    let behind = led(&text.slice(end + 1..text.text.len()));
    let sure = behind.iter().any(|person| !is_bare(person));
    if sure && behind.len() > all.len() {
        behind
    } else {
        all
    }
}

fn led(text: &Inline) -> Vec<PersonRef> {
    let found = person::read(text, Names::Taken);
    let plain = found.others.is_empty() && found.teams.is_empty();
    let words = text.text.trim();
    // `Ann Lee, Initech <ann@example.org>`: of one entry, the first name is the person's.
    let sure = found.people.iter().filter(|person| !is_bare(person));
    if let ([first, ..], [only]) = (found.people.as_slice(), sure.collect::<Vec<_>>().as_slice())
        && is_bare(first)
        && first.written.contains(' ')
        && begins_with(text, first)
    {
        let mut person = (*first).clone();
        person.call(only.identity.clone());
        return vec![person];
    }
    let is_led = |person: &PersonRef| {
        if is_bare(person) {
            let alone = plain && person.written == words && !words.ends_with(':');
            // `[Billing](https://github.com/acme/billing/blob/main/OWNERS)` is a file.
            let is_file = |link: &String| link.contains("/blob/") || link.contains("/tree/");
            let leads_to_file = person.link.as_ref().is_some_and(is_file);
            return alone && words.contains(' ') && !leads_to_file;
        }
        // `tariq1890 (<…> / @tariq1890)`: the login stands in for a name.
        let login = match &person.identity {
            Identity::Handle(login) => words.trim_start_matches('@').starts_with(login.as_str()),
            _ => false,
        };
        let name = person.name.as_deref();
        let name = name.filter(|name| person::is_name(name) || name.split(' ').count() == 2);
        // `[our organization](https://github.com/quay)` in a sentence is nobody.
        let unlinked = person.name.is_none() && person.link.is_none();
        name.is_some() || login || unlinked && begins_with(text, person)
    };
    found.people.into_iter().filter(is_led).collect()
}

/// What is behind the words of a sentence that says who maintains.
fn said_to_maintain(text: &Inline) -> Option<Inline> {
    const WORDS: [&str; 3] = ["aintained by ", "aintainers are ", "aintainer is "];
    let end = WORDS
        .iter()
        .find_map(|words| Some(text.text.find(words)? + words.len()))?;
    let behind = text.text.get(end..)?;
    let sentence = behind.find(". ").unwrap_or(behind.len());
    Some(text.slice(end..end + sentence))
}

/// Whether a paragraph before a list says of all whom it lists that they do not maintain
/// (now). What it says of those who might stop one day, it says under a condition; a
/// question denies nothing, nor does a sentence about others beside these.
fn denies(paragraph: &str) -> bool {
    const THEY: &str = "they|these|those|not";
    const NOT: &str = "not|longer|anymore|aren";
    const MAINTAINING: &str =
        "active|actively|involved|maintainer|maintainers|maintain|maintaining";
    const CONDITION: &str = "if|when|who|may|might|will|should|must|can|once|after|only|just|until|\
        yet|need|needed|required|all|every|always";
    let sentences = paragraph.split_inclusive(['.', '!', ';', '?']);
    let mut statements = sentences.filter(|sentence| !sentence.ends_with('?'));
    statements.any(|sentence| {
        let words = words(sentence);
        let any = |list: &str| any_of(&words, list);
        let they = words.first().is_some_and(|first| is_one_of(first, THEY));
        (they || any("people")) && any(NOT) && any(MAINTAINING) && !any(CONDITION)
    })
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_bare(person: &PersonRef) -> bool {
    matches!(person.identity, Identity::Name(_))
}

/// What headings call those who maintain now.
const NOW: &str = "maintainers|maintainer|committers|approvers|owners|reviewers";

fn any_of(words: &[String], list: &str) -> bool {
    words.iter().any(|word| is_one_of(word, list))
}

/// A text without markup.
fn inline(text: &str) -> Inline {
    Inline {
        text: text.to_owned(),
        ..Inline::default()
    }
}

/// Below every heading.
const PART_LEVEL: u8 = 7;
/// What a sentence says of a list holds up to the next heading, whichever it is.
const EVERY_LEVEL: u8 = u8::MAX;

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
            "name|maintainer|maintainers|maintainer name|full name|person|who|member",
        ),
        (
            Column::Handle,
            "github|github id|github handle|github username|github name|handle|\
        github user|username|login|id|gh|github account|githubid",
        ),
        (Column::Email, "email|e mail|mail|contact"),
    ];
    let words = phrase(text);
    let known = HEADS
        .iter()
        .find(|(_, wordings)| is_one_of(&words, wordings));
    known.map_or(Column::Other, |(column, _)| *column)
}

/// A single word with a digit, a dash or no capital is a login, not a name; so is `AnnLee`.
fn is_login(cell: &Inline) -> bool {
    let text = cell.text.trim();
    !text.contains([' ', ':', '/'])
        && !text.starts_with('@')
        && (!text.starts_with(char::is_uppercase)
            || text.contains(|c: char| c.is_ascii_digit())
            || text
                .split(char::is_lowercase)
                .skip(1)
                .any(|rest| rest.starts_with(char::is_uppercase)))
}

/// One person out of a name, a login and an address; the login is the surest.
fn combined(
    name: Option<&Inline>,
    handle: Option<&Inline>,
    email: Option<&Inline>,
) -> Option<PersonRef> {
    let read = |cell: &Inline| person::read(cell, Names::Taken).people.into_iter().next();
    let named = name.and_then(|cell| {
        if is_login(cell) {
            person::login(cell)
        } else {
            read(cell)
        }
    });
    let sure = handle
        .and_then(person::login)
        .or_else(|| email.and_then(read));
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
        .map(|field| inline(field.trim().trim_matches('"')))
        .collect();
    combined(fields.get(1), fields.first(), None)
}
