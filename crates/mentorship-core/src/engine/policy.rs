//! Another policy for the evidence that is there.

use super::judged::Judged;
use super::{Engine, Involved, Refused, Surveys};
use crate::policy::Policy;

impl Engine {
    /// Puts another policy in force, JSON as [`Self::new`] takes it; the evidence
    /// stays. Where only thresholds, weights and levels differ, what follows from the
    /// evidence alone stays too, and the next columns cost what another day costs.
    ///
    /// # Errors
    /// Where it is no policy, or differs in a setting by which evidence was taken in:
    /// `serviceKinds`, `planPaths`, `roleHandles`, `togglePatterns`, `sources`,
    /// `people.aliases`, `people.bots`. Then the one before stays in force.
    pub fn set_policy(&mut self, policy: &str) -> Result<(), Refused> {
        let policy = Policy::from_json(policy).map_err(|error| Refused(error.to_string()))?;
        let (now, then) = (&self.policy, &policy);
        let applied = [
            ("serviceKinds", now.service_kinds == then.service_kinds),
            ("planPaths", now.plan_paths == then.plan_paths),
            ("roleHandles", now.role_handles == then.role_handles),
            (
                "togglePatterns",
                now.toggle_patterns == then.toggle_patterns,
            ),
            ("sources", now.sources == then.sources),
            ("people.aliases", now.people.aliases == then.people.aliases),
            ("people.bots", now.people.bots == then.people.bots),
        ];
        if let Some((setting, _)) = applied.iter().find(|(_, is_same)| !is_same) {
            return Err(Refused(format!(
                "evidence was taken in by another `{setting}`; hand it to a new engine under this policy"
            )));
        }
        let stands_alike = now.program == then.program
            && now.critical_paths == then.critical_paths
            && now.catalog_annotations == then.catalog_annotations
            && now.people == then.people;
        self.policy = policy;
        if !stands_alike {
            self.prepared = None;
        }
        self.judged = Judged::default();
        self.involved = Involved::default();
        self.surveys = Surveys::default();
        Ok(())
    }
}
