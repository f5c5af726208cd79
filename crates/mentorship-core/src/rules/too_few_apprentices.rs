//! `too-few-apprentices`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::readings::mentorship::MentorshipStatus;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "too-few-apprentices",
    title: "Too few people are learning",
    ask: "start an apprenticeship",
    category: Category::Mentorship,
    weight: 5,
    page: page!("too-few-apprentices.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    if case.mentorship.status == MentorshipStatus::Graduated {
        return Verdict::pass("Everybody who began has finished.");
    }
    let target = usize::from(case.policy.thresholds.apprentices_target);
    let learning = case.mentorship.learning();
    if learning >= target {
        return Verdict::Pass(Words::default().count(learning, "person is", "people are").then(" learning."));
    }
    if let Err(verdict) = looked_for(&case.facts.plan, case.facts, case.policy) {
        return verdict;
    }
    let (reason, forms) = match learning {
        0 => (
            Words::text("Nobody is learning to run this service; "),
            ["apprentice", "apprentices"],
        ),
        _ => (
            Words::default().count(learning, "person is", "people are").then(" learning; "),
            ["more apprentice", "more apprentices"],
        ),
    };
    let places = case.facts.plan.value().map(|plan| plan.place.clone()).into_iter().collect();
    Verdict::fail_at(
        reason.then("the target is ").then(target.to_string()).then("."),
        places,
        Words::text("Name ")
            .count(target - learning, forms[0], forms[1])
            .then(" with a mentor and a goal in the plan."),
    )
}
