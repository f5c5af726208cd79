//! `steward-overloaded`: see the page beside it.

use super::stewardship::steward;
use super::{Case, Category, Failure, Judge, Rule, Stewardship, Verdict};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "steward-overloaded",
    title: "The steward looks after too much",
    ask: "take something off the steward",
    category: Category::Stewardship,
    weight: 2,
    page: page!("steward-overloaded.md"),
    judge: Judge::ByStewardship(judge),
};

fn judge(case: &Case<'_>, stewardship: &Stewardship<'_>) -> Verdict {
    let steward = match steward(case) {
        Ok(steward) => steward,
        Err(verdict) => return verdict,
    };
    let load = stewardship.load;
    let thresholds = &case.policy.thresholds;
    let services = u32::from(thresholds.services_per_steward);
    let apprentices = u32::from(thresholds.apprentices_per_steward);
    let mut reasons = Vec::new();
    if load.has_too_many_services(thresholds) {
        reasons.push(
            Words::default()
                .person(&steward.person.name)
                .then(" is steward of ")
                .count(load.services, "service", "services")
                .then(format!("; {services} are enough.")),
        );
    }
    if load.has_too_many_apprentices(thresholds) {
        reasons.push(
            Words::text("The steward mentors ")
                .count(load.apprentices, "apprentice", "apprentices")
                .then(format!(" over all services; {apprentices} are enough.")),
        );
    }
    if reasons.is_empty() {
        return Verdict::Pass(
            Words::text("The steward looks after ")
                .count(load.services, "service", "services")
                .then("."),
        );
    }
    Verdict::Fail(Failure {
        reasons,
        places: vec![steward.place.clone()],
        next_action: Words::text(
            "Hand one service over to its backup, or let another maintainer mentor; tell the program owner.",
        ),
    })
}
