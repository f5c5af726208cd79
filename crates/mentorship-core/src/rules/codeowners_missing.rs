//! `codeowners-missing`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "codeowners-missing",
    title: "No code owners",
    ask: "write a CODEOWNERS file",
    category: Category::Assets,
    weight: 3,
    page: page!("codeowners-missing.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    match looked_for(&case.facts.code_owners, case.facts, case.policy) {
        Ok(Some(owners)) if owners.is_tree && owners.rules > 0 => {
            Verdict::Pass(Words::default().count(owners.rules, "OWNERS file names", "OWNERS files name").then(" who approves."))
        }
        Ok(Some(owners)) if owners.rules > 0 => {
            Verdict::Pass(Words::default().count(owners.rules, "rule names", "rules name").then(" owners."))
        }
        Ok(Some(owners)) => Verdict::fail_at(
            "The owners file names no owner.",
            vec![owners.place.clone()],
            "Add rules that name a steward and an apprentice for the critical paths.",
        ),
        Ok(None) => Verdict::fail(
            "The repository holds no owners file.",
            Words::text("Add a CODEOWNERS file that names a steward and an apprentice for the critical paths."),
        ),
        Err(verdict) => verdict,
    }
}
