//! `steward-since-unknown`: see the page beside it.

use super::stewardship::steward;
use super::verdict::looked_for;
use super::{Case, Category, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "steward-since-unknown",
    title: "Nobody wrote since when the steward is steward",
    ask: "write since when the steward is steward",
    category: Category::Stewardship,
    weight: 2,
    page: include_str!("steward-since-unknown.md"),
    judge,
};

fn judge(case: &Case<'_>) -> Verdict {
    let steward = match steward(case) {
        Ok(steward) => steward,
        Err(verdict) => return verdict,
    };
    let action = || Words::text("Write the day into `mentorship/steward-since` or the plan's `steward_since`.");
    match case.rotation.since {
        Some(since) if since.date > case.as_of => Verdict::fail_at(
            Words::text("The stewardship begins on ").date(since.date).then(", a day in the future."),
            vec![since.place.clone()],
            action(),
        ),
        Some(since) => Verdict::Pass(Words::text("Since ").date(since.date).then(".")),
        None => {
            // The day may stand in a plan that was not read.
            if let Err(verdict) = looked_for(&case.facts.plan, case.facts, case.policy) {
                return verdict;
            }
            Verdict::fail_at(
                "A steward is named, and since when is not written.",
                vec![steward.place.clone()],
                action(),
            )
        }
    }
}
