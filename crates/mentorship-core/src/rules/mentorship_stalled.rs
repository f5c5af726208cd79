//! `mentorship-stalled`: see the page beside it.

use super::learning::start_untold;
use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::readings::mentorship::MentorshipStatus;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "mentorship-stalled",
    title: "Mentoring has stalled",
    ask: "get mentoring moving",
    category: Category::Mentorship,
    weight: 5,
    page: page!("mentorship-stalled.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let mentorship = &case.mentorship;
    match mentorship.status {
        MentorshipStatus::Active | MentorshipStatus::Graduated => {
            start_untold(case).unwrap_or_else(|| Verdict::Pass(mentorship.summary()))
        }
        MentorshipStatus::Stalled => {
            let places = case.facts.plan.value().map(|plan| plan.place.clone()).into_iter().collect();
            Verdict::fail_at(
                mentorship.summary(),
                places,
                Words::text("Ask mentor and apprentice what holds them up, take one small step and log it; ending a pairing is fine too."),
            )
        }
        MentorshipStatus::None | MentorshipStatus::Planned => Verdict::fail(
            mentorship.summary(),
            Words::text("Begin with one apprentice: write the start day and the first milestone into the plan."),
        ),
        MentorshipStatus::Unknown => match looked_for(&case.facts.plan, case.facts, case.policy) {
            Err(verdict) => verdict,
            Ok(_) => Verdict::Unknown {
                missing: mentorship.summary(),
                how: Words::text("Check the state of the git source on the Sources page."),
                ask: "have the repository read",
            },
        },
    }
}
