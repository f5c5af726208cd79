//! Writes history streams as git prints them, for tests.
#![allow(dead_code, reason = "each test binary uses a part of it")]

/// One commit of a stream.
#[derive(Debug, Clone, Default)]
pub struct Commit {
    /// Its number, which its name is made of.
    pub number: u32,
    pub parents: Vec<u32>,
    pub time: i64,
    pub author: String,
    pub co_authors: Vec<String>,
    pub reviewers: Vec<String>,
    pub changes: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Add(String),
    Modify(String),
    Delete(String),
    Rename(String, String),
}

pub const DAY: i64 = 86_400;

/// The full name of a commit.
pub fn name(number: u32) -> String {
    format!("{number:040x}")
}

impl Commit {
    /// A commit on the one numbered before it, `number` days after the epoch.
    pub fn new(number: u32, author: &str, changes: &[Change]) -> Self {
        Self {
            number,
            parents: number.checked_sub(1).into_iter().collect(),
            time: i64::from(number) * DAY,
            author: author.to_owned(),
            changes: changes.to_vec(),
            ..Self::default()
        }
    }

    pub fn on(mut self, parents: &[u32]) -> Self {
        self.parents = parents.to_vec();
        self
    }

    pub fn at(mut self, time: i64) -> Self {
        self.time = time;
        self
    }
}

pub fn add(path: &str) -> Change {
    Change::Add(path.to_owned())
}

pub fn modify(path: &str) -> Change {
    Change::Modify(path.to_owned())
}

pub fn delete(path: &str) -> Change {
    Change::Delete(path.to_owned())
}

pub fn rename(from: &str, to: &str) -> Change {
    Change::Rename(from.to_owned(), to.to_owned())
}

/// The bytes of commits in this order.
pub fn stream(commits: &[Commit]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for commit in commits {
        bytes.extend(record(commit));
    }
    bytes
}

fn record(commit: &Commit) -> Vec<u8> {
    let parents: Vec<String> = commit.parents.iter().copied().map(name).collect();
    let people = |people: &[String]| {
        let people: Vec<String> = people.iter().map(|person| trailer(person)).collect();
        people.join("\u{1d}")
    };
    let mut text = format!(
        "\u{1e}{}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{}\0",
        name(commit.number),
        parents.join(" "),
        commit.time,
        commit.author,
        email(&commit.author),
        people(&commit.co_authors),
        people(&commit.reviewers),
    );
    for (place, change) in commit.changes.iter().enumerate() {
        if place == 0 {
            text.push('\n');
        }
        text += &match change {
            Change::Add(path) => format!("A\0{path}\0"),
            Change::Modify(path) => format!("M\0{path}\0"),
            Change::Delete(path) => format!("D\0{path}\0"),
            Change::Rename(from, to) => format!("R087\0{from}\0{to}\0"),
        };
    }
    text.into_bytes()
}

/// The address that goes with a name.
pub fn email(name: &str) -> String {
    format!("{}@example.org", name.to_lowercase().replace(' ', "."))
}

fn trailer(name: &str) -> String {
    format!("{name} <{}>", email(name))
}
