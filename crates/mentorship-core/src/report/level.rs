//! Levels: lists of rules that must hold, from the lowest up.

use super::{Finding, Marks, RuleSet, Score};
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

/// What marks are measured by under a policy: the weights of rules, and what each level
/// needs.
#[derive(Debug)]
pub struct Scale<'a> {
    policy: &'a Policy,
    /// From the lowest level up, each with all rules that it needs.
    levels: [(Level, RuleSet); 3],
}

impl<'a> Scale<'a> {
    /// The scale of a policy.
    pub fn of(policy: &'a Policy) -> Self {
        let mut needed = RuleSet::default();
        let levels = &policy.levels;
        let levels = [
            (Level::Developing, &levels.developing),
            (Level::Covered, &levels.covered),
            (Level::Resilient, &levels.resilient),
        ];
        Self {
            policy,
            levels: levels.map(|(level, rules)| {
                needed = needed.and(RuleSet::of_ids(rules.iter().copied()));
                (level, needed)
            }),
        }
    }

    pub(super) fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// The level and the score of a service with these marks.
    pub(super) fn measure(&self, marks: &Marks) -> (Level, Score) {
        let score = Score::of(marks, self.policy);
        let Some(coverage) = score.coverage() else {
            return (Level::Unknown, score);
        };
        if u16::from(coverage) < self.policy.thresholds.minimum_coverage_percent {
            return (Level::Unknown, score);
        }
        let mut reached = self.levels.iter().rev();
        let reached = reached.find(|(_, needed)| marks.satisfy(*needed));
        (reached.map_or(Level::Exposed, |(level, _)| *level), score)
    }

    /// What the level above the one that the marks reach asks for, whatever is known;
    /// `findings` are in the order in which they are shown.
    pub(super) fn next_level(&self, marks: &Marks, findings: &[Finding<'_>]) -> Option<NextLevel> {
        let mut levels = self.levels.iter();
        let (level, needed) = levels.find(|(_, needed)| !marks.satisfy(*needed))?;
        let mut open = NextLevel {
            level: *level,
            missing: Vec::new(),
            to_find_out: Vec::new(),
            exempt: Vec::new(),
        };
        for finding in findings {
            let place = finding.place;
            if !needed.has_place(place) {
                continue;
            }
            if marks.failed.has_place(place) {
                open.missing.push(finding.rule);
            } else if marks.unknown.has_place(place) {
                open.to_find_out.push(finding.rule);
            } else if marks.exempt.has_place(place) {
                open.exempt.push(finding.rule);
            }
        }
        Some(open)
    }
}
