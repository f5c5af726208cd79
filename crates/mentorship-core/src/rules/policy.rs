//! What a policy says of the rules: it is read against their catalogue, and knows
//! nothing else of them.

use super::{Rule, all};
use crate::policy::{Policy, PolicyError, WeighedRule};

impl Policy {
    /// Reads a policy from JSON text; `{}` is the default policy.
    ///
    /// # Errors
    /// Unknown keys, wrong types, numbers out of range, unknown rules: the
    /// first one found, with its path and what to do.
    pub fn from_json(text: &str) -> Result<Self, PolicyError> {
        Self::about(&weighed(), text)
    }

    /// All rules with their weights, in the order of the catalogue.
    pub fn weighted(&self) -> impl Iterator<Item = (&'static Rule, u32)> {
        let weights = self.weights.iter().copied();
        all().iter().zip(weights)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::standard(&weighed())
    }
}

fn weighed() -> Vec<WeighedRule> {
    let weighed = |rule: &Rule| WeighedRule {
        id: rule.id,
        weight: rule.weight,
    };
    all().iter().map(weighed).collect()
}
