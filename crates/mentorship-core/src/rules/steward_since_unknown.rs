//! `steward-since-unknown`: see the page beside it.

use super::stewardship::steward;
use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Stewardship, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "steward-since-unknown",
    title: "Nobody wrote since when the steward is steward",
    ask: "write when the stewardship began",
    category: Category::Stewardship,
    weight: 2,
    page: page!("steward-since-unknown.md"),
    judge: Judge::ByStewardship(judge),
};

fn judge(case: &Case<'_>, stewardship: &Stewardship<'_>) -> Verdict {
    let steward = match steward(case) {
        Ok(steward) => steward,
        Err(verdict) => return verdict,
    };
    let action = || Words::text("Write the day into `mentorship/steward-since` or the plan's `steward_since`.");
    match stewardship.rotation.since {
        Some(since) if since.date > case.as_of => Verdict::fail_at(
            Words::text("The stewardship begins on ").date(since.date).then(", a day in the future."),
            vec![since.place.clone()],
            action(),
        ),
        Some(since) => Verdict::Pass(Words::text("Since ").and(since.words()).then(".")),
        None => {
            // The day may stand in a plan, or in commits, that were not read.
            if let Err(verdict) = looked_for(&case.facts.plan, case.facts, case.policy) {
                return verdict;
            }
            if let Some(why) = stewardship.rotation.since_untold {
                return Verdict::Unknown {
                    missing: Words::text(format!("The day is not written, and the commits cannot tell: {why}.")),
                    how: action(),
                    ask: "write when the stewardship began",
                };
            }
            Verdict::fail_at(
                "A steward is named, since when is not written, and no commit of the repository names them.",
                vec![steward.place.clone()],
                action(),
            )
        }
    }
}
