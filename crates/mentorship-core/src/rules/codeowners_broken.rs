//! `codeowners-broken`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "codeowners-broken",
    title: "The owners file has lines that the code host ignores",
    ask: "mend the owners file",
    category: Category::Assets,
    weight: 2,
    page: page!("codeowners-broken.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let owners = match looked_for(&case.facts.code_owners, case.facts, case.policy) {
        Ok(Some(owners)) => owners,
        Ok(None) => {
            return Verdict::fail(
                "The repository holds no owners file.",
                Words::text("Add a CODEOWNERS file."),
            );
        }
        Err(verdict) => return verdict,
    };
    if owners.broken.is_empty() {
        return Verdict::pass("Every line has its effect.");
    }
    let action = "Mend the lines; until then nobody is asked to review what they mean.";
    let lines = Words::default().count(owners.broken.len(), "line has", "lines have");
    Verdict::fail_at(lines.then(" no effect on the code host."), owners.broken.clone(), action)
}
