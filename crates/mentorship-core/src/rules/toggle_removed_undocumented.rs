//! `toggle-removed-undocumented`: see the page beside it.

use super::{Case, Category, Failure, Judge, Rule, Verdict};
use crate::evidence::Collected;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "toggle-removed-undocumented",
    title: "A feature toggle goes without a word",
    ask: "write down what goes with the toggle",
    category: Category::Changes,
    weight: 3,
    page: page!("toggle-removed-undocumented.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let change = match &case.facts.change {
        Collected::Found(change) => change,
        Collected::Failed { reason, .. } => {
            return Verdict::Unknown {
                missing: Words::text(format!("The change could not be read: {reason}.")),
                how: Words::text("Fetch the whole history where the check runs (depth 0)."),
                ask: "fetch the whole history",
            };
        }
        Collected::Missing | Collected::NotCollected => {
            return Verdict::NotApplicable(Words::text(
                "Only a change is asked this, where the revision that it builds on is given.",
            ));
        }
    };
    let lacks = match (change.writes_runbook, change.names_decision_record) {
        _ if change.removed_toggles.is_empty() => {
            return Verdict::pass("The change removes no feature toggle.");
        }
        (true, true) => {
            return Verdict::pass(
                "The change removes a toggle, and says so in a runbook and a decision record.",
            );
        }
        (true, false) => "names no decision record",
        (false, true) => "changes no runbook",
        (false, false) => "changes no runbook and names no decision record",
    };
    let reason = |toggle: &crate::facts::RemovedToggle| {
        Words::text(format!(
            "The change removes the toggle `{}` and {lacks}.",
            toggle.name
        ))
    };
    let toggles = &change.removed_toggles;
    Verdict::Fail(Failure {
        reasons: toggles.iter().map(reason).collect(),
        places: toggles.iter().map(|toggle| toggle.place.clone()).collect(),
        next_action: Words::text(
            "Write into the runbook what is done now instead of switching it, and link the decision record.",
        ),
    })
}
