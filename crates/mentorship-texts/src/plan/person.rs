//! People as a text names them: handles, entity refs, addresses, links, names.

mod fill_ins;
mod identities;
mod names;

pub use fill_ins::{is_nobody, is_placeholder};
pub use names::is_name;

use std::collections::BTreeSet;
use std::ops::Range;

use super::phase;
use crate::documents::inline::Inline;
use identities::{Mark, identities, mail_address, one_person, profile_login};
use names::{may_be_name, single_spaced};

/// A text is searched for people up to so many commas.
const MAX_PIECES: usize = 200;

/// A person as named somewhere, before anybody knows who that is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonRef {
    /// Exactly as written, marks and all.
    pub written: String,
    /// The surest way to tell who is meant.
    pub identity: Identity,
    /// The name beside a handle, an address or a link.
    pub name: Option<String>,
    /// Where the name or handle links to.
    pub link: Option<String>,
}

/// Ways to say who is meant, the surest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// `user:default/alice`: a catalog ref in lower case, the namespace filled in.
    Entity(String),
    /// `@alice`: a code host's login, without `@`, in the writer's case.
    Handle(String),
    /// `alice@example.org`, in lower case.
    Email(String),
    /// `Alice Smith`: nothing but a name, blanks single.
    Name(String),
}

impl Identity {
    /// The spelling that reads as this identity: `@ben`, `user:default/ben`.
    pub fn spelling(&self) -> String {
        match self {
            Self::Handle(login) => format!("@{login}"),
            Self::Entity(text) | Self::Email(text) | Self::Name(text) => text.clone(),
        }
    }
}

impl PersonRef {
    /// Somebody who is known from elsewhere, as a plan would name them.
    pub fn known(identity: Identity, name: Option<String>) -> Self {
        let mut person = Self {
            written: String::new(),
            identity,
            name,
            link: None,
        };
        person.written = person.spelling();
        person
    }

    /// Name and identity in a spelling that reads as this person: `Ben Doe (@ben)`.
    pub fn spelling(&self) -> String {
        match (&self.name, &self.identity) {
            (Some(name), Identity::Handle(_) | Identity::Entity(_) | Identity::Email(_)) => {
                format!("{name} ({})", self.identity.spelling())
            }
            _ => self.identity.spelling(),
        }
    }

    /// Takes a surer identity; a bare name becomes the name beside it.
    pub fn call(&mut self, identity: Identity) {
        let bare = std::mem::replace(&mut self.identity, identity);
        if let (Identity::Name(name), None) = (bare, &self.name) {
            self.name = Some(name);
        }
    }

    /// The same for every spelling of the same identity: kind and value in
    /// lower case, such as `handle:alice` or `name:alice smith`.
    pub fn key(&self) -> String {
        let (kind, value) = match &self.identity {
            Identity::Entity(value) => ("entity", value),
            Identity::Handle(value) => ("handle", value),
            Identity::Email(value) => ("email", value),
            Identity::Name(value) => ("name", value),
        };
        format!("{kind}:{}", value.to_lowercase())
    }

    /// Whether both may mean the same person: the same key, or the name of one
    /// is the handle, the name or the entity name of the other.
    pub fn may_be(&self, other: &Self) -> bool {
        self.key() == other.key()
            || self
                .names()
                .iter()
                .any(|name| other.names().iter().any(|also| also == name))
    }

    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        match &self.identity {
            Identity::Entity(value) => {
                names.extend(value.rsplit('/').next().map(str::to_lowercase));
            }
            Identity::Handle(value) | Identity::Name(value) => names.push(value.to_lowercase()),
            Identity::Email(_) => {}
        }
        names.extend(self.name.as_ref().map(|name| name.to_lowercase()));
        names
    }
}

/// What a text that ought to name people turned out to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// The people, in order, each once.
    pub people: Vec<PersonRef>,
    /// What stands in brackets or behind them, such as `PagerDuty SEV2+`.
    pub remark: Option<String>,
    /// Fill-ins such as `@your-handle`, as written.
    pub placeholders: Vec<String>,
    /// Teams such as `@org/payments`, as written: nobody in particular.
    pub teams: Vec<String>,
    /// Pieces that name nobody, as written.
    pub others: Vec<String>,
}

/// Whether a bare name counts as a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Behind a label that asks for a person.
    Taken,
    /// In running text, where only handles, refs, addresses and links to
    /// profiles are people for sure.
    Ignored,
}

/// Reads the people of a text: `@alice, Ben Doe (@ben) and user:default/cy`.
pub fn read(text: &Inline, names: Names) -> People {
    let mut found = People::default();
    let mut remarks = Vec::new();
    for piece in pieces(&text.text).into_iter().take(MAX_PIECES) {
        read_piece(text, piece, names, &mut found, &mut remarks);
    }
    let mut seen = BTreeSet::new();
    found.people.retain(|person| seen.insert(person.key()));
    if !remarks.is_empty() {
        found.remark = Some(remarks.join(", "));
    }
    found
}

/// Whether an address is somebody's page on a code host.
pub fn is_profile(target: &str) -> bool {
    profile_login(target).is_some()
}

/// Whom a cell for logins names by its first word, `@` or not: `ann7 (Initech)`.
pub fn login(cell: &Inline) -> Option<PersonRef> {
    let word = cell.text.split_whitespace().next()?.trim_start_matches('@');
    let word = word.split('{').next()?;
    let is_plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    (word.chars().all(is_plain) && !is_nobody(word) && !is_placeholder(word)).then(|| PersonRef {
        written: cell.text.trim().to_owned(),
        identity: Identity::Handle(word.to_owned()),
        name: None,
        link: cell.links.first().map(|link| link.target.clone()),
    })
}

/// As [`read`], for text without marks, such as a value of front matter.
pub fn read_plain(text: &str) -> People {
    let inline = Inline {
        text: text.to_owned(),
        ..Inline::default()
    };
    read(&inline, Names::Taken)
}

/// Splits at commas, semicolons, "and" and the like, outside brackets and links.
fn pieces(text: &str) -> Vec<Range<usize>> {
    const WORDS: [&str; 8] = [
        " and ", " & ", " or ", " / ", " then ", " → ", " + ", " -> ",
    ];
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let mut width = character.len_utf8();
        let mut splits = false;
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '\n' | '|' if depth == 0 => splits = true,
            ' ' if depth == 0 => {
                let rest = text.get(at..).unwrap_or_default();
                if let Some(word) = WORDS.iter().find(|word| rest.starts_with(**word)) {
                    splits = true;
                    width = word.len();
                }
            }
            _ => {}
        }
        if splits {
            pieces.push(start..at);
            start = at + width;
        }
        at += width;
    }
    pieces.push(start..text.len());
    pieces
}

fn read_piece(
    text: &Inline,
    piece: Range<usize>,
    names: Names,
    found: &mut People,
    remarks: &mut Vec<String>,
) {
    let whole = text.slice(piece);
    let written = whole.text.trim();
    if written.is_empty() || is_nobody(written) {
        return;
    }
    let marks = identities(written);
    if marks.is_empty() {
        read_name(&whole, names, found, remarks);
        return;
    }
    let marks = one_person(marks);
    for (number, (range, mark)) in marks.iter().enumerate() {
        let as_written = written.get(range.clone()).unwrap_or_default();
        if is_placeholder(as_written) {
            found.placeholders.push(as_written.to_owned());
            continue;
        }
        let Mark::Person(identity) = mark else {
            found.teams.push(as_written.to_owned());
            continue;
        };
        // The words before the first mark are its name: `Alice Smith (@alice)`.
        let lead = written.get(..range.start).unwrap_or_default();
        let lead = lead
            .trim_end_matches(['(', '[', '@', '<', ' ', '-', '–', '—', ':'])
            .trim();
        // `Ann Lee (Initech) @ann`: an employer is not part of the name.
        let lead = lead.split(" (").next().unwrap_or_default().trim();
        let name = (number == 0 && may_be_name(lead)).then(|| single_spaced(lead));
        let link = whole.links.first().map(|link| link.target.clone());
        found.people.push(PersonRef {
            written: match (&name, marks.len()) {
                (Some(_), 1) => written.to_owned(),
                _ => as_written.to_owned(),
            },
            identity: identity.clone(),
            name,
            link,
        });
    }
    if let Some((last, _)) = marks.last() {
        let behind = written.get(last.end..).unwrap_or_default();
        let behind = behind.trim_start_matches([')', ']', '>', ' ', '-', '–', '—', ':', '/', '\\']);
        let remark = behind
            .trim()
            .trim_start_matches('(')
            .trim_end_matches(')')
            .trim();
        if remark.contains(char::is_alphanumeric) {
            remarks.push(remark.to_owned());
        }
    }
}

fn read_name(piece: &Inline, names: Names, found: &mut People, remarks: &mut Vec<String>) {
    let written = piece.text.trim();
    if is_placeholder(written) {
        found.placeholders.push(written.to_owned());
        return;
    }
    let link = piece.links.first();
    let linked = link.and_then(|link| {
        let login = profile_login(&link.target).map(|login| Identity::Handle(login.to_owned()));
        let identity = login.or_else(|| mail_address(&link.target).map(Identity::Email))?;
        Some((link, identity))
    });
    if let Some((link, identity)) = linked {
        // `Ann Lee (ann7)`, the login linked; `Ann Lee – since 2019`, the name linked.
        let words = written.split(" (").next().unwrap_or_default();
        let carried = piece.text.get(link.range.clone()).unwrap_or_default();
        let name = [words, carried]
            .map(single_spaced)
            .into_iter()
            .find(|name| is_name(name));
        found.people.push(PersonRef {
            written: written.to_owned(),
            name,
            identity,
            link: Some(link.target.clone()),
        });
        return;
    }
    let (name, remark) = match written.split_once('(') {
        Some((name, remark)) => (name, remark.trim_end_matches(')').trim()),
        None => (written, ""),
    };
    let name = single_spaced(name.trim_end_matches([' ', '-', '–', '—', ':']));
    let name = names::without_full_stop(&name).to_owned();
    if names == Names::Taken && is_name(&name) {
        found.people.push(PersonRef {
            written: written.to_owned(),
            identity: Identity::Name(name),
            name: None,
            link: link.map(|link| link.target.clone()),
        });
        if remark.contains(char::is_alphanumeric) {
            remarks.push(remark.to_owned());
        }
    } else if names == Names::Taken && is_login(written) {
        found.people.extend(login(piece));
    } else {
        found.others.push(written.to_owned());
    }
}

/// `wz1000` behind a label that asks for a person; `week1` is none.
fn is_login(written: &str) -> bool {
    written.len() > 3
        && written.starts_with(|c: char| c.is_ascii_lowercase())
        && written.contains(|c: char| c.is_ascii_digit())
        && written
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
        && phase::find(written).is_none()
}
