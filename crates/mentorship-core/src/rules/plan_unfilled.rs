//! `plan-unfilled`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::facts::PlanForm;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "plan-unfilled",
    title: "The mentorship plan is not filled in",
    ask: "fill in the plan",
    category: Category::Mentorship,
    weight: 3,
    page: page!("plan-unfilled.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let plan = match looked_for(&case.facts.plan, case.facts, case.policy) {
        Ok(Some(plan)) => plan,
        Ok(None) => {
            return Verdict::fail(
                "There is no plan to fill in.",
                Words::text("Write a MENTORSHIP.md with roles, milestones and assets."),
            );
        }
        Err(verdict) => return verdict,
    };
    let failed = |reason: &'static str, action: &'static str| {
        Verdict::fail_at(reason, vec![plan.place.clone()], action)
    };
    match plan.form {
        PlanForm::Filled => Verdict::pass("The plan names people or milestones."),
        PlanForm::Template => failed(
            "The plan is a template whose blanks are still blank.",
            "Put real people, dates and deliverables in place of the blanks.",
        ),
        PlanForm::Unstructured => failed(
            "The plan names no role and no milestone.",
            "Add an escalation tree (steward, backup, program owner) and 30-60-90 milestones.",
        ),
    }
}
