//! `milestone-without-deliverable`: see the page beside it.

use super::learning::open_apprenticeships;
use super::{Case, Category, Failure, Judge, Rule, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "milestone-without-deliverable",
    title: "A milestone is ticked without a deliverable",
    ask: "link the work behind each milestone",
    category: Category::Mentorship,
    weight: 2,
    page: page!("milestone-without-deliverable.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let open = match open_apprenticeships(case) {
        Ok(open) => open,
        Err(verdict) => return verdict,
    };
    let (mut reasons, mut places) = (Vec::new(), Vec::new());
    let mut linked = 0_usize;
    for one in open {
        for milestone in one.milestones.iter().map(|milestone| milestone.facts) {
            if !milestone.done {
                continue;
            }
            if milestone.deliverable.is_some() {
                linked += 1;
                continue;
            }
            reasons.push(
                Words::text(format!("Day {} of ", milestone.day))
                    .guarded(vec![one.facts.apprentice.name.clone()])
                    .then(" is ticked and links to nothing."),
            );
            places.push(milestone.place.clone());
        }
    }
    if reasons.is_empty() {
        return Verdict::Pass(match linked {
            0 => Words::text("No milestone is ticked yet."),
            _ => Words::text("Ticked with a link: ")
                .count(linked, "milestone", "milestones")
                .then("."),
        });
    }
    Verdict::Fail(Failure {
        reasons,
        places,
        next_action: Words::text("Add the link to the change, the record or the recording behind the tick."),
    })
}
