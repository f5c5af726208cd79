//! `autonomy-stuck`: see the page beside it.

use super::learning::open_apprenticeships;
use super::verdict::looked_for;
use super::{Case, Category, Failure, Judge, Rule, Verdict};
use crate::civil_date::CivilDate;
use crate::facts::{Apprenticeship, Autonomy};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "autonomy-stuck",
    title: "An apprentice stays on the same rung",
    ask: "help apprentices to the next rung",
    category: Category::Mentorship,
    weight: 2,
    page: page!("autonomy-stuck.md"),
    judge: Judge::ByCase(judge),
};

/// What is known of somebody's time on a rung.
enum Stay {
    /// Not longer than it may be.
    Short,
    /// Longer, for so many days at least.
    Long(i32),
    /// Nobody can tell.
    Untold,
}

fn judge(case: &Case<'_>) -> Verdict {
    let open = match open_apprenticeships(case) {
        Ok(open) => open,
        Err(verdict) => return verdict,
    };
    let (mut reasons, mut places, mut untold) = (Vec::new(), Vec::new(), Vec::new());
    for one in open.iter().map(|one| one.facts) {
        match stay(case, one) {
            Stay::Short => {}
            Stay::Untold => untold.push(one.apprentice.name.clone()),
            Stay::Long(days) => {
                reasons.push(
                    Words::default()
                        .guarded(vec![one.apprentice.name.clone()])
                        .then(format!(" has been {} for ", rung(one)))
                        .count(days, "day", "days")
                        .then("."),
                );
                places.push(one.place.clone());
            }
        }
    }
    if !reasons.is_empty() {
        return Verdict::Fail(Failure {
            reasons,
            places,
            next_action: Words::text(
                "Agree on what is missing for the next rung and try it on one real task, with the mentor watching.",
            ),
        });
    }
    if !untold.is_empty() {
        // The rung may stand in a plan that was not read.
        if let Err(verdict) = looked_for(&case.facts.plan, case.facts, case.policy) {
            return verdict;
        }
        return Verdict::Unknown {
            missing: Words::text("The rung, or since when, is not known of ")
                .guarded(untold)
                .then("."),
            how: Words::text("Write `autonomy` and `started` for each apprentice in the plan."),
            ask: "write the rung of each apprentice",
        };
    }
    Verdict::pass("Nobody has stayed on a rung for too long.")
}

fn stay(case: &Case<'_>, one: &Apprenticeship) -> Stay {
    let most = i32::from(case.policy.thresholds.autonomy_stuck_days);
    let days = |since: CivilDate| case.as_of.days_since(since);
    let started = one.started.as_ref().map(|started| started.date);
    let on_rung = one.autonomy_since.as_ref().map(|since| since.date);
    let since = match one.autonomy {
        Some(Autonomy::Independent | Autonomy::Leading) => return Stay::Short,
        None => None,
        // Everybody begins on the first rung.
        Some(Autonomy::Guided) if !one.climbed => started.or(on_rung),
        // A plan may name a rung before the first day.
        Some(_) => on_rung.map(|since| started.map_or(since, |started| since.max(started))),
    };
    match since.map(days) {
        Some(days) if days > most => Stay::Long(days),
        Some(_) => Stay::Short,
        // Whoever began lately has not been anywhere for long.
        None if started.is_some_and(|started| days(started) <= most) => Stay::Short,
        None => Stay::Untold,
    }
}

fn rung(one: &Apprenticeship) -> &'static str {
    match one.autonomy {
        Some(Autonomy::Guided) | None => "guided",
        Some(Autonomy::Supervised) => "supervised",
        Some(Autonomy::Independent) => "independent",
        Some(Autonomy::Leading) => "leading",
    }
}
