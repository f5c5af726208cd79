//! `milestone-overdue`: see the page beside it.

use super::learning::{open_apprenticeships, start_untold};
use super::verdict::looked_for;
use super::{Case, Category, Failure, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "milestone-overdue",
    title: "A milestone is overdue",
    ask: "get milestones on track",
    category: Category::Mentorship,
    weight: 4,
    page: page!("milestone-overdue.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let open = match open_apprenticeships(case) {
        Ok(open) => open,
        Err(verdict) => return verdict,
    };
    let mut reasons = Vec::new();
    let mut places = Vec::new();
    for one in open {
        for milestone in &one.milestones {
            let Some(days_late) = milestone.days_late else { continue };
            reasons.push(
                Words::text(format!("Day {} of ", milestone.facts.day))
                    .guarded(vec![one.facts.apprentice.name.clone()])
                    .then(" is ")
                    .count(days_late, "day", "days")
                    .then(format!(" late: {}.", milestone.facts.title.trim_end_matches('.'))),
            );
            places.push(milestone.facts.place.clone());
        }
    }
    if reasons.is_empty() {
        if let Some(verdict) = start_untold(case) {
            return verdict;
        }
        return match case.mentorship.next_milestone_due() {
            Some(due) => Verdict::Pass(Words::text("The next milestone is due on ").date(due).then(".")),
            None => no_due_day(case),
        };
    }
    Verdict::Fail(Failure {
        reasons,
        places,
        next_action: Words::text("Finish the late milestone, or agree on a new day and write it down."),
    })
}

/// Milestones without a start have no due day; the start may stand in a plan
/// that was not read.
fn no_due_day(case: &Case<'_>) -> Verdict {
    match looked_for(&case.facts.plan, case.facts, case.policy) {
        Err(verdict) => verdict,
        Ok(_) if case.mentorship.open_milestones().next().is_none() => Verdict::pass("No milestone is open."),
        Ok(_) => Verdict::Unknown {
            missing: Words::text("The plan does not say when the apprenticeship began, so no milestone has a due day."),
            how: Words::text("Write `started` for each apprentice in the plan."),
            ask: "write when apprentices began",
        },
    }
}
