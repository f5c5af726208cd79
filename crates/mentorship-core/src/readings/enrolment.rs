//! Enrolment: which services are held to the rules.

use crate::evidence::Collected;
use crate::facts::{Facts, Service};
use crate::policy::{Policy, ProgramFilter};
use crate::words::Words;

/// Whether a service takes part in the program, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Held to the rules or not.
    pub enrolled: bool,
    /// Why.
    pub reason: Words,
}

/// The annotation where it is set; else the policy's filter; else whether the
/// service carries a mentorship role or a plan.
pub fn enrolment(facts: &Facts, policy: &Policy) -> Enrolment {
    if let Some(enrolled) = facts.enrolled {
        return Enrolment {
            enrolled,
            reason: Words::text(format!(
                "The entity says `mentorship/enrolled: \"{enrolled}\"`."
            )),
        };
    }
    let is_selected = policy.program.selects(&facts.service);
    let carries_role = carries_role(facts);
    let has_plan = facts.plan.value().is_some();
    let reason = if is_selected {
        "The program's filter selects it."
    } else if carries_role {
        "Somebody holds a mentorship role in it."
    } else if has_plan {
        "It has a mentorship plan."
    } else if matches!(
        facts.plan,
        Collected::NotCollected | Collected::Failed { .. }
    ) {
        "The entity names no mentorship role, and whether there is a plan is not known."
    } else {
        "It has neither a mentorship role nor a plan."
    };
    Enrolment {
        enrolled: is_enrolled(facts, policy),
        reason: Words::text(reason),
    }
}

/// Whether a service takes part in the program.
pub fn is_enrolled(facts: &Facts, policy: &Policy) -> bool {
    let is_selected = policy.program.selects(&facts.service);
    let has_plan = facts.plan.value().is_some();
    takes_part(facts.enrolled, is_selected, carries_role(facts), has_plan)
}

/// What the entity says decides; else the filter, a role or a plan.
pub fn takes_part(
    said: Option<bool>,
    is_selected: bool,
    carries_role: bool,
    has_plan: bool,
) -> bool {
    said.unwrap_or(is_selected || carries_role || has_plan)
}

fn carries_role(facts: &Facts) -> bool {
    let named = |roles: &Collected<Vec<_>>| roles.value().is_some_and(|roles| !roles.is_empty());
    named(&facts.stewards)
        || named(&facts.backups)
        || named(&facts.program_owners)
        || !facts.maintainers.is_empty()
        || facts
            .apprenticeships
            .value()
            .is_some_and(|all| !all.is_empty())
}

impl ProgramFilter {
    /// Whether it takes in a service. One that asks nothing takes in none.
    pub fn selects(&self, service: &Service) -> bool {
        if !self.asks_something() {
            return false;
        }
        let text = |value: &Option<String>| value.as_ref().map(|value| value.to_lowercase());
        let asked = [
            (&self.types, text(&service.entity_type)),
            (&self.lifecycles, text(&service.lifecycle)),
            (
                &self.owners,
                service.owner.as_ref().map(ToString::to_string),
            ),
            (
                &self.systems,
                service.system.as_ref().map(ToString::to_string),
            ),
        ];
        let tier_fits =
            self.tiers.is_empty() || service.tier.is_some_and(|tier| self.tiers.contains(&tier));
        let rest_fits = asked.iter().all(|(wanted, value)| {
            wanted.is_empty() || value.as_ref().is_some_and(|value| wanted.contains(value))
        });
        tier_fits && rest_fits
    }

    /// Whether any of its lists is filled.
    pub fn asks_something(&self) -> bool {
        let lists = [&self.types, &self.lifecycles, &self.owners, &self.systems];
        !self.tiers.is_empty() || lists.iter().any(|list| !list.is_empty())
    }
}
