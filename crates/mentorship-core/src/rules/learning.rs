//! What the rules about apprentices share: there is nothing to check where
//! nobody is learning, and deleting a plan must not earn anything.

use super::verdict::looked_for;
use super::{Case, Verdict};
use crate::facts::Apprenticeship;
use crate::readings::mentorship::{ApprenticeshipReading, MentorshipStatus};
use crate::words::Words;

/// The open apprenticeships of a service, or the verdict where there are none.
pub(super) fn open_apprenticeships<'a>(
    case: &'a Case<'_>,
) -> Result<Vec<&'a ApprenticeshipReading<'a>>, Verdict> {
    let open: Vec<_> = case.mentorship.open().collect();
    if !open.is_empty() {
        return Ok(open);
    }
    if case.mentorship.status == MentorshipStatus::Graduated {
        return Err(Verdict::pass("Everybody who began has finished."));
    }
    looked_for(&case.facts.plan, case.facts, case.policy)?;
    Err(Verdict::fail(
        "Nobody is learning to run this service; until somebody is, this cannot be in order.",
        Words::text("Name an apprentice with a mentor and a goal in the plan."),
    ))
}

/// That nobody can tell whether an open milestone is late, because commits that
/// could say when somebody began were not read.
pub(super) fn start_untold(case: &Case<'_>) -> Option<Verdict> {
    let untold = case.mentorship.open().any(|one| {
        let mut milestones = one.milestones.iter();
        one.facts.start_untold && milestones.any(|milestone| !milestone.facts.done)
    });
    untold.then(|| Verdict::Unknown {
        missing: Words::text(
            "When somebody began is not written, and earlier versions of the plan were not read, so nobody can tell whether a milestone is late.",
        ),
        how: Words::text("Write `started` for each apprentice in the plan."),
        ask: "write when apprentices began",
    })
}

/// Whether every open apprenticeship has something that the plan says.
pub(super) fn every_apprenticeship(
    case: &Case<'_>,
    has: impl Fn(&Apprenticeship) -> bool,
    lacks: &'static str,
    action: &'static str,
) -> Verdict {
    let open = match open_apprenticeships(case) {
        Ok(open) => open,
        Err(verdict) => return verdict,
    };
    let lacking: Vec<_> = open.iter().filter(|one| !has(one.facts)).collect();
    if lacking.is_empty() {
        return Verdict::Pass(
            Words::default()
                .count(open.len(), "apprenticeship", "apprenticeships")
                .then("."),
        );
    }
    // An annotation names apprentices only; the rest may stand in a plan that
    // was not read.
    if let Err(verdict) = looked_for(&case.facts.plan, case.facts, case.policy) {
        return verdict;
    }
    let people = lacking
        .iter()
        .map(|one| one.facts.apprentice.name.clone())
        .collect();
    let places = lacking.iter().map(|one| one.facts.place.clone()).collect();
    Verdict::fail_at(
        Words::text(format!("Learning{lacks}: "))
            .guarded(people)
            .then("."),
        places,
        action,
    )
}
