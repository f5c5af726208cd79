//! `apprentice-without-goal`: see the page beside it.

use super::learning::every_apprenticeship;
use super::{Case, Category, Judge, Rule, Verdict};

pub(super) const RULE: Rule = Rule {
    id: "apprentice-without-goal",
    title: "An apprentice has no goal",
    ask: "agree on a goal with each apprentice",
    category: Category::Mentorship,
    weight: 2,
    page: page!("apprentice-without-goal.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    every_apprenticeship(
        case,
        |one| one.goal.is_some(),
        " without a goal",
        "Write one concrete goal with an observable sign of success for each apprentice.",
    )
}
