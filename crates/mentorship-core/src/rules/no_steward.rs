//! `no-steward`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "no-steward",
    title: "No steward",
    ask: "name a steward",
    category: Category::Stewardship,
    weight: 10,
    page: page!("no-steward.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let action = || Words::text("Name a steward who is there, in `mentorship/steward` or in the plan.");
    match case.facts.steward() {
        Some(steward) if steward.person.left => Verdict::fail_at(
            Words::default()
                .person(&steward.person.name)
                .then(" is named as steward and has left."),
            vec![steward.place.clone()],
            action(),
        ),
        Some(steward) => Verdict::Pass(Words::default().person(&steward.person.name).then(" is steward.")),
        None => match looked_for(&case.facts.stewards, case.facts, case.policy) {
            Ok(_) => Verdict::fail("Nobody is named as steward.", action()),
            Err(verdict) => verdict,
        },
    }
}
