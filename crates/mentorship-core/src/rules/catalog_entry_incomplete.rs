//! `catalog-entry-incomplete`: see the page beside it.

use super::{Case, Category, Failure, Judge, Rule, Verdict};
use crate::facts::OwnerFact;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "catalog-entry-incomplete",
    title: "The catalog entry is incomplete",
    ask: "complete the catalog entry",
    category: Category::Assets,
    weight: 3,
    page: page!("catalog-entry-incomplete.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let entry = &case.facts.catalog_entry;
    let mut reasons = Vec::new();
    match &entry.owner {
        OwnerFact::Nobody => reasons.push(Words::text("No owner is named.")),
        OwnerFact::Placeholder(owner) => {
            reasons.push(Words::text(format!("The owner `{owner}` is a placeholder.")));
        }
        OwnerFact::Gone(owner) => reasons.push(Words::text(format!(
            "The owner `{owner}` is no user and no group of the catalog."
        ))),
        OwnerFact::Known(_) | OwnerFact::NotCompared(_) => {}
    }
    let rest = [
        (entry.has_system, "No system is named."),
        (entry.has_dependencies, "No dependency is named."),
        (entry.has_on_call, "Nothing leads to the on-call rotation."),
        (entry.has_objectives, "Nothing leads to the service level objectives."),
        (entry.has_dashboard, "Nothing leads to a dashboard."),
    ];
    for (there, missing) in rest {
        if !there {
            reasons.push(Words::text(missing));
        }
    }
    if !reasons.is_empty() {
        return Verdict::Fail(Failure {
            reasons,
            places: Vec::new(),
            next_action: Words::text(
                "Add what is missing to the catalog file: `spec.owner`, `spec.system`, `spec.dependsOn` (empty where there is nothing), and `metadata.links` titled On-call, SLO and Dashboard.",
            ),
        });
    }
    if let OwnerFact::NotCompared(owner) = &entry.owner {
        return Verdict::Unknown {
            missing: Words::text(format!(
                "Nobody can tell whether the owner `{owner}` exists: the catalog holds no users and groups."
            )),
            how: Words::text("Bring users and groups into the catalog."),
        };
    }
    Verdict::pass("Owner, system, dependencies, on-call, objectives and dashboard are there.")
}
