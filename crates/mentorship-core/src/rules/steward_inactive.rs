//! `steward-inactive`: see the page beside it.

use super::stewardship::steward;
use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Stewardship, Verdict};
use crate::evidence::Collected;
use crate::policy::Source;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "steward-inactive",
    title: "The steward has not been seen lately",
    ask: "bring the steward back or hand over",
    category: Category::Stewardship,
    weight: 2,
    page: page!("steward-inactive.md"),
    judge: Judge::ByStewardship(judge),
};

fn judge(case: &Case<'_>, stewardship: &Stewardship<'_>) -> Verdict {
    let steward = match steward(case) {
        Ok(steward) => steward,
        Err(verdict) => return verdict,
    };
    let facts = case.facts;
    let knowledge = match looked_for(&facts.knowledge, facts, case.policy) {
        Ok(knowledge) => knowledge,
        Err(verdict) => return verdict,
    };
    let since = case
        .as_of
        .plus_days(-i32::from(case.policy.thresholds.steward_inactive_days));
    let identity = steward.person.identity();
    let committed = knowledge.and_then(|knowledge| knowledge.last_observed(identity));
    let log = facts.plan.value().map(|plan| plan.log.as_slice());
    let entries = log.unwrap_or_default().iter();
    let logged = entries.filter(|entry| entry.by_steward && entry.date <= case.as_of);
    let logged = logged.map(|entry| entry.date).max();
    let reviewed = facts.steward_reviewed.value().copied();
    let seen = [committed, reviewed, logged].into_iter().flatten().max();
    if let Some(seen) = seen.filter(|seen| *seen > since) {
        return Verdict::Pass(Words::text("Last seen here on ").date(seen).then("."));
    }
    let clock = stewardship.rotation.clock;
    if let Some(clock) = clock.filter(|clock| clock.since.date > since) {
        return Verdict::Pass(
            Words::text("Took over on ").date(clock.since.date).then("."),
        );
    }
    // What was not read may show them.
    if let Err(verdict) = looked_for(&facts.plan, facts, case.policy) {
        return verdict;
    }
    let reviews_told = !matches!(facts.steward_reviewed, Collected::NotCollected);
    if !reviews_told && case.policy.sources.contains(&Source::Reviews) {
        return Verdict::Unknown {
            missing: Words::text("Nobody can tell what the steward reviewed."),
            how: Words::text("Check on the Sources page that the `reviews` source delivers."),
            ask: "bring in who reviews",
        };
    }
    let unmapped = knowledge.map_or(0, |knowledge| knowledge.unmapped);
    if committed.is_none() && unmapped > 0 {
        return Verdict::Unknown {
            missing: Words::text("No commit shows the steward, but ")
                .count(unmapped, "committer", "committers")
                .then(" here may be anybody: they map to no user."),
            how: Words::text(
                "Give the users their commit address, or name the addresses in `people.aliases` of the policy.",
            ),
            ask: "map committers to users",
        };
    }
    let reason = match seen {
        Some(seen) => Words::text("The steward was last seen here on ").date(seen).then("."),
        None => Words::text("No commit, review or log entry here shows the steward."),
    };
    Verdict::fail_at(
        reason,
        vec![steward.place.clone()],
        Words::text("Ask the steward whether they still can; take part in one change or review, or plan the handover."),
    )
}
