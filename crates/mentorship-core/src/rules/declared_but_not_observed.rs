//! `declared-but-not-observed`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "declared-but-not-observed",
    title: "A declared maintainer was never seen in the code",
    ask: "pair on a change or correct the list",
    category: Category::Knowledge,
    weight: 3,
    page: page!("declared-but-not-observed.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let declared = case.bus_factor.declared.as_ref();
    let Some(declared) = declared.filter(|people| !people.is_empty()) else {
        if let Err(verdict) = looked_for(&case.facts.plan, case.facts, case.policy) {
            return verdict;
        }
        return Verdict::fail(
            "Nobody who is there is declared able to run the service.",
            Words::text("Name a steward first."),
        );
    };
    let knowledge = match looked_for(&case.facts.knowledge, case.facts, case.policy) {
        Ok(knowledge) => knowledge,
        Err(verdict) => return verdict,
    };
    let unseen: Vec<_> = declared
        .iter()
        .filter(|person| knowledge.is_none_or(|seen| seen.last_observed(person.identity()).is_none()))
        .map(|person| person.name.clone())
        .collect();
    if unseen.is_empty() {
        // A plan that was not read may declare somebody else.
        if let Err(verdict) = looked_for(&case.facts.plan, case.facts, case.policy) {
            return verdict;
        }
        return Verdict::Pass(
            Words::text("Commits or reviews show ")
                .count(
                    declared.len(),
                    "declared maintainer",
                    "declared maintainers",
                )
                .then("."),
        );
    }
    let unmapped = knowledge.map_or(0, |seen| seen.unmapped);
    if unmapped > 0 {
        return Verdict::Unknown {
            missing: Words::text("No commit or review shows ")
                .guarded(unseen)
                .then(", but ")
                .count(unmapped, "committer", "committers")
                .then(" here may be anybody: they map to no user."),
            how: Words::text(
                "Give the users their commit address, or name the addresses in `people.aliases` of the policy.",
            ),
            ask: "map committers to users",
        };
    }
    Verdict::fail(
        Words::text("Declared, and in no commit and no review here: ")
            .guarded(unseen)
            .then("."),
        "Pair on one change to this service, or take the name off the list.",
    )
}
