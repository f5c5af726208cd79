//! `no-program-owner`: see the page beside it.

use super::stewardship::somebody_in_role;
use super::{Case, Category, Judge, Rule, Verdict};

pub(super) const RULE: Rule = Rule {
    id: "no-program-owner",
    title: "No program owner",
    ask: "name a program owner",
    category: Category::Stewardship,
    weight: 2,
    page: page!("no-program-owner.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    somebody_in_role(case, &case.facts.program_owners, "program owner", "Name the engineering leader who owns the program, in `mentorship/program-owner` or in the plan.")
}
