//! `bus-factor-low`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "bus-factor-low",
    title: "Too few people can run the service",
    ask: "train another maintainer",
    category: Category::Knowledge,
    weight: 10,
    page: page!("bus-factor-low.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let target = u32::from(case.policy.thresholds.maintainers_target);
    let declared = case.bus_factor.declared.as_ref().map(|people| u32::try_from(people.len()).unwrap_or(u32::MAX));
    let recent = case.bus_factor.recent().and_then(|reading| reading.value);
    if let Some(declared) = declared.filter(|declared| *declared >= target) {
        return Verdict::Pass(Words::default().count(declared, "maintainer is", "maintainers are").then(" declared."));
    }
    if let Some(recent) = recent.filter(|recent| *recent >= target) {
        return Verdict::Pass(
            Words::default()
                .count(recent, "person holds", "people hold")
                .then(" most of the recent knowledge."),
        );
    }
    // A plan or a history that was not read may hold the ones who are missing.
    for read in [
        looked_for(&case.facts.plan, case.facts, case.policy).map(|_| ()),
        looked_for(&case.facts.knowledge, case.facts, case.policy).map(|_| ()),
    ] {
        if let Err(verdict) = read {
            return verdict;
        }
    }
    let action = Words::text("Train one more person until they can run the service alone.");
    let declared = match declared {
        Some(declared) => Words::text(format!("{declared} of {target} trained maintainers declared")),
        None => Words::text(format!("No trained maintainer declared, {target} are the target")),
    };
    let reason = match recent {
        Some(0) => declared.then("; nobody who knows what changed lately is left."),
        Some(recent) => declared
            .then("; ")
            .count(recent, "person holds", "people hold")
            .then(" most of the recent knowledge."),
        None => declared.then("; the history names nobody."),
    };
    Verdict::fail(reason, action)
}
