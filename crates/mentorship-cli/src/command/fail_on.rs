//! What makes `check` end with findings.

use std::str::FromStr;

use mentorship_core::rules;
use mentorship_core::wire::v1::{Level, Outcome};

use crate::show::comparison::ServiceChange;
use crate::show::nearest;
use mentorship_core::wire::v1::Assessment;

/// A level that must be passed, or a rule that must not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// This level, a lower one, or one that is unknown.
    Level(Level),
    /// A failure of this rule.
    Rule(&'static str),
}

const LEVELS: [Level; 4] = [
    Level::Exposed,
    Level::Developing,
    Level::Covered,
    Level::Resilient,
];

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(level) = LEVELS.into_iter().find(|level| level.as_str() == text) {
            return Ok(Self::Level(level));
        }
        if let Some(rule) = rules::find(text) {
            return Ok(Self::Rule(rule.id));
        }
        let levels = LEVELS.into_iter().map(Level::as_str);
        let known = levels.chain(rules::all().iter().map(|rule| rule.id));
        Err(match nearest(text, known) {
            Some(near) => format!("neither a level nor a rule; did you mean `{near}`?"),
            None => "neither a level (exposed, developing, covered) nor a rule; `mentorship rules` lists them".to_owned(),
        })
    }
}

/// Whether an assessment is no good. Where nothing is asked for, any failure is
/// a finding.
pub fn has_findings(assessment: &Assessment, fail_on: &[FailOn]) -> bool {
    if fail_on.is_empty() {
        return assessment
            .findings
            .iter()
            .any(|finding| fails(&finding.outcome));
    }
    fail_on.iter().any(|asked| match asked {
        FailOn::Level(worst) => is_at_most(assessment.level, *worst),
        FailOn::Rule(id) => assessment
            .findings
            .iter()
            .any(|finding| finding.rule == *id && fails(&finding.outcome)),
    })
}

/// Whether a change makes a service worse. Where something is asked for, only
/// that counts: a rule that fails now and did not before, a level that fell that
/// far.
pub fn is_worse(change: &ServiceChange, fail_on: &[FailOn]) -> bool {
    if fail_on.is_empty() {
        return change.level_fell() || !change.worse.is_empty();
    }
    fail_on.iter().any(|asked| match asked {
        FailOn::Level(worst) => change.level_fell() && is_at_most(change.level, *worst),
        FailOn::Rule(id) => change.worse.iter().any(|finding| finding.rule == *id),
    })
}

fn fails(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Fail { .. })
}

/// Ignorance does not pass a gate; a service outside the program is not held
/// to it.
fn is_at_most(level: Level, worst: Level) -> bool {
    let rank = |level: Level| LEVELS.iter().position(|known| *known == level);
    match level {
        Level::Unknown => true,
        Level::NotEnrolled => false,
        level => rank(level) <= rank(worst),
    }
}
