//! The catalogue of rules, as a page shows it.

use serde::{Deserialize, Serialize};

/// All rules in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RuleCatalogue {
    /// Always `mentorship/rules/v1`.
    pub schema: String,
    /// The rules.
    pub rules: Vec<RuleEntry>,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RuleEntry {
    /// The public id, never reused.
    pub id: String,
    /// The title, which names the problem.
    pub title: String,
    /// The category.
    pub category: RuleCategory,
    /// The weight in the score under the policy in force.
    pub weight: u32,
    /// The levels that need it, from the lowest.
    pub levels: Vec<String>,
    /// The page: what it checks, why it matters, evidence read, how to fix;
    /// Markdown without the title and without the cases.
    pub page: String,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleCategory {
    /// Who is accountable, and since when.
    Stewardship,
    /// Who is learning, and whether it moves.
    Mentorship,
    /// Who knows what.
    Knowledge,
    /// What is written down.
    Assets,
    /// Who acts when it breaks.
    Operations,
    /// What a change makes better or worse.
    Changes,
}
