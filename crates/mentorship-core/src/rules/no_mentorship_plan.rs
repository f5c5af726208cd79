//! `no-mentorship-plan`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "no-mentorship-plan",
    title: "No mentorship plan",
    ask: "write a mentorship plan",
    category: Category::Mentorship,
    weight: 6,
    page: page!("no-mentorship-plan.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    match looked_for(&case.facts.plan, case.facts, case.policy) {
        Ok(Some(plan)) => Verdict::Pass(Words::text("The plan is ").then(plan.path.clone()).then(".")),
        Ok(None) => Verdict::fail(
            "The repository holds no MENTORSHIP.md, neither here nor in a folder above.",
            Words::text("Write a MENTORSHIP.md; its form is on the page of this rule."),
        ),
        Err(verdict) => verdict,
    }
}
