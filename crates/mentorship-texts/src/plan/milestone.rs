//! Milestones: their line's tail, and how they stand for each apprentice.

use crate::documents::text::is_one_of;
use std::collections::BTreeMap;
use std::ops::Range;

use super::person::{self, Names, PersonRef};
use super::{Apprentice, Draft, Milestone, OwnMilestone, Plan};
use crate::Note;
use crate::civil_date::CivilDate;
use crate::documents::inline::{Inline, Link};
use crate::documents::loose_date;
use crate::documents::text::cut_at_character;
use crate::ordering::sort_by_key;

/// What a line says of a milestone besides its day.
#[derive(Debug, Clone, Default)]
pub(super) struct Tail {
    pub(super) title: String,
    pub(super) by: Vec<PersonRef>,
    pub(super) on: Option<CivilDate>,
    pub(super) links: Vec<Link>,
    pub(super) notes: Vec<Note>,
    pub(super) placeholders: usize,
}

/// Splits `Shadow on-call — @jordan, 2026-03-04, [PR 12](…)`. What follows the
/// last dash is the tail where it begins with a person, a date or a link; the
/// same in brackets at the end. People in the title are only mentioned.
pub(super) fn split(text: &Inline, line: u32) -> Tail {
    let mut tail = Tail::default();
    let (title, rest) = match tail_of(&text.text) {
        Some((title, rest)) => (title, rest),
        None => (0..text.text.len(), text.text.len()..text.text.len()),
    };
    let title = text.slice(title);
    let rest = text.slice(rest);
    tail.title = title.text.trim_end_matches([',', ';', ':', ' ']).to_owned();
    let found = person::read(&rest, Names::Ignored);
    tail.placeholders = found.placeholders.len();
    tail.by = found.people;
    let dates = loose_date::mentions(&rest.text);
    for mention in &dates {
        let written = rest.text.get(mention.range.clone()).unwrap_or_default();
        tail.notes.extend(
            mention
                .reading
                .note(written)
                .map(|note| Note::at(line, note)),
        );
    }
    tail.on = dates.iter().find_map(|mention| mention.reading.day());
    let whole = 0..rest.text.len();
    tail.links = rest
        .links_in(&whole)
        .filter(|link| !is_profile(link, &tail.by))
        .collect();
    tail.links.extend(references(&rest));
    let whole = 0..title.text.len();
    tail.links.extend(title.links_in(&whole));
    tail
}

fn is_profile(link: &Link, people: &[PersonRef]) -> bool {
    people
        .iter()
        .any(|person| person.link.as_ref() == Some(&link.target))
}

/// The ranges of title and tail.
fn tail_of(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    const DASHES: [&str; 6] = [" — ", " – ", " -- ", " - ", " → ", " | "];
    let bracket = text.ends_with(')').then(|| text.rfind('(')).flatten();
    if let Some(open) = bracket {
        let inside = open + 1..text.len() - 1;
        if begins_tail(text.get(inside.clone())?) {
            return Some((0..open, inside));
        }
    }
    // The first dash behind which a tail begins: the rest may contain more.
    let mut starts: Vec<(usize, usize)> = DASHES
        .iter()
        .flat_map(|dash| {
            text.match_indices(dash)
                .map(|(at, dash)| (at, at + dash.len()))
        })
        .collect();
    sort_by_key(&mut starts, |start| *start);
    for opening in ["— ", "– ", "- "] {
        if text.starts_with(opening) {
            starts.insert(0, (0, opening.len()));
        }
    }
    let (end, start) = starts
        .into_iter()
        .find(|(_, start)| text.get(*start..).is_some_and(begins_tail))?;
    Some((0..end, start..text.len()))
}

fn begins_tail(text: &str) -> bool {
    // Enough for the longest date; a line may have many dashes to look behind.
    let text = cut_at_character(text.trim_start(), 64);
    let text = [
        "by ",
        "done by ",
        "done ",
        "completed by ",
        "completed ",
        "on ",
        "✅ ",
        "see ",
    ]
    .iter()
    .find_map(|word| {
        text.get(..word.len())
            .filter(|head| head.eq_ignore_ascii_case(word))
            .and_then(|_| text.get(word.len()..))
    })
    .unwrap_or(text);
    let handle = text.starts_with('@') && text.chars().nth(1).is_some_and(char::is_alphanumeric);
    let first = text.split([',', ' ', ';']).next().unwrap_or_default();
    let entity = first
        .get(..5)
        .is_some_and(|kind| kind.eq_ignore_ascii_case("user:"));
    let email = first.contains('@') && first.contains('.');
    let date = loose_date::first(text).is_some_and(|mention| mention.range.start == 0);
    let link = text.starts_with("http") || is_reference(first);
    handle || entity || email || date || link
}

/// `#12`, `!45`, `org/repo#12`, `docs/runbooks/x.md` without a link around them.
fn references(text: &Inline) -> Vec<Link> {
    let mut links = Vec::new();
    let mut at = 0;
    for token in text.text.split([' ', ',', ';', '(', ')']) {
        let range = at..at + token.len();
        at = range.end + 1;
        let linked = text
            .links
            .iter()
            .any(|link| link.range.start < range.end && range.start < link.range.end);
        let token = token.trim_end_matches(['.', ':']);
        if !linked && is_reference(token) {
            links.push(Link {
                text: token.to_owned(),
                target: token.to_owned(),
            });
        }
    }
    links
}

fn is_reference(token: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let issue = token
        .rsplit_once(['#', '!'])
        .is_some_and(|(before, digits)| number(digits) && !before.contains(' '));
    issue || is_path(token)
}

/// `docs/runbooks/x.md`: a slash and an ending, or a trailing slash.
pub(super) fn is_path(token: &str) -> bool {
    let plain = token
        .chars()
        .all(|c| c.is_alphanumeric() || "-_./#*".contains(c));
    let Some((folder, file)) = token.rsplit_once('/') else {
        let (name, ending) = token.rsplit_once('.').unwrap_or_default();
        return plain && !name.is_empty() && is_one_of(ending, "md|adoc|rst|mp4|yaml|yml|json");
    };
    let date = loose_date::first(token).is_some();
    let ending = file.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && ending.starts_with(|c: char| c.is_alphabetic())
    });
    plain && !date && !folder.is_empty() && (ending || file.is_empty() || file == "*")
}

/// See [`Plan::milestones_of`].
pub(super) fn of<'a>(plan: &'a Plan, apprentice: &'a Apprentice) -> Vec<OwnMilestone<'a>> {
    let own = apprentice.milestones.iter().map(|milestone| OwnMilestone {
        milestone,
        done: milestone.done,
    });
    let shared = groups(plan)
        .into_iter()
        .filter_map(|group| stands(&group, apprentice, plan.apprentices.len()));
    own.chain(shared).collect()
}

/// The plan's lines by day and title, in order of their first line.
fn groups(plan: &Plan) -> Vec<Vec<&Milestone>> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&Milestone>> = Vec::new();
    for milestone in &plan.milestones {
        let key = format!("{} {}", milestone.day, milestone.title.to_lowercase());
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(milestone),
            None => groups.push(vec![milestone]),
        }
    }
    groups
}

fn stands<'a>(
    group: &[&'a Milestone],
    apprentice: &Apprentice,
    learning: usize,
) -> Option<OwnMilestone<'a>> {
    let names = |milestone: &&&Milestone| {
        milestone
            .by
            .iter()
            .any(|person| person.may_be(&apprentice.person))
    };
    let ticked = |milestone: &&&Milestone| milestone.done == Some(true);
    let named = || group.iter().filter(names);
    if let Some(milestone) = named().find(ticked).or_else(|| named().next()) {
        return Some(OwnMilestone {
            milestone,
            done: milestone.done,
        });
    }
    if let Some(milestone) = group.iter().find(|milestone| milestone.by.is_empty()) {
        let done = milestone.done.map(|done| done && learning == 1);
        return Some(OwnMilestone { milestone, done });
    }
    // Only others are named. A tick shows that it is everybody's; an open box
    // with a name on it is that person's task.
    let milestone = group.iter().find(ticked)?;
    Some(OwnMilestone {
        milestone,
        done: Some(false),
    })
}

/// Notes ticks that nobody can be credited with.
pub(super) fn note_unattributed(draft: &mut Draft) {
    let learning = draft.plan.apprentices.len();
    let mut notes = Vec::new();
    for milestone in draft
        .plan
        .milestones
        .iter()
        .filter(|one| one.done == Some(true))
    {
        let known = |person: &PersonRef| {
            let is_them = |apprentice: &Apprentice| apprentice.person.may_be(person);
            draft.plan.apprentices.iter().any(is_them)
        };
        let message = match milestone.by.first() {
            None if learning == 1 => continue,
            None if learning == 0 => {
                "a milestone is ticked, but nobody is named as learning".to_owned()
            }
            None => format!(
                "a milestone is ticked, but not for whom of the {learning} apprentices; write `— @who, date, link` behind it"
            ),
            Some(_) if milestone.by.iter().any(known) => continue,
            Some(person) => format!(
                "`{}` is ticked here, but not named as learning",
                person.written
            ),
        };
        notes.push(Note::at(milestone.line, message));
    }
    draft.notes.extend(notes);
}
