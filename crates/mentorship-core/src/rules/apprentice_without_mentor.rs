//! `apprentice-without-mentor`: see the page beside it.

use super::learning::every_apprenticeship;
use super::{Case, Category, Judge, Rule, Verdict};

pub(super) const RULE: Rule = Rule {
    id: "apprentice-without-mentor",
    title: "An apprentice has no mentor",
    ask: "name a mentor for each apprentice",
    category: Category::Mentorship,
    weight: 3,
    page: page!("apprentice-without-mentor.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    every_apprenticeship(
        case,
        |one| one.mentors.iter().any(|mentor| !mentor.left),
        " without a mentor who is there",
        "Name a mentor beside each apprentice in the plan.",
    )
}
