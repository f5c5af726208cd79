//! `steward-rotation-overdue`: see the page beside it.

use super::stewardship::steward;
use super::{Case, Category, Judge, Rule, Stewardship, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "steward-rotation-overdue",
    title: "Steward rotation is overdue",
    ask: "hand the stewardship over",
    category: Category::Stewardship,
    weight: 6,
    page: page!("steward-rotation-overdue.md"),
    judge: Judge::ByStewardship(judge),
};

fn judge(case: &Case<'_>, stewardship: &Stewardship<'_>) -> Verdict {
    let steward = match steward(case) {
        Ok(steward) => steward,
        Err(verdict) => return verdict,
    };
    let Some(clock) = stewardship.rotation.clock else {
        return Verdict::Unknown {
            missing: Words::text("Since when the steward is steward is not known."),
            how: Words::text("Write the day into `mentorship/steward-since` or the plan's `steward_since`."),
            ask: "write when the stewardship began",
        };
    };
    if clock.days_overdue > 0 {
        return Verdict::fail_at(
            Words::default()
                .person(&steward.person.name)
                .then(" is steward for ")
                .count(clock.age_months, "month", "months")
                .then("; the rotation was due on ")
                .date(clock.due)
                .then("."),
            vec![clock.since.place.clone()],
            Words::text("Agree on a successor and log the handover in the plan."),
        );
    }
    Verdict::Pass(Words::text("The rotation is due on ").date(clock.due).then("."))
}
