//! `no-decision-record`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Rule, Verdict};
use crate::facts::LinkKind;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "no-decision-record",
    title: "No decision record",
    ask: "write a decision record",
    category: Category::Assets,
    weight: 2,
    page: include_str!("no-decision-record.md"),
    judge,
};

fn judge(case: &Case<'_>) -> Verdict {
    let linked = case.facts.links.iter().filter(|link| link.kind == LinkKind::DecisionRecord).count();
    let found = match looked_for(&case.facts.decision_records, case.facts, case.policy) {
        Ok(found) => found.map_or(0, Vec::len),
        Err(_) if linked > 0 => 0,
        Err(verdict) => return verdict,
    };
    // A link may lead to a document that is counted already; any of them will do.
    let known = found.max(linked);
    if known == 0 {
        return Verdict::fail("There is no decision record.", "Write the last risky decision into docs/adr/0001-<title>.md: context, decision, consequences.");
    }
    Verdict::Pass(Words::default().count(known, "decision record", "decision records").then("."))
}
