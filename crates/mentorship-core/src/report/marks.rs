//! Marks: which rules a service passes and fails, as sets of rules. Score and level
//! rest on nothing else.

use super::{Finding, Outcome};
use crate::rules::{self, Case, Judge, Stewardship, Verdict};

/// Rules, each once.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RuleSet {
    /// A bit for each place in the catalogue of rules.
    places: u64,
}

const _: () = assert!(rules::COUNT <= 64, "a place in the catalogue is a bit");

/// What all rules say of a service. What is in no set is not applicable.
#[derive(Debug, Default, Clone, Copy)]
pub struct Marks {
    /// Rules that it passes.
    pub passed: RuleSet,
    /// Rules that it fails.
    pub failed: RuleSet,
    /// Rules of which nobody can tell.
    pub unknown: RuleSet,
    /// Rules that are excused.
    pub exempt: RuleSet,
}

impl Marks {
    /// Asks every rule, whatever is excused. Where the marks of the same case under another
    /// stewardship are known, only those are asked that the stewardship is shown to.
    pub(super) fn of_case(
        case: &Case<'_>,
        stewardship: &Stewardship<'_>,
        known: Option<Self>,
    ) -> Self {
        let mut marks = known.unwrap_or_default();
        for (place, rule) in rules::all().iter().enumerate() {
            if known.is_some() && matches!(rule.judge, Judge::ByCase(_)) {
                continue;
            }
            marks.forget(place);
            marks.count(place, &rule.judge.verdict(case, stewardship));
        }
        marks
    }

    fn forget(&mut self, place: usize) {
        let one = RuleSet { places: 1 << place };
        for set in [&mut self.passed, &mut self.failed, &mut self.unknown] {
            *set = set.without(one);
        }
    }

    pub(super) fn of(findings: &[Finding<'_>]) -> Self {
        let mut marks = Self::default();
        for finding in findings {
            match &finding.outcome {
                Outcome::Judged(verdict) => marks.count(finding.place, verdict),
                Outcome::Exempt(_) => marks.exempt.add(finding.place),
            }
        }
        marks
    }

    fn count(&mut self, place: usize, verdict: &Verdict) {
        match verdict {
            Verdict::Pass(_) => self.passed.add(place),
            Verdict::Fail(_) => self.failed.add(place),
            Verdict::Unknown { .. } => self.unknown.add(place),
            Verdict::NotApplicable(_) => {}
        }
    }

    /// The same where some rules are excused.
    #[must_use]
    pub fn excusing(self, excused: RuleSet) -> Self {
        Self {
            passed: self.passed.without(excused),
            failed: self.failed.without(excused),
            unknown: self.unknown.without(excused),
            exempt: excused,
        }
    }

    /// Whether none of these rules stands in a level's way.
    pub(super) fn satisfy(&self, needed: RuleSet) -> bool {
        let open = self.failed.places | self.unknown.places | self.exempt.places;
        open & needed.places == 0
    }
}

impl RuleSet {
    /// The rules with these ids.
    pub fn of_ids<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        let mut rules = Self::default();
        for id in ids {
            let mut catalogue = rules::all().iter();
            if let Some(place) = catalogue.position(|rule| rule.id == id) {
                rules.add(place);
            }
        }
        rules
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.places == 0
    }

    /// Whether a rule is among them.
    pub fn has(self, id: &str) -> bool {
        let mut catalogue = rules::all().iter();
        let place = catalogue.position(|rule| rule.id == id);
        place.is_some_and(|place| self.has_place(place))
    }

    /// Whether the rule in a place of the catalogue is among them.
    pub(super) fn has_place(self, place: usize) -> bool {
        self.places & (1 << place) != 0
    }

    fn add(&mut self, place: usize) {
        self.places |= 1 << place;
    }

    /// These rules and others.
    #[must_use]
    pub(super) fn and(self, others: Self) -> Self {
        Self {
            places: self.places | others.places,
        }
    }

    fn without(self, others: Self) -> Self {
        Self {
            places: self.places & !others.places,
        }
    }
}
