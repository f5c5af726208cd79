//! Levels: lists of rules that must hold, from the lowest up.

use super::{Finding, Score};
use crate::policy::Policy;
use crate::rules::Rule;

/// The level of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// What `developing` asks for is not there.
    Exposed,
    /// Somebody is named, and something is written down.
    Developing,
    /// The service survives one departure.
    Covered,
    /// The service survives two departures, and that is kept up.
    Resilient,
    /// Less is known than the policy's minimum coverage.
    Unknown,
    /// The service takes no part in the program.
    NotEnrolled,
}

/// What the next level asks for.
#[derive(Debug, Clone)]
pub struct NextLevel {
    /// The level to reach.
    pub level: Level,
    /// Rules that fail, heaviest first.
    pub missing: Vec<&'static Rule>,
    /// Rules that nobody can tell yet.
    pub to_find_out: Vec<&'static Rule>,
    /// Rules under an exemption, which blocks a level as a failure does.
    pub exempt: Vec<&'static Rule>,
}

/// The level of a service, and what the next one asks for.
pub(super) fn level(
    findings: &[Finding<'_>],
    score: Option<&Score>,
    policy: &Policy,
) -> (Level, Option<NextLevel>) {
    let Some(score) = score else {
        return (Level::NotEnrolled, None);
    };
    let Some(coverage) = score.coverage() else {
        return (Level::Unknown, None);
    };
    let mut reached = Level::Exposed;
    let mut needed: Vec<&str> = Vec::new();
    let mut next = None;
    for (level, rules) in [
        (Level::Developing, &policy.levels.developing),
        (Level::Covered, &policy.levels.covered),
        (Level::Resilient, &policy.levels.resilient),
    ] {
        needed.extend(rules.iter());
        let open = NextLevel::open(level, &needed, findings);
        if open.is_reached() {
            reached = level;
        } else {
            next = Some(open);
            break;
        }
    }
    if u16::from(coverage) < policy.thresholds.minimum_coverage_percent {
        reached = Level::Unknown;
    }
    (reached, next)
}

impl NextLevel {
    fn open(level: Level, needed: &[&str], findings: &[Finding<'_>]) -> Self {
        let mut open = Self {
            level,
            missing: Vec::new(),
            to_find_out: Vec::new(),
            exempt: Vec::new(),
        };
        for finding in findings
            .iter()
            .filter(|finding| needed.contains(&finding.rule.id))
        {
            if finding.outcome.fails() {
                open.missing.push(finding.rule);
            } else if finding.outcome.is_unknown() {
                open.to_find_out.push(finding.rule);
            } else if !finding.outcome.satisfies() {
                open.exempt.push(finding.rule);
            }
        }
        open
    }

    fn is_reached(&self) -> bool {
        self.missing.is_empty() && self.to_find_out.is_empty() && self.exempt.is_empty()
    }
}
