//! The front matter of a canonical plan.

use super::pairing::{self, Details};
use super::person::{self, People, PersonRef};
use super::vocabulary;
use super::{Apprentice, Autonomy, Draft};
use crate::Located;
use crate::civil_date::CivilDate;
use crate::documents::front_matter::{self, FrontMatter};
use crate::documents::loose_date;
use crate::yaml::{Node, Value};

/// Keys that only a plan has; `title` or `layout` alone make none.
const KEYS: [&str; 8] = [
    "steward",
    "steward_since",
    "backup",
    "program_owner",
    "maintainers",
    "apprentices",
    "mentors",
    "programme_owner",
];

pub(super) fn read(front: &FrontMatter, draft: &mut Draft) {
    draft.has_front = front.get(&KEYS).is_some();
    if let Some(node) = front.get(&["service", "component"]) {
        draft.plan.service = text(node, draft).filter(|_| draft.has_front);
    }
    if let Some(node) = front.get(&["scope"]) {
        draft.plan.scope = text(node, draft);
    }
    draft.plan.steward = people(front.get(&["steward", "stewards"]), draft);
    draft.plan.backup = people(front.get(&["backup", "backups"]), draft);
    draft.plan.program_owner = people(
        front.get(&["program_owner", "programme_owner", "program_owners"]),
        draft,
    );
    draft.plan.maintainers = people(
        front.get(&["maintainers", "maintainer", "trained_maintainers"]),
        draft,
    );
    draft.plan.mentors = people(front.get(&["mentors"]), draft);
    if let Some(node) = front.get(&["steward_since", "since"]) {
        draft.plan.steward_since = date(node, draft);
    }
    if let Some(node) = front.get(&["apprentices", "apprentice", "mentees"]) {
        apprentices(node, draft);
    }
}

fn apprentices(node: &Node, draft: &mut Draft) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| apprentice(item, draft)),
        Value::Map(_) => apprentice(node, draft),
        Value::Scalar(_) => {
            for person in people(Some(node), draft) {
                pairing::apprentice(&mut draft.plan, person);
            }
        }
    }
}

fn apprentice(node: &Node, draft: &mut Draft) {
    let Value::Map(entries) = &node.value else {
        for person in people(Some(node), draft) {
            pairing::apprentice(&mut draft.plan, person);
        }
        return;
    };
    let get = |keys: &[&str]| front_matter::find(entries, keys);
    let who = get(&[
        "user",
        "person",
        "name",
        "handle",
        "who",
        "apprentice",
        "ref",
    ]);
    let placeholders = draft.placeholders;
    let found = people(who, draft);
    let details = Details {
        mentors: plain(people(get(&["mentor", "mentors", "buddy"]), draft)),
        started: get(&["started", "start", "start_date", "since"])
            .and_then(|node| date(node, draft)),
        autonomy: get(&["autonomy"]).and_then(|node| autonomy(node, draft)),
        goal: get(&["goal", "goals"]).and_then(|node| text(node, draft)),
        success_signal: get(&["success_signal", "success", "signal"])
            .and_then(|node| text(node, draft)),
    };
    let Some(person) = found.into_iter().next() else {
        if draft.placeholders == placeholders {
            draft.note(
                node.line,
                "an apprentice is listed without `user`, so nobody is learning here",
            );
        }
        return;
    };
    let index = pairing::apprentice(&mut draft.plan, person);
    pairing::detail(draft, index, details);
}

fn people(node: Option<&Node>, draft: &mut Draft) -> Vec<Located<PersonRef>> {
    let Some(node) = node else {
        return Vec::new();
    };
    match &node.value {
        Value::Scalar(value) => {
            if value.trim().is_empty() {
                draft.blanks += 1;
                return Vec::new();
            }
            let found = person::read_plain(value);
            report(&found, node.line, draft);
            located(found.people, node.line)
        }
        Value::List(items) => items
            .iter()
            .flat_map(|item| people(Some(item), draft))
            .collect(),
        Value::Map(entries) => {
            let who = front_matter::find(entries, &["user", "handle", "name", "ref", "email"]);
            if who.is_none() {
                // `{your handle}` is a mapping to YAML and a fill-in to everybody else.
                draft.placeholders += 1;
            }
            people(who, draft)
        }
    }
}

fn text(node: &Node, draft: &mut Draft) -> Option<Located<String>> {
    let value = match &node.value {
        Value::Scalar(value) => value.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::List(items) => {
            let items: Vec<&str> = items
                .iter()
                .filter_map(|item| item.value.as_text())
                .collect();
            items.join("; ")
        }
        Value::Map(_) => {
            draft.placeholders += 1;
            return None;
        }
    };
    if value.is_empty() {
        draft.blanks += 1;
        return None;
    }
    if person::is_placeholder(&value) {
        draft.placeholders += 1;
        return None;
    }
    Some(Located::at(node.line, value))
}

fn date(node: &Node, draft: &mut Draft) -> Option<Located<CivilDate>> {
    let value = node.value.as_text().unwrap_or_default();
    if value.is_empty() {
        draft.blanks += 1;
        return None;
    }
    read_date(value, node.line, draft)
}

/// The date of a value that ought to be one.
pub(super) fn read_date(value: &str, line: u32, draft: &mut Draft) -> Option<Located<CivilDate>> {
    let Some(mention) = loose_date::first(value) else {
        if person::is_placeholder(value) {
            draft.placeholders += 1;
        } else {
            draft.note(
                line,
                format!("`{}` is not a date; write YYYY-MM-DD", short(value)),
            );
        }
        return None;
    };
    let written = value.get(mention.range.clone()).unwrap_or_default();
    if let Some(note) = mention.reading.note(written) {
        draft.note(line, note);
    }
    mention.reading.day().map(|day| Located::at(line, day))
}

fn autonomy(node: &Node, draft: &mut Draft) -> Option<Located<Autonomy>> {
    let value = node.value.as_text().unwrap_or_default();
    read_autonomy(value, node.line, draft)
}

/// The rung of a value that ought to be one.
pub(super) fn read_autonomy(
    value: &str,
    line: u32,
    draft: &mut Draft,
) -> Option<Located<Autonomy>> {
    match vocabulary::autonomy(value) {
        Some(rung) => Some(Located::at(line, rung)),
        None => {
            if person::is_placeholder(value) {
                draft.placeholders += 1;
            } else if !value.is_empty() {
                draft.note(
                    line,
                    format!(
                        "`{}` is no rung of the ladder guided, supervised, independent, leading",
                        short(value)
                    ),
                );
            }
            None
        }
    }
}

/// Notes what a value that ought to name people names instead.
pub(super) fn report(found: &People, line: u32, draft: &mut Draft) {
    draft.placeholders += found.placeholders.len();
    for team in &found.teams {
        draft.note(line, format!("`{}` is a team; name a person", short(team)));
    }
    for other in &found.others {
        draft.note(
            line,
            format!("`{}` does not read as a person", short(other)),
        );
    }
}

pub(super) fn located(people: Vec<PersonRef>, line: u32) -> Vec<Located<PersonRef>> {
    people
        .into_iter()
        .map(|person| Located::at(line, person))
        .collect()
}

fn plain(people: Vec<Located<PersonRef>>) -> Vec<PersonRef> {
    people.into_iter().map(|person| person.value).collect()
}

/// Enough of an input to recognise it in a note.
pub(super) fn short(text: &str) -> String {
    const ENOUGH: usize = 60;
    if text.chars().count() <= ENOUGH {
        return text.to_owned();
    }
    text.chars().take(ENOUGH).chain(['…']).collect()
}

impl Draft {
    /// An apprentice's record, which [`pairing::apprentice`] made.
    pub(super) fn apprentice(&mut self, index: usize) -> Option<&mut Apprentice> {
        self.plan.apprentices.get_mut(index)
    }
}
