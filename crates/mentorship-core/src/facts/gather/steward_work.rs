//! What stewards do and look after: reviews of a service, and how much of all
//! services hangs on one person.

use super::reviews::{Told, of_service};
use super::{Evidence, flag, roles};
use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::evidence::catalog::Annotation;
use crate::evidence::plan::Autonomy;
use crate::facts::RoleFact;

/// The newest review by the steward on the service's files that the code host or
/// CI told of.
pub(super) fn reviewed(
    evidence: &Evidence<'_>,
    stewards: &Collected<Vec<RoleFact>>,
) -> Collected<CivilDate> {
    let Some(told) = Told::of(evidence) else {
        return Collected::NotCollected;
    };
    let Some(steward) = stewards.value().and_then(|stewards| stewards.first()) else {
        return Collected::Missing;
    };
    let identity = steward.person.identity();
    let reviews = told.found(&|reviews| of_service(evidence, reviews));
    let reviews = reviews.into_iter();
    let by_steward = reviews.filter(|(_, reviewer)| reviewer.identity() == identity);
    match by_steward.map(|(day, _)| day).max() {
        Some(day) => Collected::Found(day),
        None => Collected::Missing,
    }
}

/// Who looks after a service that takes part in the program: its steward, and
/// of each apprenticeship that goes on the mentors, by identity.
pub fn carriers(evidence: &Evidence<'_>) -> (Option<String>, Vec<String>) {
    let mut unheard = Vec::new();
    if flag(evidence.entity, Annotation::Enrolled, &mut unheard) == Some(false) {
        return (None, Vec::new());
    }
    let plan = evidence.plan();
    let stewards = roles::stewards(evidence, &plan, &mut unheard);
    let steward = stewards.value().and_then(|stewards| stewards.first());
    let mut mentors = Vec::new();
    for one in plan.value().iter().flat_map(|(_, plan)| &plan.apprentices) {
        let rung = one.autonomy.as_ref().map(|autonomy| autonomy.value);
        if rung != Some(Autonomy::Leading) {
            let of_one = one.mentors.iter();
            mentors
                .extend(of_one.map(|mentor| roles::person(evidence, mentor).identity().to_owned()));
        }
    }
    let steward = steward.map(|steward| steward.person.identity().to_owned());
    (steward, mentors)
}
