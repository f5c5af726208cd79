//! `steward-rotation-unplanned`: see the page beside it.

use super::stewardship::steward;
use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Stewardship, Verdict};
use crate::readings::rotation::RotationState;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "steward-rotation-unplanned",
    title: "Nobody is ready to succeed the steward",
    ask: "prepare a successor",
    category: Category::Stewardship,
    weight: 4,
    page: page!("steward-rotation-unplanned.md"),
    judge: Judge::ByStewardship(judge),
};

fn judge(case: &Case<'_>, stewardship: &Stewardship<'_>) -> Verdict {
    if let Err(verdict) = steward(case) {
        return verdict;
    }
    let rotation = &stewardship.rotation;
    match rotation.state {
        RotationState::Settling => Verdict::Pass(rotation.summary()),
        RotationState::Window | RotationState::Overdue => {
            if rotation.handover_started || !rotation.ready_successors.is_empty() {
                return Verdict::Pass(rotation.successors());
            }
            // The apprentices and the log stand in the plan; without it nobody
            // can tell that no successor is ready.
            if let Err(verdict) = looked_for(&case.facts.plan, case.facts, case.policy) {
                return verdict;
            }
            let places = rotation.clock.map(|clock| clock.since.place.clone()).into_iter().collect();
            Verdict::fail_at(
                "The steward may hand over now, and nobody is ready to succeed.",
                places,
                Words::text("Bring an apprentice to independent, or log a reverse shadow or a handover."),
            )
        }
        RotationState::Vacant | RotationState::Unknown => Verdict::Unknown {
            missing: Words::text("When the steward should hand over is not known."),
            how: Words::text("Write since when the steward is steward into `mentorship/steward-since` or the plan."),
            ask: "write when the stewardship began",
        },
    }
}
