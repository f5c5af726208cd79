//! Report: the judgement on one service, complete and in words, before anybody
//! decides who reads it.

mod departure;
mod headline;
mod judgement;
mod level;
mod marks;
mod score;

pub use departure::{Change, Departure, Departures, FallingReading, Standing, VacatedRole};
pub use headline::Headline;
pub use judgement::{Judgement, heaviest_first, judge};
pub use level::{Level, NextLevel, Scale};
pub use marks::{Marks, RuleSet};
pub use score::Score;

use crate::civil_date::CivilDate;
use crate::facts::{Exemption, Gathered};
use crate::policy::Policy;
use crate::readings::enrolment::{Enrolment, enrolment};
use crate::readings::{bus_factor, mentorship, rotation};
use crate::rules::{Case, Rule, Stewardship, Verdict};
use crate::words::Words;
use mentorship_texts::ordering::sort_by_key;

/// At most so many things to do stand above the fold.
const NEXT_STEPS: usize = 3;

/// The judgement on one service as of one day.
#[derive(Debug)]
pub struct Report<'a> {
    /// Whether the service takes part.
    pub enrolment: Enrolment,
    /// The readings, with the facts that they rest on.
    pub case: Case<'a>,
    /// The steward's rotation and load.
    pub stewardship: Stewardship<'a>,
    /// The level.
    pub level: Level,
    /// What the next level asks for.
    pub next_level: Option<NextLevel>,
    /// The score; `None` where the service is not enrolled.
    pub score: Option<Score>,
    /// The sentence that leads.
    pub headline: Headline,
    /// What the rules say, as sets of rules.
    pub marks: Marks,
    /// Every rule's verdict in the order in which they are shown; empty where
    /// the service is not enrolled.
    pub findings: Vec<Finding<'a>>,
}

/// One rule's verdict.
#[derive(Debug)]
pub struct Finding<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// Its place in the catalogue.
    pub place: usize,
    /// Its weight under the policy.
    pub weight: u32,
    /// The verdict.
    pub outcome: Outcome<'a>,
}

/// A verdict, or the exemption that stands in its place.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// What the rule says.
    Judged(Verdict),
    /// Excused; what the rule says does not count.
    Exempt(&'a Exemption),
}

/// Judges one service.
pub fn report<'a>(gathered: &'a Gathered, policy: &'a Policy, as_of: CivilDate) -> Report<'a> {
    let (case, stewardship) = readings(gathered, policy, as_of);
    let enrolment = enrolment(case.facts, policy);
    let findings = if enrolment.enrolled {
        findings(&case, &stewardship)
    } else {
        Vec::new()
    };
    let marks = Marks::of(&findings);
    let (mut level, mut score, mut next_level) = (Level::NotEnrolled, None, None);
    if enrolment.enrolled {
        let scale = Scale::of(policy);
        let (reached, measured) = scale.measure(&marks);
        (level, score) = (reached, Some(measured));
        if measured.coverage().is_some() {
            next_level = scale.next_level(&marks, &findings);
        }
    }
    Report {
        headline: headline::headline(&case, &stewardship.rotation, enrolment.enrolled),
        enrolment,
        level,
        next_level,
        score,
        marks,
        findings,
        case,
        stewardship,
    }
}

fn readings<'a>(
    gathered: &'a Gathered,
    policy: &'a Policy,
    as_of: CivilDate,
) -> (Case<'a>, Stewardship<'a>) {
    let Gathered { facts, stewardship } = gathered;
    let bus_factor = bus_factor::bus_factor(facts);
    let trained = bus_factor.declared.as_ref().map_or(0, Vec::len);
    let case = Case {
        facts,
        policy,
        as_of,
        mentorship: mentorship::mentorship(facts, trained, policy, as_of),
        bus_factor,
    };
    let stewardship = Stewardship {
        rotation: rotation::rotation(facts, stewardship, policy, as_of),
        load: stewardship.load,
    };
    (case, stewardship)
}

fn findings<'a>(case: &Case<'a>, stewardship: &Stewardship<'_>) -> Vec<Finding<'a>> {
    let rules = case.policy.weighted().enumerate();
    let mut findings: Vec<Finding<'a>> = rules
        .map(|(place, (rule, weight))| Finding {
            rule,
            place,
            weight,
            outcome: outcome(rule, case, stewardship),
        })
        .collect();
    // Stable: rules of one rank and weight stay in the order of the catalogue.
    sort_by_key(&mut findings, |finding| {
        (finding.outcome.rank(), std::cmp::Reverse(finding.weight))
    });
    findings
}

fn outcome<'a>(rule: &'static Rule, case: &Case<'a>, stewardship: &Stewardship<'_>) -> Outcome<'a> {
    let exemption = case
        .facts
        .exemptions
        .iter()
        .find(|exemption| exemption.rule == rule.id && case.as_of <= exemption.until);
    match exemption {
        Some(exemption) => Outcome::Exempt(exemption),
        None => Outcome::Judged(rule.judge.verdict(case, stewardship)),
    }
}

impl Outcome<'_> {
    /// Failures first, then unknown, exempt, passed, not applicable.
    fn rank(&self) -> u8 {
        match self {
            Self::Judged(Verdict::Fail(_)) => 0,
            Self::Judged(Verdict::Unknown { .. }) => 1,
            Self::Exempt(_) => 2,
            Self::Judged(Verdict::Pass(_)) => 3,
            Self::Judged(Verdict::NotApplicable(_)) => 4,
        }
    }

    /// Whether the rule fails.
    pub fn fails(&self) -> bool {
        matches!(self, Self::Judged(Verdict::Fail(_)))
    }

    /// Whether nobody can tell.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Judged(Verdict::Unknown { .. }))
    }
}

impl Report<'_> {
    /// At most three things to do next, each once: what the next level lacks, what has
    /// to be found out for it, then what else fails, the heaviest first each.
    pub fn next_steps(&self) -> Vec<NextStep<'_>> {
        let mut steps: Vec<NextStep<'_>> = Vec::new();
        for turn in [Turn::Lacking, Turn::ToFindOut, Turn::Other] {
            for finding in &self.findings {
                let step = self.step(finding).filter(|(of, _)| *of == turn);
                let Some((_, step)) = step else { continue };
                let is_said =
                    |said: &NextStep<'_>| said.ask == step.ask || said.action == step.action;
                if !steps.iter().any(is_said) {
                    steps.push(step);
                }
            }
        }
        steps.truncate(NEXT_STEPS);
        steps
    }

    /// What a finding asks for, and in whose turn it comes; `None` where it can wait.
    fn step<'a>(&self, finding: &'a Finding<'_>) -> Option<(Turn, NextStep<'a>)> {
        let rule = finding.rule;
        let is_among = |rules: &[&Rule]| rules.iter().any(|among| among.id == rule.id);
        let next = self.next_level.as_ref();
        match &finding.outcome {
            Outcome::Judged(Verdict::Fail(failure)) => {
                let lifts = next.is_some_and(|next| is_among(&next.missing));
                let turn = if lifts { Turn::Lacking } else { Turn::Other };
                let (ask, action) = (rule.ask, &failure.next_action);
                Some((turn, NextStep { rule, ask, action }))
            }
            Outcome::Judged(Verdict::Unknown { how, ask, .. }) => {
                let lifts = next.is_some_and(|next| is_among(&next.to_find_out));
                let action = how;
                lifts.then_some((Turn::ToFindOut, NextStep { rule, ask, action }))
            }
            _ => None,
        }
    }
}

/// One thing to do next.
#[derive(Debug, Clone, Copy)]
pub struct NextStep<'a> {
    /// The rule that asks for it.
    pub rule: &'static Rule,
    /// What it is, in a few words.
    pub ask: &'static str,
    /// What it is, in a sentence.
    pub action: &'a Words,
}

/// When a step comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The next level lacks it.
    Lacking,
    /// Nobody can tell whether the next level lacks it.
    ToFindOut,
    /// Something else fails.
    Other,
}
