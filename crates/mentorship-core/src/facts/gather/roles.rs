//! Roles: the annotation, then the plan, then handles in CODEOWNERS. Where two
//! sources disagree both are kept and a note says so.

use super::introductions::{Beginning, Beginnings};
use super::{Evidence, annotation_note};
use crate::civil_date::CivilDate;
use crate::evidence::catalog::Annotation;
use crate::evidence::introductions::Roles;
use crate::evidence::owners::{DeclaredOwners, HandleRole};
use crate::evidence::plan::{Identity, PersonRef, Plan};
use crate::evidence::{Collected, Located};
use crate::facts::{DateFact, Place, PlacedNote, RoleFact, RoleSource};
use crate::organisation::{Mention, Person};

type PlanEvidence<'a> = Collected<(&'a str, &'a Plan)>;

pub(super) fn stewards(
    evidence: &Evidence<'_>,
    plan: &PlanEvidence<'_>,
    notes: &mut Vec<PlacedNote>,
) -> Collected<Vec<RoleFact>> {
    let mut holders = named(
        evidence,
        plan,
        Annotation::Steward,
        |plan| &plan.steward,
        notes,
    );
    if holders.is_empty() {
        holders = by_handle(evidence, HandleRole::Steward);
    }
    known(holders, plan)
}

pub(super) fn backups(
    evidence: &Evidence<'_>,
    plan: &PlanEvidence<'_>,
    notes: &mut Vec<PlacedNote>,
) -> Collected<Vec<RoleFact>> {
    known(
        named(
            evidence,
            plan,
            Annotation::Backup,
            |plan| &plan.backup,
            notes,
        ),
        plan,
    )
}

pub(super) fn program_owners(
    evidence: &Evidence<'_>,
    plan: &PlanEvidence<'_>,
    notes: &mut Vec<PlacedNote>,
) -> Collected<Vec<RoleFact>> {
    let annotation = Annotation::ProgramOwner;
    known(
        named(
            evidence,
            plan,
            annotation,
            |plan| &plan.program_owner,
            notes,
        ),
        plan,
    )
}

/// By annotation, else by plan, else by the nearest `MAINTAINERS` file.
pub(super) fn maintainers(evidence: &Evidence<'_>, plan: &PlanEvidence<'_>) -> Vec<RoleFact> {
    let mut holders = annotated(evidence, Annotation::Maintainers);
    if holders.is_empty() {
        holders = planned(evidence, plan, |plan| &plan.maintainers);
    }
    if holders.is_empty() {
        holders = by_maintainers_file(evidence);
    }
    holders
}

fn by_maintainers_file(evidence: &Evidence<'_>) -> Vec<RoleFact> {
    let Some(place) = evidence.repository else {
        return Vec::new();
    };
    let mut holders = Vec::new();
    if let Some(file) = place.repository.maintainers(place.directory).value() {
        for named in &file.people {
            let holder = RoleFact {
                person: person(evidence, &named.value),
                source: RoleSource::MaintainersFile,
                remark: None,
                place: evidence.place(&file.path, Some(named.line)),
            };
            push(&mut holders, holder);
        }
    }
    holders
}

/// `mentorship/steward-since`, else the plan's day where the plan means the
/// same steward; else the day of the commit that first named them, or why none
/// tells.
pub(super) fn steward_since(
    evidence: &Evidence<'_>,
    plan: &PlanEvidence<'_>,
    stewards: &Collected<Vec<RoleFact>>,
    beginnings: &Beginnings<'_>,
    notes: &mut Vec<PlacedNote>,
) -> (Option<DateFact>, Option<String>) {
    let declared = declared_since(evidence, plan, stewards, notes);
    let steward = stewards.value().and_then(|stewards| stewards.first());
    let (None, Some(steward)) = (&declared, steward) else {
        return (declared, None);
    };
    let identity = steward.person.identity();
    let named = |roles: &Roles| {
        let mut stewards = roles.stewards.iter();
        stewards.any(|named| person(evidence, named).identity() == identity)
    };
    match beginnings.of(&named) {
        Beginning::Known(since) => (Some(since), None),
        Beginning::Untold(why) => (None, Some(why)),
        Beginning::NotNamed => (None, None),
    }
}

fn declared_since(
    evidence: &Evidence<'_>,
    plan: &PlanEvidence<'_>,
    stewards: &Collected<Vec<RoleFact>>,
    notes: &mut Vec<PlacedNote>,
) -> Option<DateFact> {
    let key = Annotation::StewardSince.key();
    if let Some(text) = evidence.entity.annotation(Annotation::StewardSince) {
        match CivilDate::parse(text) {
            Some(date) => {
                return Some(written_since(date));
            }
            None => notes.push(annotation_note(
                key,
                format!("`{text}` is no day of the form YYYY-MM-DD"),
            )),
        }
    }
    let (path, plan) = plan.value()?;
    let since = plan.steward_since.as_ref()?;
    let steward = stewards.value()?.first()?;
    let same = plan
        .steward
        .iter()
        .any(|named| person(evidence, &named.value).identity() == steward.person.identity());
    (same || plan.steward.is_empty()).then(|| DateFact {
        date: since.value,
        commit: None,
        place: evidence.place(path, Some(since.line)),
    })
}

/// A day of the annotation.
pub(in crate::facts) fn written_since(date: CivilDate) -> DateFact {
    DateFact {
        date,
        commit: None,
        place: annotation_place(Annotation::StewardSince.key()),
    }
}

/// The people of an annotation: entity refs, comma-separated, each once.
pub(super) fn annotated(evidence: &Evidence<'_>, annotation: Annotation) -> Vec<RoleFact> {
    let text = evidence.entity.annotation(annotation).unwrap_or_default();
    let mut holders = Vec::new();
    for written in listed(text) {
        let holder = RoleFact {
            person: evidence.whom(annotated_mention(written), None),
            source: RoleSource::Annotation,
            remark: None,
            place: annotation_place(annotation.key()),
        };
        push(&mut holders, holder);
    }
    holders
}

/// What stands between the commas of a text, blanks aside.
pub(super) fn listed(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(',').map(|piece| {
        // Most have no space to be looked for.
        let is_graphic = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let bytes = piece.as_bytes();
        match is_graphic(bytes.first()) && is_graphic(bytes.last()) {
            true => piece,
            false => piece.trim(),
        }
    });
    pieces.filter(|written| !written.is_empty())
}

/// How one piece of an annotation names somebody.
pub(super) fn annotated_mention(written: &str) -> Mention<'_> {
    match written.strip_prefix('@') {
        Some(handle) => Mention::Handle(handle),
        None if written.contains('@') => Mention::Email(written),
        None => Mention::Ref(written),
    }
}

fn planned(
    evidence: &Evidence<'_>,
    plan: &PlanEvidence<'_>,
    role: impl Fn(&Plan) -> &Vec<Located<PersonRef>>,
) -> Vec<RoleFact> {
    let Some((path, plan)) = plan.value() else {
        return Vec::new();
    };
    let mut holders = Vec::new();
    for named in role(plan) {
        let person = person(evidence, &named.value);
        let remark = plan
            .escalation
            .iter()
            .find(|entry| {
                entry
                    .people
                    .iter()
                    .any(|one| one.key() == named.value.key())
            })
            .and_then(|entry| entry.note.clone());
        let place = evidence.place(path, Some(named.line));
        push(
            &mut holders,
            RoleFact {
                person,
                source: RoleSource::Plan,
                remark,
                place,
            },
        );
    }
    holders
}

/// The holders by annotation, then by plan; a note where they differ.
fn named(
    evidence: &Evidence<'_>,
    plan: &PlanEvidence<'_>,
    annotation: Annotation,
    role: impl Fn(&Plan) -> &Vec<Located<PersonRef>>,
    notes: &mut Vec<PlacedNote>,
) -> Vec<RoleFact> {
    let mut holders = annotated(evidence, annotation);
    let planned = planned(evidence, plan, role);
    let differs = |one: &RoleFact| {
        holders
            .iter()
            .all(|other| other.person.identity() != one.person.identity())
    };
    if !holders.is_empty() && planned.iter().any(differs) {
        let other = planned
            .iter()
            .find(|one| differs(one))
            .map(|one| one.person.name.name.clone());
        notes.push(annotation_note(
            annotation.key(),
            format!(
                "the plan names `{}`; the annotation counts",
                other.unwrap_or_default()
            ),
        ));
    }
    for holder in planned {
        push(&mut holders, holder);
    }
    holders
}

/// People whose handle in CODEOWNERS carries a role, `@alice-steward`, on files
/// of the service's directory.
pub(super) fn by_handle(evidence: &Evidence<'_>, role: HandleRole) -> Vec<RoleFact> {
    let Some(place) = evidence.repository else {
        return Vec::new();
    };
    let (owners, paths) = (place.repository.code_owners(), place.repository.paths());
    let (Some(file), Some(paths)) = (owners.value(), paths.value()) else {
        return Vec::new();
    };
    let DeclaredOwners::File(owners) = &file.owners else {
        return Vec::new();
    };
    let patterns = evidence.policy.role_handles.patterns();
    let carries_role = |owner| {
        let handle = patterns.role_of(owner);
        handle.is_some_and(|handle| handle.role == role)
    };
    if !owners.owners().iter().any(carries_role) {
        return Vec::new();
    }
    let mut holders = Vec::new();
    for handle in owners.handles_by_pattern(&patterns, paths.below(place.directory)) {
        if handle.role != role {
            continue;
        }
        let mention = Mention::Handle(handle.person);
        push(
            &mut holders,
            RoleFact {
                person: evidence.whom(mention, None),
                source: RoleSource::CodeOwners,
                remark: None,
                place: evidence.place(&file.path, owners.first_line_of(handle.owner)),
            },
        );
    }
    holders
}

/// Whom a plan means.
pub(super) fn person(evidence: &Evidence<'_>, written: &PersonRef) -> Person {
    let mention = match &written.identity {
        Identity::Entity(text) => Mention::Ref(text),
        Identity::Handle(text) => Mention::Handle(text),
        Identity::Email(text) => Mention::Email(text),
        Identity::Name(text) => Mention::Name(text),
    };
    evidence.whom(mention, written.name.as_deref())
}

/// Nobody named is a fact only where the plan was looked for.
fn known(holders: Vec<RoleFact>, plan: &PlanEvidence<'_>) -> Collected<Vec<RoleFact>> {
    if !holders.is_empty() {
        return Collected::Found(holders);
    }
    match plan {
        Collected::Found(_)
        | Collected::Missing
        | Collected::Failed {
            last_good: Some(_), ..
        } => Collected::Missing,
        Collected::NotCollected => Collected::NotCollected,
        Collected::Failed {
            reason,
            last_good: None,
        } => Collected::Failed {
            reason: reason.clone(),
            last_good: None,
        },
    }
}

fn push(holders: &mut Vec<RoleFact>, holder: RoleFact) {
    if holders
        .iter()
        .all(|other| other.person.identity() != holder.person.identity())
    {
        holders.push(holder);
    }
}

pub(super) fn annotation_place(key: &str) -> Place {
    Place {
        label: key.to_owned(),
        href: None,
    }
}
