//! `reviewer-coverage-low`: see the page beside it.

use super::critical_paths::{critical_paths, named};
use super::{Case, Category, Failure, Judge, Rule, Verdict};
use crate::facts::{CriticalPathFact, ReviewBasis};
use crate::organisation::identities;
use crate::policy::Source;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "reviewer-coverage-low",
    title: "Too few people review the critical paths",
    ask: "bring in another reviewer",
    category: Category::Knowledge,
    weight: 3,
    page: page!("reviewer-coverage-low.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let paths = match critical_paths(case) {
        Ok(paths) => paths,
        Err(verdict) => return verdict,
    };
    let configured = case.policy.sources.contains(&Source::Reviews);
    let basis = match paths.reviews {
        ReviewBasis::CodeHost => "by the code host",
        ReviewBasis::Trailers => "by `Reviewed-by` trailers",
        ReviewBasis::NoTrailers if !configured => {
            return Verdict::NotApplicable(Words::text(
                "This installation reads no reviews, and no commit names who reviewed it.",
            ));
        }
        ReviewBasis::NoTrailers | ReviewBasis::NotRead => {
            return Verdict::Unknown {
                missing: Words::text("Nobody can tell who reviewed what."),
                how: Words::text(
                    "Check on the Sources page that the `reviews` source delivers, or name reviewers in `Reviewed-by` trailers.",
                ),
                ask: "bring in who reviews",
            };
        }
    };
    let target = usize::from(case.policy.thresholds.reviewers_target);
    let short: Vec<Words> = paths
        .paths
        .iter()
        .filter_map(|path| {
            let reviewers = reviewers(case, path)?;
            (reviewers < target).then(|| {
                Words::text(format!("{}: ", named(paths, path)))
                    .count(reviewers, "reviewer", "reviewers")
                    .then(format!(" of {target} in a quarter, {basis}."))
            })
        })
        .collect();
    if short.is_empty() {
        return Verdict::Pass(Words::text(format!(
            "{target} or more reviewed every critical path that changed in a quarter, {basis}."
        )));
    }
    Verdict::Fail(Failure {
        reasons: short,
        places: Vec::new(),
        next_action: Words::text(
            "Ask somebody who has not reviewed there yet, an apprentice first.",
        ),
    })
}

/// Distinct reviewers in the window; `None` where nothing changed in it, so that
/// there was nothing to review.
fn reviewers(case: &Case<'_>, path: &CriticalPathFact) -> Option<usize> {
    let window = i32::from(case.policy.thresholds.review_window_days);
    let since = case.as_of.plus_days(-window);
    let in_window = |day| since < day && day <= case.as_of;
    path.changed.iter().any(|day| in_window(*day)).then(|| {
        let reviews = path.reviews.iter().filter(|(day, _)| in_window(*day));
        identities(&mut reviews.map(|(_, person)| person)).len()
    })
}
