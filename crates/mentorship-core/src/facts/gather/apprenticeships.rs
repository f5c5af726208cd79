//! Apprenticeships: who is named, with what the plan says of them.

use super::introductions::{Beginning, Beginnings};
use super::roles::{self, annotated, by_handle};
use super::{Evidence, annotation_note};
use crate::evidence::Collected;
use crate::evidence::catalog::Annotation;
use crate::evidence::introductions::{self, Learner, Roles};
use crate::evidence::owners::HandleRole;
use crate::evidence::plan::{self, Identity, PersonRef, Plan};
use crate::facts::{Apprenticeship, Autonomy, DateFact, MilestoneFact, PlacedNote, RoleFact};
use crate::organisation::Person;
use mentorship_texts::ordering::{sort_by, sort_by_key};

/// The annotation's people, else the plan's, else those whose handle in
/// CODEOWNERS carries the role; details come from the plan.
pub(super) fn gather(
    evidence: &Evidence<'_>,
    plan: &Collected<(&str, &Plan)>,
    beginnings: &Beginnings<'_>,
    notes: &mut Vec<PlacedNote>,
) -> Collected<Vec<Apprenticeship>> {
    let mut all = named(evidence, plan, notes);
    if all.is_empty() {
        return match plan {
            Collected::NotCollected => Collected::NotCollected,
            Collected::Failed {
                reason,
                last_good: None,
            } => Collected::Failed {
                reason: reason.clone(),
                last_good: None,
            },
            _ => Collected::Missing,
        };
    }
    for one in &mut all {
        infer_days(evidence, beginnings, one);
    }
    sort_by(&mut all, |left, right| {
        let day = |one: &Apprenticeship| one.started.as_ref().map(|started| started.date);
        // Whoever has begun comes before whoever has not.
        let began = (day(left).is_none(), day(left)).cmp(&(day(right).is_none(), day(right)));
        began.then_with(|| left.apprentice.cmp(&right.apprentice))
    });
    Collected::Found(all)
}

/// Whoever is named, in any order.
fn named(
    evidence: &Evidence<'_>,
    plan: &Collected<(&str, &Plan)>,
    notes: &mut Vec<PlacedNote>,
) -> Vec<Apprenticeship> {
    let mut planned: Vec<Apprenticeship> = match plan.value() {
        Some((path, plan)) => plan
            .apprentices
            .iter()
            .map(|one| of_plan(evidence, path, plan, one))
            .collect(),
        None => Vec::new(),
    };
    let annotated = annotated(evidence, Annotation::Apprentices);
    if annotated.is_empty() {
        if planned.is_empty() {
            let roles = by_handle(evidence, HandleRole::Apprentice).into_iter();
            planned.extend(roles.map(|role| named_elsewhere(evidence, plan, role)));
        }
        return planned;
    }
    let mut all = Vec::new();
    for role in annotated {
        let identity = role.person.identity();
        let mut found = planned.iter();
        match found.position(|one| one.apprentice.identity() == identity) {
            Some(found) => all.push(planned.remove(found)),
            None => all.push(named_elsewhere(evidence, plan, role)),
        }
    }
    for other in &planned {
        let name = &other.apprentice.name.name;
        notes.push(annotation_note(
            Annotation::Apprentices.key(),
            format!("the plan names `{name}` too; the annotation counts"),
        ));
    }
    all
}

/// Fills in the days that nobody wrote down: of the start, of ticks and of the
/// step onto the present rung.
fn infer_days(evidence: &Evidence<'_>, beginnings: &Beginnings<'_>, one: &mut Apprenticeship) {
    let identity = one.apprentice.identity();
    let since = |says: &dyn Fn(&Learner) -> bool| {
        let said = |roles: &Roles| {
            let mut learners = roles.learners.iter();
            learners.any(|learner| {
                says(learner) && roles::person(evidence, &learner.person).identity() == identity
            })
        };
        beginnings.of(&said)
    };
    let known = |beginning: Beginning| match beginning {
        Beginning::Known(since) => Some(since),
        Beginning::NotNamed | Beginning::Untold(_) => None,
    };
    let named = since(&|_| true);
    one.start_untold = one.started.is_none() && matches!(named, Beginning::Untold(_));
    let named = known(named);
    if let Some(rung) = one.autonomy {
        let rung_since = known(since(&|learner| {
            learner.autonomy.map(rung_of) == Some(rung)
        }));
        one.climbed = rung_since != named;
        one.autonomy_since = rung_since;
    }
    if one.started.is_none() {
        one.started = named;
    }
    let milestones = one.milestones.iter();
    let numbered = introductions::numbered(milestones.map(|own| (own.day, own.done)));
    for (milestone, (at, done)) in one.milestones.iter_mut().zip(numbered) {
        if done && milestone.done_on.is_none() {
            milestone.done_on = known(since(&|learner| learner.ticked.contains(&at)));
        }
    }
}

/// Somebody whom the plan does not name: its milestones are theirs all the
/// same.
fn named_elsewhere(
    evidence: &Evidence<'_>,
    plan: &Collected<(&str, &Plan)>,
    role: RoleFact,
) -> Apprenticeship {
    let milestones = plan.value().map(|(path, plan)| {
        let identity = role.person.identity();
        let ticks = plan.milestones.iter().flat_map(|milestone| &milestone.by);
        let mut named = ticks.filter(|by| roles::person(evidence, by).identity() == identity);
        let apprentice = plan::Apprentice {
            person: match named.next() {
                Some(named) => named.clone(),
                None => as_named(&role.person),
            },
            line: 0,
            mentors: Vec::new(),
            started: None,
            autonomy: None,
            goal: None,
            success_signal: None,
            milestones: Vec::new(),
        };
        milestones(evidence, path, plan, &apprentice)
    });
    Apprenticeship {
        apprentice: role.person,
        mentors: Vec::new(),
        started: None,
        autonomy: None,
        goal: None,
        success_signal: None,
        autonomy_since: None,
        climbed: false,
        start_untold: false,
        milestones: milestones.unwrap_or_default(),
        place: role.place,
    }
}

/// Somebody as a plan would name them.
fn as_named(person: &Person) -> PersonRef {
    let name = &person.name.name;
    let identity = match (&person.name.entity_ref, name.strip_prefix('@')) {
        (Some(entity_ref), _) => Identity::Entity(entity_ref.clone()),
        (None, Some(login)) => Identity::Handle(login.to_owned()),
        (None, None) => Identity::Name(name.clone()),
    };
    PersonRef::known(identity, None)
}

/// The milestones of one apprentice, by day.
fn milestones(
    evidence: &Evidence<'_>,
    path: &str,
    plan: &Plan,
    one: &plan::Apprentice,
) -> Vec<MilestoneFact> {
    let mut milestones: Vec<MilestoneFact> = plan
        .milestones_of(one)
        .into_iter()
        .map(|own| {
            let done = own.done == Some(true);
            let links = &own.milestone.links;
            MilestoneFact {
                day: own.milestone.day,
                title: own.milestone.title.clone(),
                done,
                done_on: own.milestone.on.filter(|_| done).map(|date| DateFact {
                    date,
                    commit: None,
                    place: evidence.place(path, Some(own.milestone.line)),
                }),
                deliverable: links
                    .first()
                    .map(|link| link.target.clone())
                    .filter(|_| done),
                line: own.milestone.line,
                place: evidence.place(path, Some(own.milestone.line)),
            }
        })
        .collect();
    sort_by_key(&mut milestones, |milestone| (milestone.day, milestone.line));
    milestones
}

fn of_plan(
    evidence: &Evidence<'_>,
    path: &str,
    plan: &Plan,
    one: &plan::Apprentice,
) -> Apprenticeship {
    Apprenticeship {
        apprentice: roles::person(evidence, &one.person),
        mentors: one
            .mentors
            .iter()
            .map(|mentor| roles::person(evidence, mentor))
            .collect(),
        started: one.started.as_ref().map(|started| DateFact {
            date: started.value,
            commit: None,
            place: evidence.place(path, Some(started.line)),
        }),
        autonomy: one
            .autonomy
            .as_ref()
            .map(|autonomy| rung_of(autonomy.value)),
        autonomy_since: None,
        climbed: false,
        start_untold: false,
        goal: one.goal.as_ref().map(|goal| goal.value.clone()),
        success_signal: one
            .success_signal
            .as_ref()
            .map(|signal| signal.value.clone()),
        milestones: milestones(evidence, path, plan, one),
        place: evidence.place(path, Some(one.line)),
    }
}

fn rung_of(autonomy: plan::Autonomy) -> Autonomy {
    match autonomy {
        plan::Autonomy::Guided => Autonomy::Guided,
        plan::Autonomy::Supervised => Autonomy::Supervised,
        plan::Autonomy::Independent => Autonomy::Independent,
        plan::Autonomy::Leading => Autonomy::Leading,
    }
}
