//! `runbook-stale`: see the page beside it.

use super::{Case, Category, Judge, Rule, Verdict, runbooks};
use crate::civil_date::CivilDate;
use crate::facts::{DocumentContent, DocumentDay, DocumentFact, Place};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "runbook-stale",
    title: "Nobody has gone over a runbook for long",
    ask: "go over the runbooks",
    category: Category::Assets,
    weight: 2,
    page: page!("runbook-stale.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let found = match runbooks::at_hand(case) {
        Ok(found) => found,
        Err(verdict) => return verdict,
    };
    let limit = case.as_of.plus_days(-i32::from(case.policy.thresholds.runbook_stale_days));
    let failed = runbooks::verdict(
        found,
        &|runbook| stale(runbook, limit),
        " have waited as long.",
        "Walk through it with an apprentice, mend what has changed, and put `last_reviewed` with the day on top.",
    );
    if let Some(verdict) = failed.or_else(|| runbooks::unread(found)) {
        return verdict;
    }
    let undated = found.iter().filter(|runbook| day(&runbook.content).is_none()).count();
    if undated > 0 {
        return Verdict::Unknown {
            missing: Words::text("Nothing says when ")
                .count(undated, "runbook was", "runbooks were")
                .then(" last gone over."),
            how: Words::text("Put `last_reviewed` with the day on top, or let the git history be read."),
            ask: "date the runbooks",
        };
    }
    Verdict::Pass(
        Words::text("Somebody went over ")
            .count(found.len(), "runbook", "runbooks")
            .then(" since ")
            .date(limit)
            .then("."),
    )
}

fn day(content: &DocumentContent) -> Option<&DocumentDay> {
    match content {
        DocumentContent::Runbook { reviewed_on, .. } => reviewed_on.as_ref(),
        _ => None,
    }
}

fn stale(runbook: &DocumentFact, limit: CivilDate) -> Option<(Words, Place)> {
    let day = day(&runbook.content).filter(|day| day.date < limit)?;
    let said = match day.of_last_change {
        true => "was last changed on ",
        false => "was last gone over on ",
    };
    let told = Words::text(said).date(day.date).then(".");
    Some((told, day.place.clone()))
}
