//! `escalations-high`: see the page beside it.

use super::operations::incidents;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::facts::{EscalationCause, IncidentFact};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "escalations-high",
    title: "Many pages are escalated for lack of knowledge",
    ask: "teach the first level what it passes on",
    category: Category::Operations,
    weight: 3,
    page: page!("escalations-high.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let incidents = match incidents(case) {
        Ok(incidents) => incidents,
        Err(verdict) => return verdict,
    };
    let thresholds = &case.policy.thresholds;
    let pages: Vec<&IncidentFact> = incidents.into_iter().filter(|one| one.paged()).collect();
    let paged = Words::default()
        .count(pages.len(), "page", "pages")
        .then(format!(" in {} days", thresholds.operations_window_days));
    if pages.len() < usize::from(thresholds.minimum_sample) {
        return Verdict::Pass(paged.then(", too few to conclude anything."));
    }
    let many = |count: usize| {
        count * 100 >= usize::from(thresholds.escalation_percent) * pages.len()
    };
    let count = |of: &dyn Fn(&IncidentFact) -> bool| pages.iter().filter(|page| of(page)).count();
    let for_knowledge = count(&|page| page.cause == Some(EscalationCause::Knowledge));
    // What may be one more: passed on without a reason, or how far is not known.
    let untold = count(&|page| page.cause.is_none() && page.level != Some(1));
    if many(for_knowledge) {
        return Verdict::fail(
            Words::text(format!("{for_knowledge} of "))
                .and(paged)
                .then(" went past the first level for lack of knowledge."),
            "Write what the first level did not know into the runbook, and walk through it together.",
        );
    }
    if many(for_knowledge + untold) {
        return Verdict::Unknown {
            missing: Words::text(format!("{untold} of ")).and(paged).then(
                " do not tell whether and why they went past the first level.",
            ),
            how: Words::text(
                "Write down why a page was passed on, and push it as `escalationCause`.",
            ),
            ask: "push why pages are passed on",
        };
    }
    Verdict::Pass(paged.then(format!(
        ", {for_knowledge} of them passed on for lack of knowledge."
    )))
}
