//! `hero-responder`: see the page beside it.

use super::operations::{incidents, resolvers};
use super::{Case, Category, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "hero-responder",
    title: "One person resolves nearly every incident",
    ask: "let others resolve incidents",
    category: Category::Operations,
    weight: 5,
    page: page!("hero-responder.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let incidents = match incidents(case) {
        Ok(incidents) => incidents,
        Err(verdict) => return verdict,
    };
    let thresholds = &case.policy.thresholds;
    let days = thresholds.operations_window_days;
    let (resolved, most) = resolvers(&incidents);
    let told = |resolved: usize| {
        Words::default()
            .count(resolved, "incident was", "incidents were")
            .then(format!(" resolved by people in {days} days"))
    };
    if resolved < usize::from(thresholds.minimum_sample) {
        return Verdict::Pass(told(resolved).then(", too few to hang on anybody."));
    }
    let is_hero = |(_, count): &(_, usize)| {
        count * 100 >= usize::from(thresholds.hero_percent) * resolved
    };
    match most.filter(is_hero) {
        None => Verdict::Pass(told(resolved).then(", and nobody resolved nearly all of them.")),
        Some((person, count)) => Verdict::fail(
            Words::default()
                .guarded(vec![person.name.clone()])
                .then(format!(" resolved {count} of the {resolved} incidents that people resolved in {days} days.")),
            "Let an apprentice take the next page, with the one who knows it beside them.",
        ),
    }
}
