//! Judgement: all of a report that services share which stand alike.

use super::{Finding, Headline, Level, Outcome, Report};
use crate::policy::Policy;
use crate::readings::bus_factor::BusFactorVerdict;
use crate::readings::mentorship::MentorshipStatus;
use crate::readings::rotation::RotationState;
use crate::rules;
use mentorship_texts::ordering::sort_by_key;

/// Where a service stands, without a name, a day or a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Judgement {
    /// The level.
    pub level: Level,
    /// The score in percent; `None` where there is none.
    pub score: Option<u8>,
    /// How much is known, in percent.
    pub coverage: Option<u8>,
    /// The status of mentoring.
    pub mentorship: MentorshipStatus,
    /// The state of the rotation.
    pub rotation: RotationState,
    /// The headline bus factor.
    pub bus_factor: Option<u32>,
    /// Its verdict.
    pub bus_factor_verdict: BusFactorVerdict,
    /// The sentence that leads.
    pub headline: Headline,
    /// Rules that fail.
    pub failed: RuleSet,
    /// Rules of which nobody can tell.
    pub unknown: RuleSet,
}

/// Rules, each once.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RuleSet {
    /// A bit for each place in the catalogue of rules.
    places: u64,
}

const _: () = assert!(rules::COUNT <= 64, "a place in the catalogue is a bit");

impl Judgement {
    /// Where a report has the service.
    pub fn of(report: &Report<'_>) -> Self {
        let case = &report.case;
        Self {
            level: report.level,
            score: report.score.and_then(|score| score.percent()),
            coverage: report.score.and_then(|score| score.coverage()),
            mentorship: case.mentorship.status,
            rotation: case.rotation.state,
            bus_factor: case.bus_factor.value,
            bus_factor_verdict: case.bus_factor.verdict,
            headline: report.headline,
            failed: RuleSet::of(&report.findings, Outcome::fails),
            unknown: RuleSet::of(&report.findings, Outcome::is_unknown),
        }
    }
}

impl RuleSet {
    fn of<'a>(findings: &[Finding<'a>], which: impl Fn(&Outcome<'a>) -> bool) -> Self {
        let within = findings.iter().filter(|finding| which(&finding.outcome));
        Self {
            places: within.fold(0, |places, finding| places | 1 << finding.place),
        }
    }

    /// The rules with these ids.
    pub fn of_ids<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        let mut places = 0;
        for id in ids {
            let mut catalogue = rules::all().iter();
            if let Some(place) = catalogue.position(|rule| rule.id == id) {
                places |= 1 << place;
            }
        }
        Self { places }
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.places == 0
    }

    /// Whether a rule is among them.
    pub fn has(self, id: &str) -> bool {
        let mut catalogue = rules::all().iter();
        let place = catalogue.position(|rule| rule.id == id);
        place.is_some_and(|place| self.places & (1 << place) != 0)
    }
}

/// The ids of all rules, heaviest first, as findings are ordered.
pub fn heaviest_first(policy: &Policy) -> Vec<&'static str> {
    let mut rules: Vec<_> = policy.weighted().collect();
    // Stable: rules of one weight stay in the order of the catalogue.
    sort_by_key(&mut rules, |(_, weight)| std::cmp::Reverse(*weight));
    rules.into_iter().map(|(rule, _)| rule.id).collect()
}
