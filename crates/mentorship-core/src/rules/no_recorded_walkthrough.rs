//! `no-recorded-walkthrough`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::facts::LinkKind;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "no-recorded-walkthrough",
    title: "No recorded walkthrough",
    ask: "record a walkthrough",
    category: Category::Assets,
    weight: 1,
    page: page!("no-recorded-walkthrough.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let links = case.facts.links.iter();
    let linked = links.filter(|link| link.kind == LinkKind::Walkthrough).count();
    let recorded = match looked_for(&case.facts.recordings, case.facts, case.policy) {
        Ok(found) => found.map_or(0, Vec::len),
        Err(_) if linked > 0 => 0,
        Err(verdict) => return verdict,
    };
    // The plan's link may be one that a document gives too; any of them will do.
    let known = recorded.max(linked);
    if known == 0 {
        return Verdict::fail(
            "No recorded walkthrough is linked.",
            "Record the next deploy, ten minutes are enough, and link it from the README.",
        );
    }
    let told = Words::default();
    Verdict::Pass(told.count(known, "recorded walkthrough", "recorded walkthroughs").then("."))
}
