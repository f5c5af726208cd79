//! People as a text names them: handles, entity refs, addresses, links, names.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::documents::inline::Inline;

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

/// As [`read`], for text without marks, such as a value of front matter.
pub fn read_plain(text: &str) -> People {
    let inline = Inline {
        text: text.to_owned(),
        ..Inline::default()
    };
    read(&inline, Names::Taken)
}

/// Whether a text is a fill-in: `<name>`, `{handle}`, `[your name]`, `TODO`,
/// `@your-handle`, `…`, `____`.
pub fn is_placeholder(text: &str) -> bool {
    let text = text
        .trim()
        .trim_matches(['*', '`', '"', '\'', '.', ',', ':']);
    let lower = text.to_lowercase();
    let bracketed = [('<', '>'), ('{', '}'), ('[', ']')]
        .iter()
        .any(|(open, close)| {
            let inside = lower.find(*open).and_then(|start| {
                lower
                    .get(start..)?
                    .find(*close)
                    .map(|end| (start, start + end))
            });
            inside.is_some_and(|(start, end)| {
                let inside = lower.get(start + 1..end).unwrap_or_default();
                let words =
                    inside.contains(char::is_alphabetic) && !inside.contains(['@', ':', '/']);
                words
                    && (*open != '['
                        || inside.contains([' ', '-', '_'])
                        || FILL_INS.contains(&inside))
            })
        });
    let blanks = !lower.is_empty() && lower.chars().all(|mark| "_….?-–—x".contains(mark));
    bracketed
        || (blanks && lower != "x")
        || (text.is_empty() && !lower.is_empty())
        || FILL_INS.contains(&lower.trim_start_matches('@'))
        || lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "todo" | "tbd" | "tba" | "fixme" | "placeholder"))
        || lower.trim_start_matches('@').starts_with("your-")
        || lower.trim_start_matches('@').starts_with("your_")
        || lower.starts_with("your ")
        || lower.ends_with(" here")
}

const FILL_INS: [&str; 32] = [
    "handle",
    "username",
    "user-name",
    "user",
    "name",
    "first last",
    "firstname lastname",
    "who",
    "github-handle",
    "github-username",
    "gh-username",
    "github handle",
    "github username",
    "someone",
    "somebody",
    "person",
    "example",
    "mentor",
    "mentee",
    "apprentice",
    "steward",
    "backup",
    "buddy",
    "manager",
    "lead",
    "maintainer",
    "new-hire",
    "newhire",
    "xxx",
    "fill in",
    "insert name",
    "yyyy-mm-dd",
];

/// Texts behind a role that say that nobody holds it.
pub fn is_nobody(text: &str) -> bool {
    const NOBODY: [&str; 22] = [
        "none",
        "n/a",
        "na",
        "nobody",
        "no one",
        "vacant",
        "open",
        "unassigned",
        "unknown",
        "pending",
        "not assigned",
        "not yet",
        "no",
        "-",
        "–",
        "—",
        "?",
        "not assigned yet",
        "to be named",
        "to be assigned",
        "to be decided",
        "to be determined",
    ];
    NOBODY.contains(
        &text
            .trim()
            .trim_matches(['.', '(', ')', '*'])
            .to_lowercase()
            .as_str(),
    )
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
    if let Some(login) = link.and_then(|link| profile_login(&link.target)) {
        let name = single_spaced(written);
        found.people.push(PersonRef {
            written: written.to_owned(),
            name: is_name(&name).then_some(name),
            identity: Identity::Handle(login.to_owned()),
            link: link.map(|link| link.target.clone()),
        });
        return;
    }
    let (name, remark) = match written.split_once('(') {
        Some((name, remark)) => (name, remark.trim_end_matches(')').trim()),
        None => (written, ""),
    };
    let name = single_spaced(name.trim_end_matches([' ', '-', '–', '—', ':']));
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
    } else {
        found.others.push(written.to_owned());
    }
}

enum Mark {
    Person(Identity),
    Team,
}

/// `Ann Lee <ann@example.org> @ann` is one person: the handle stays.
fn one_person(marks: Vec<(Range<usize>, Mark)>) -> Vec<(Range<usize>, Mark)> {
    let email = |mark: &Mark| matches!(mark, Mark::Person(Identity::Email(_)));
    let handle = |mark: &Mark| matches!(mark, Mark::Person(Identity::Handle(_)));
    let emails = marks.iter().filter(|(_, mark)| email(mark)).count();
    let handles = marks.iter().filter(|(_, mark)| handle(mark)).count();
    if (emails, handles) != (1, 1) || marks.len() != 2 {
        return marks;
    }
    let from = marks.iter().map(|(range, _)| range.start).min();
    let to = marks.iter().map(|(range, _)| range.end).max();
    let whole = from.unwrap_or_default()..to.unwrap_or_default();
    let handle = marks.into_iter().find(|(_, mark)| handle(mark));
    handle
        .into_iter()
        .map(|(_, mark)| (whole.clone(), mark))
        .collect()
}

/// Handles, entity refs and addresses in a text, in order.
fn identities(text: &str) -> Vec<(Range<usize>, Mark)> {
    let mut marks = Vec::new();
    let mut start = 0;
    let ends = |character: char| {
        character.is_whitespace() || matches!(character, '(' | ')' | ',' | ';' | '[' | ']' | '"')
    };
    while start < text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(ends).unwrap_or(rest.len());
        let token = rest.get(..length).unwrap_or_default();
        // `Zhou@STRRL` is a name and a handle that lack their blank.
        let glued = token
            .find('@')
            .filter(|at| *at > 0 && !token.get(*at..).is_some_and(|t| t.contains('.')));
        let offset = match glued {
            Some(at) if !token.contains([':', '/', '<']) => at,
            _ => 0,
        };
        let from = start + offset;
        let token = text.get(from..start + length).unwrap_or_default();
        let token = token.trim_end_matches(['.', ':', '!', '?', '\'', '*', '\\']);
        if let Some((skip, width, mark)) = mark_of(token) {
            marks.push((from + skip..from + skip + width, mark));
        }
        start += length;
        start += text
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
    }
    marks
}

fn mark_of(token: &str) -> Option<(usize, usize, Mark)> {
    let inner = token.trim_start_matches(['<', '*']);
    let skip = token.len() - inner.len();
    let inner = inner.trim_end_matches('>');
    let inner = inner.strip_prefix("mailto:").unwrap_or(inner);
    if let Some(handle) = inner.strip_prefix('@') {
        let handle = handle.trim_end_matches('/');
        let plain = |character: char| character.is_alphanumeric() || "-_.".contains(character);
        return match handle.split_once('/') {
            Some((organisation, team)) if !organisation.is_empty() && !team.is_empty() => {
                Some((skip, inner.len(), Mark::Team))
            }
            _ if !handle.is_empty() && handle.chars().all(plain) && !handle.starts_with('.') => {
                Some((
                    skip,
                    inner.len(),
                    Mark::Person(Identity::Handle(handle.to_owned())),
                ))
            }
            _ => None,
        };
    }
    let (kind, _) = inner.split_once(':').unwrap_or_default();
    match kind.to_lowercase().as_str() {
        "user" => entity_ref(inner)
            .map(|entity| (skip, inner.len(), Mark::Person(Identity::Entity(entity)))),
        "group" => Some((skip, inner.len(), Mark::Team)),
        _ => is_email(inner).then(|| {
            (
                skip,
                inner.len(),
                Mark::Person(Identity::Email(inner.to_lowercase())),
            )
        }),
    }
}

/// `User:Alice` → `user:default/alice`.
fn entity_ref(text: &str) -> Option<String> {
    let (kind, rest) = text.split_once(':')?;
    let (namespace, name) = rest.split_once('/').unwrap_or(("default", rest));
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || "-_.".contains(c))
    };
    (plain(namespace) && plain(name)).then(|| format!("{kind}:{namespace}/{name}").to_lowercase())
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        part.chars()
            .all(|c| c.is_alphanumeric() || "-_.+%".contains(c))
    };
    !local.is_empty()
        && plain(local)
        && plain(domain)
        && domain.split('.').count() > 1
        && domain.split('.').all(|label| !label.is_empty())
}

/// The login of a link to a profile on a code host.
fn profile_login(target: &str) -> Option<&str> {
    let rest = target
        .strip_prefix("https://")
        .or_else(|| target.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let code_host = host.starts_with("github.") || host.starts_with("gitlab.");
    let login = path.trim_end_matches('/');
    let plain = !login.is_empty()
        && login
            .chars()
            .all(|c| c.is_alphanumeric() || "-_.".contains(c));
    (code_host && plain).then_some(login)
}

/// Whether a text reads as the name of one person: one to five words, each with
/// a capital (or a particle such as "van"), none of them a job, or a single
/// word as people sign.
pub fn is_name(text: &str) -> bool {
    const PARTICLES: [&str; 18] = [
        "van", "von", "der", "den", "de", "da", "di", "del", "della", "la", "le", "bin", "ibn",
        "al", "el", "dos", "du", "ten",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let has_case = text.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    if !may_be_name(text) {
        return false;
    }
    if words.len() == 1 || !has_case {
        // A single word is what somebody is called: `alice`, `Nezdolii`.
        return words.iter().all(|word| word.chars().count() >= 2);
    }
    words.iter().all(|word| {
        word.starts_with(char::is_uppercase) || PARTICLES.contains(&word.to_lowercase().as_str())
    })
}

/// Whether words beside a handle read as its name, capitals or not.
fn may_be_name(text: &str) -> bool {
    const NOT_IN_NAMES: [&str; 63] = [
        "engineer",
        "engineers",
        "engineering",
        "sre",
        "manager",
        "lead",
        "architect",
        "developer",
        "director",
        "team",
        "staff",
        "senior",
        "principal",
        "intern",
        "weekly",
        "daily",
        "primary",
        "secondary",
        "adjunct",
        "current",
        "former",
        "emeritus",
        "none",
        "see",
        "the",
        "and",
        "or",
        "any",
        "anyone",
        "all",
        "everyone",
        "your",
        "you",
        "rotating",
        "rotation",
        "on-call",
        "oncall",
        "slack",
        "pagerduty",
        "mentor",
        "mentors",
        "mentee",
        "mentees",
        "buddy",
        "apprentice",
        "apprentices",
        "steward",
        "backup",
        "owner",
        "owners",
        "maintainer",
        "maintainers",
        "platform",
        "group",
        "channel",
        "same",
        "above",
        "yes",
        "not",
        "done",
        "service",
        "committee",
        "programs",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() || words.len() > 5 || text.len() > 60 {
        return false;
    }
    let plain = |word: &str| {
        word.chars()
            .all(|c| c.is_alphabetic() || ".-'’()ʼ".contains(c))
            && word.contains(char::is_alphabetic)
    };
    let known = |word: &str| NOT_IN_NAMES.contains(&word.to_lowercase().trim_matches('.'));
    words.iter().all(|word| plain(word)) && !words.iter().any(|word| known(word))
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
