//! Syntax: where a line's label ends, its value begins and its parts are cut.

use crate::documents::inline::{Inline, LinkSpan};
use crate::documents::text::is_one_of;
use crate::plan::person::{self, Names};
use crate::plan::phase::{self, Phase};
use crate::plan::vocabulary::{self, Label, Role, Topic};

/// A line is searched for labels at so many of its marks.
const MAX_PARTS: usize = 64;

/// A paragraph that is a heading in all but its marks: bold throughout, a known
/// section by name, or a phase and nothing else.
pub(in crate::plan) fn opens_section(text: &Inline) -> bool {
    let words = text.text.trim();
    if words.is_empty() || words.len() > 80 || words.ends_with(['.', '!', '?']) {
        return false;
    }
    let bold = text.bold_lead.is_some_and(|end| {
        let behind = text.text.get(end..).unwrap_or_default();
        behind.trim().trim_matches([':', '…']).is_empty()
    });
    let named = words.trim_end_matches(':');
    let topic = vocabulary::topic(named);
    let phase = phase::find(named).filter(|phase| phase.leads);
    match topic {
        Topic::Other | Topic::Sample => {
            // `Day 30`, as it stands in the summary of what folds out.
            let alone = |phase: Phase| words.ends_with(':') || phase.end == named.len();
            (bold && split_label(text).is_none()) || phase.is_some_and(alone)
        }
        Topic::Milestones | Topic::Escalation | Topic::Log | Topic::Assets(_) => {
            bold || words.split_whitespace().count() <= 5 && !words.contains(": ")
        }
        Topic::Label(_) | Topic::People => true,
    }
}

/// A known label with its value: `Mentor: @alice`, `**Mentor** @alice`,
/// `Mentor — @alice`, `Your mentor is @alice`.
pub(in crate::plan) fn split_label(text: &Inline) -> Option<(Label, Inline)> {
    let (end, start) = label_end(text)?;
    let name = text.text.get(..end)?;
    if let Some(label) = vocabulary::label(name) {
        return Some((label, text.slice(start..text.text.len())));
    }
    None
}

/// What a document's title says of people whom it does not name: `Mentors - Payments`
/// heads a list of them, and `Guide: Payments` is one.
pub(in crate::plan) fn title_topic(text: &Inline) -> Option<Topic> {
    let (label @ Label::Role(_), value) = split_label(text)? else {
        return None;
    };
    let name = text.text.get(..label_end(text)?.0)?.trim_end();
    let topic = match name.ends_with('s') {
        true => Topic::Label(label),
        false if name.ends_with("uide") => Topic::Other,
        false => return None,
    };
    let names = !person::read(&value, Names::Ignored).people.is_empty();
    (!names).then_some(topic)
}

/// `started 2026-01-05`, `mentor @alice`: a label without a mark behind it.
pub(super) fn leading_label(text: &Inline) -> Option<(Label, Inline)> {
    let ends = text.text.match_indices(' ').map(|(at, _)| at).take(3);
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().rev().find_map(|end| {
        let label = vocabulary::label(text.text.get(..end)?)?;
        Some((label, text.slice(end..text.text.len())))
    })
}

/// Where a label ends and its value begins.
pub(super) fn label_end(text: &Inline) -> Option<(usize, usize)> {
    const MARKS: [&str; 7] = [" — ", " – ", " - ", " = ", " → ", " -> ", " | "];
    const VERBS: [&str; 3] = [" is ", " are ", " will be "];
    let all = text.text.as_str();
    if let Some(bold) = text.bold_lead.filter(|end| *end > 0) {
        let behind = all.get(bold..)?;
        let value = behind.trim_start_matches([':', ' ', '-', '–', '—', '=']);
        let name = all.get(..bold)?.trim_end_matches([':', ' ']);
        if vocabulary::label(name).is_some() || phase::find(name).is_some_and(|phase| phase.leads) {
            return Some((name.len(), all.len() - value.len()));
        }
    }
    let colon = all.match_indices(':').find_map(|(at, _)| {
        let next = all.get(at + 1..)?.chars().next();
        let before = all.get(..at)?;
        let entity = before
            .get(before.len().saturating_sub(4)..)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("user"));
        let clock = next.is_some_and(|c| c.is_ascii_digit())
            && before.ends_with(|c: char| c.is_ascii_digit());
        (next != Some('/') && !entity && !clock).then_some((at, at + 1))
    });
    let mark = MARKS
        .iter()
        .filter_map(|mark| all.find(mark).map(|at| (at, at + mark.len())))
        .min();
    let earlier = match (colon, mark) {
        (Some(colon), Some(mark)) if mark.0 < colon.0 => {
            // `Day 30 - Shadow: on-call`: the mark, where it closes a label.
            let name = all.get(..mark.0)?;
            let known =
                vocabulary::label(name).is_some() || phase::find(name).is_some_and(|p| p.leads);
            Some(if known { mark } else { colon })
        }
        (Some(colon), _) => Some(colon),
        (None, mark) => mark,
    };
    let known = |range: &(usize, usize)| {
        all.get(..range.0)
            .is_some_and(|name| vocabulary::label(name).is_some() || phase::find(name).is_some())
    };
    if let Some(range) = earlier.filter(known) {
        return Some(range);
    }
    let verb = VERBS.iter().find_map(|verb| {
        let at = all.find(verb)?;
        let start = at + verb.len();
        let value = all.get(start..)?.trim_start();
        let person = value.starts_with(['@', '<']) || value.contains(" (@") && value.len() < 80;
        (person && vocabulary::label(all.get(..at)?).is_some()).then_some((at, start))
    });
    verb.or(earlier)
}

/// Where the name at the head of an item ends and the talk about it begins.
pub(super) fn lead(text: &Inline) -> usize {
    let all = text.text.as_str();
    let dash = [" — ", " – ", " - ", ": ", " | "]
        .iter()
        .filter_map(|mark| all.find(mark))
        .min();
    let bracket = all.find(" (").filter(|at| {
        let inside = all.get(at + 2..).unwrap_or_default();
        // `Ann Lee ([GitHub](https://github.com/ann))`
        let profile =
            |link: &LinkSpan| link.range.start == at + 2 && person::is_profile(&link.target);
        !text.links.iter().any(profile)
            && !inside.starts_with('@')
            && !inside.starts_with("[@")
            && !inside.contains('@')
            || vocabulary::plain_words(inside)
                .first()
                .is_some_and(|word| vocabulary::label(word).is_some())
    });
    let labelled = all
        .match_indices([',', ';'])
        .take(MAX_PARTS)
        .find_map(|(at, _)| {
            let behind = text.slice(at + 1..all.len());
            (split_label(&behind).is_some() || leading_label(&behind).is_some()).then_some(at)
        });
    [dash, bracket, labelled]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(all.len())
}

/// The parts behind a lead, split where a new label begins.
pub(super) fn parts(text: &Inline, from: usize) -> Vec<Inline> {
    let all = text.text.as_str();
    let mut cuts: Vec<usize> = Vec::new();
    let marks = all.match_indices([',', ';', '(', '—', '–', ':', '-', '|', ')']);
    for (at, mark) in marks.filter(|(at, _)| *at >= from).take(MAX_PARTS) {
        let next = at + mark.len();
        let behind = text.slice(next..all.len());
        let opens = split_label(&behind).is_some() || leading_label(&behind).is_some();
        if opens {
            cuts.push(next);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([all.len()]);
    cuts.iter()
        .zip(ends)
        .map(|(start, end)| {
            let mut part = text.slice(*start..end);
            let trimmed = part
                .text
                .trim_end_matches([',', ';', '(', ')', ' ', '—', '–', '|'])
                .len();
            part = part.slice(0..trimmed);
            part
        })
        .collect()
}

/// The role that a clause begins with: `your onboarding buddy and …`.
pub(super) fn role_at_start(text: &str) -> Option<Role> {
    let clause = text.split([',', '.', ';', '(']).next().unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().take(4).collect();
    words
        .first()
        .filter(|word| is_one_of(word, "your|the|our|my|a"))?;
    (2..=words.len())
        .rev()
        .find_map(|count| as_role(&words.get(..count)?.join(" ")))
}

/// The role that a clause ends with: `Welcome! Your buddy`.
pub(super) fn role_at_end(text: &str) -> Option<Role> {
    let clause = text
        .rsplit([',', '.', ';', '!', ':'])
        .next()
        .unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().collect();
    let from = words.len().saturating_sub(3);
    (from..words.len()).find_map(|start| as_role(&words.get(start..)?.join(" ")))
}

fn as_role(text: &str) -> Option<Role> {
    match vocabulary::label(text) {
        Some(Label::Role(role)) => Some(role),
        _ => None,
    }
}
