//! `no-runbook`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::facts::LinkKind;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "no-runbook",
    title: "No runbook",
    ask: "write a runbook",
    category: Category::Assets,
    weight: 5,
    page: page!("no-runbook.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let linked = case.facts.links.iter().filter(|link| link.kind == LinkKind::Runbook).count();
    let found = match looked_for(&case.facts.runbooks, case.facts, case.policy) {
        Ok(found) => found.map_or(0, Vec::len),
        Err(_) if linked > 0 => 0,
        Err(verdict) => return verdict,
    };
    // A link may lead to a document that is counted already; any of them will do.
    let known = found.max(linked);
    if known == 0 {
        return Verdict::fail("There is no runbook.", "Write docs/runbooks/<task>.md with commands, a way back and a link to the dashboard.");
    }
    Verdict::Pass(Words::default().count(known, "runbook", "runbooks").then("."))
}
