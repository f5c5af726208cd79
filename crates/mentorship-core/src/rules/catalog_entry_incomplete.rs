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
    let owner = match &entry.owner {
        OwnerFact::Nobody => Some(Words::text("No owner is named.")),
        OwnerFact::Placeholder(owner) => {
            let reason = format!("The owner `{owner}` is a placeholder.");
            Some(Words::text(reason))
        }
        OwnerFact::Gone(owner) => {
            let reason = format!("The owner `{owner}` is no user and no group of the catalog.");
            Some(Words::text(reason))
        }
        OwnerFact::Known(_) | OwnerFact::NotCompared(_) => None,
    };
    let rest = [
        (entry.has_system, "No system is named.", "`spec.system`"),
        (
            entry.has_dependencies,
            "No dependency is named.",
            "`spec.dependsOn` (empty where there is nothing)",
        ),
        (
            entry.has_on_call,
            "Nothing leads to the on-call rotation.",
            "a link titled On-call",
        ),
        (
            entry.has_objectives,
            "Nothing leads to the service level objectives.",
            "a link titled SLO",
        ),
        (
            entry.has_dashboard,
            "Nothing leads to a dashboard.",
            "a link titled Dashboard",
        ),
    ];
    let missing = owner.map(|reason| (reason, "`spec.owner`")).into_iter();
    let rest = rest.into_iter().filter(|(there, ..)| !there);
    let missing = missing.chain(rest.map(|(_, reason, field)| (Words::text(reason), field)));
    let (reasons, fields): (Vec<Words>, Vec<&str>) = missing.unzip();
    if !reasons.is_empty() {
        let fields = fields.join(", ");
        return Verdict::Fail(Failure {
            reasons,
            places: Vec::new(),
            next_action: Words::text(format!("Write into the catalog file: {fields}.")),
        });
    }
    if let OwnerFact::NotCompared(owner) = &entry.owner {
        return Verdict::Unknown {
            missing: Words::text(format!(
                "Nobody can tell whether the owner `{owner}` exists: the catalog holds no users and groups."
            )),
            how: Words::text("Bring users and groups into the catalog."),
            ask: "bring users into the catalog",
        };
    }
    Verdict::pass("Owner, system, dependencies, on-call, objectives and dashboard are there.")
}
