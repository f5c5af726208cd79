//! The catalogue of rules under a policy.

use crate::policy::Policy;
use crate::rules::Rule;
use crate::wire::v1::{Level, RuleCatalogue, RuleEntry};

const SCHEMA: &str = "mentorship/rules/v1";

pub(super) fn render(policy: &Policy) -> RuleCatalogue {
    RuleCatalogue {
        schema: SCHEMA.to_owned(),
        rules: policy
            .weighted()
            .map(|(rule, weight)| entry(rule, weight, policy))
            .collect(),
    }
}

fn entry(rule: &Rule, weight: u32, policy: &Policy) -> RuleEntry {
    let levels = [
        (Level::Developing, &policy.levels.developing),
        (Level::Covered, &policy.levels.covered),
        (Level::Resilient, &policy.levels.resilient),
    ];
    RuleEntry {
        id: rule.id.to_owned(),
        title: rule.title.to_owned(),
        category: rule.category.into(),
        weight,
        levels: levels
            .into_iter()
            .filter(|(_, rules)| rules.contains(&rule.id))
            .map(|(level, _)| level.as_str().to_owned())
            .collect(),
        page: shown(rule.page).to_owned(),
    }
}

/// A page without its title.
fn shown(page: &str) -> &str {
    let body = page.split_once("\n\n").map_or(page, |(_, body)| body);
    body.trim_end()
}
