//! Who learns from whom: what is said of an apprentice finds its apprentice.

use super::person::PersonRef;
use super::{Apprentice, Autonomy, Draft, Plan};
use crate::Located;
use crate::by_name::names;
use crate::civil_date::CivilDate;
use crate::ordering::sort_by_key;

/// What may be said of an apprentice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Details {
    pub(super) mentors: Vec<PersonRef>,
    pub(super) started: Option<Located<CivilDate>>,
    pub(super) autonomy: Option<Located<Autonomy>>,
    pub(super) goal: Option<Located<String>>,
    pub(super) success_signal: Option<Located<String>>,
}

impl Details {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The index of an apprentice, who is added where new. The first line that names
/// somebody counts; a name beside a handle joins both spellings.
pub(super) fn apprentice(plan: &mut Plan, person: Located<PersonRef>) -> usize {
    let known = plan
        .apprentices
        .iter_mut()
        .enumerate()
        .find(|(_, apprentice)| apprentice.person.may_be(&person.value));
    if let Some((index, apprentice)) = known {
        if apprentice.person.name.is_none() {
            apprentice.person.name = person.value.name;
        }
        return index;
    }
    plan.apprentices.push(Apprentice {
        person: person.value,
        line: person.line,
        mentors: Vec::new(),
        started: None,
        autonomy: None,
        goal: None,
        success_signal: None,
        milestones: Vec::new(),
    });
    plan.apprentices.len() - 1
}

/// Adds to what is known of an apprentice. What was said first stands; where a
/// later line says otherwise, a note tells of both.
pub(super) fn detail(draft: &mut Draft, index: usize, details: Details) {
    let Some(apprentice) = draft.plan.apprentices.get_mut(index) else {
        return;
    };
    let who = apprentice.person.written.clone();
    for mentor in details.mentors {
        let known = |other: &PersonRef| other.may_be(&mentor);
        if !apprentice.mentors.iter().any(known) {
            apprentice.mentors.push(mentor);
        }
    }
    let notes = [
        keep_first(&mut apprentice.started, details.started, "start", &who),
        keep_first(&mut apprentice.autonomy, details.autonomy, "autonomy", &who),
        keep_first(&mut apprentice.goal, details.goal, "goal", &who),
        keep_first(
            &mut apprentice.success_signal,
            details.success_signal,
            "success signal",
            &who,
        ),
    ];
    for (line, message) in notes.into_iter().flatten() {
        draft.note(line, message);
    }
}

/// Sets what was not set; otherwise tells of a contradiction.
pub(super) fn keep_first<T: PartialEq>(
    slot: &mut Option<Located<T>>,
    value: Option<Located<T>>,
    what: &str,
    who: &str,
) -> Option<(u32, String)> {
    let value = value?;
    match slot {
        None => {
            *slot = Some(value);
            None
        }
        Some(first) if first.value == value.value => None,
        Some(first) => Some((
            value.line,
            format!(
                "the {what} of `{who}` is given otherwise on line {}, which stands",
                first.line
            ),
        )),
    }
}

/// Gives what was said of nobody in particular to the only one it can be meant for.
pub(super) fn settle(draft: &mut Draft) {
    let mentors = std::mem::take(&mut draft.unpaired_mentors);
    let details = std::mem::take(&mut draft.unassigned);
    let without: Vec<usize> = (0..draft.plan.apprentices.len())
        .filter(|index| {
            let apprentice = draft.plan.apprentices.get(*index);
            apprentice.is_some_and(|apprentice| apprentice.mentors.is_empty())
        })
        .collect();
    let everybody = without.len() == draft.plan.apprentices.len();
    match (mentors.as_slice(), without.as_slice()) {
        ([], _) => {}
        (_, [only]) if draft.plan.apprentices.len() == 1 => {
            if let Some(apprentice) = draft.apprentice(*only) {
                apprentice.mentors = mentors.into_iter().map(|mentor| mentor.value).collect();
            }
        }
        ([only], [_, ..]) if everybody => {
            let mentor = only.value.clone();
            for apprentice in &mut draft.plan.apprentices {
                apprentice.mentors.push(mentor.clone());
            }
        }
        ([first, ..], rest) => {
            if !rest.is_empty() {
                draft.note(
                    first.line,
                    "several mentors and several apprentices are named, but not who learns from whom",
                );
            }
            add_people(&mut draft.plan.mentors, mentors);
        }
    }
    let plan = &mut draft.plan;
    let teach = plan
        .apprentices
        .iter()
        .flat_map(|apprentice| &apprentice.mentors);
    let teach = names(teach.map(PersonRef::key));
    plan.mentors
        .retain(|mentor| !teach.contains(&mentor.value.key()));
    sort_by_key(&mut plan.mentors, |mentor| mentor.line);
    if draft.plan.apprentices.len() == 1 {
        detail(draft, 0, details);
    } else if !details.is_empty() && !draft.plan.apprentices.is_empty() {
        let lines = [
            details.started.map(|value| value.line),
            details.autonomy.map(|value| value.line),
            details.goal.map(|value| value.line),
            details.success_signal.map(|value| value.line),
        ];
        for line in lines.into_iter().flatten() {
            draft.note(line, "this is said of an apprentice, but not of which");
        }
    }
}

/// Adds people who are not in a list yet.
pub(super) fn add_people(list: &mut Vec<Located<PersonRef>>, people: Vec<Located<PersonRef>>) {
    let mut known = names(list.iter().map(|person| person.value.key()));
    list.extend(
        people
            .into_iter()
            .filter(|person| known.insert(person.value.key())),
    );
}
