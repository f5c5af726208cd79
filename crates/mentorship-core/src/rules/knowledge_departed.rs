//! `knowledge-departed`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "knowledge-departed",
    title: "The authors of much of the code have left",
    ask: "find authors for what was left behind",
    category: Category::Knowledge,
    weight: 5,
    page: page!("knowledge-departed.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let limit = u64::from(case.policy.thresholds.departed_percent);
    let knowledge = match looked_for(&case.facts.knowledge, case.facts, case.policy) {
        Ok(Some(knowledge)) => knowledge,
        Ok(None) => {
            return Verdict::pass("There is no history yet, so nobody left anything behind.");
        }
        Err(verdict) => return verdict,
    };
    let (orphaned, counted) = (knowledge.authorship.orphaned, knowledge.authorship.counted);
    let too_many = |files: u32| counted > 0 && u64::from(files) * 100 >= limit * u64::from(counted);
    let of_all = |files: u32| {
        Words::default()
            .count(files, "file", "files")
            .then(format!(" of {counted} "))
    };
    if too_many(orphaned) {
        return Verdict::fail(
            of_all(orphaned).then("have no author left."),
            "Take the part that changes most, read it with two people, and let them change it.",
        );
    }
    if !knowledge.departures_known {
        return Verdict::Unknown {
            missing: Words::text("The catalog has no users, so nobody can tell who has left."),
            how: Words::text(
                "Read users into the catalog, or list leavers in `people.left` of the policy.",
            ),
            ask: "bring users into the catalog",
        };
    }
    if too_many(knowledge.held_by_unknown) {
        return Verdict::Unknown {
            missing: of_all(knowledge.held_by_unknown)
                .then("have only authors who map to no user, who may have left."),
            how: Words::text(
                "Give the users their commit address, or name the addresses in `people.aliases` or `people.left` of the policy.",
            ),
            ask: "map committers to users",
        };
    }
    Verdict::Pass(match orphaned {
        0 => Words::text("Every file has an author who is there."),
        _ => of_all(orphaned).then("have no author left."),
    })
}
