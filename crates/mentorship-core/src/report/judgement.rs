//! Judgement: all of a report that services share which stand alike.

use super::headline::headline;
use super::{Headline, Level, Marks, Report, RuleSet, Scale};
use crate::civil_date::CivilDate;
use crate::facts::Gathered;
use crate::policy::Policy;
use crate::readings::bus_factor::BusFactorVerdict;
use crate::readings::enrolment::is_enrolled;
use crate::readings::mentorship::MentorshipStatus;
use crate::readings::rotation::RotationState;
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

impl Judgement {
    /// Where a report has the service.
    pub fn of(report: &Report<'_>) -> Self {
        let case = &report.case;
        Self {
            level: report.level,
            score: report.score.and_then(|score| score.percent()),
            coverage: report.score.and_then(|score| score.coverage()),
            mentorship: case.mentorship.status,
            rotation: report.stewardship.rotation.state,
            bus_factor: case.bus_factor.value,
            bus_factor_verdict: case.bus_factor.verdict,
            headline: report.headline,
            failed: report.marks.failed,
            unknown: report.marks.unknown,
        }
    }

    /// The same where some rules are excused; `marks` are those where none is.
    #[must_use]
    pub fn excusing(self, marks: &Marks, excused: RuleSet, scale: &Scale<'_>) -> Self {
        let marks = marks.excusing(excused);
        let (level, score) = scale.measure(&marks);
        Self {
            level,
            score: score.percent(),
            coverage: score.coverage(),
            failed: marks.failed,
            unknown: marks.unknown,
            ..self
        }
    }
}

/// Judges without a word for a reader: where a service stands as of a day, whatever is
/// excused, and what the rules say of it; `None` where they are not asked. `known` is
/// what they say of the same service under another stewardship.
pub fn judge(
    gathered: &Gathered,
    scale: &Scale<'_>,
    as_of: CivilDate,
    known: Option<Marks>,
) -> (Judgement, Option<Marks>) {
    let (case, stewardship) = super::readings(gathered, scale.policy(), as_of);
    let enrolled = is_enrolled(case.facts, scale.policy());
    let marks = enrolled.then(|| Marks::of_case(&case, &stewardship, known));
    let (level, score) = match &marks {
        Some(marks) => {
            let (level, score) = scale.measure(marks);
            (level, Some(score))
        }
        None => (Level::NotEnrolled, None),
    };
    let asked = marks.unwrap_or_default();
    let judgement = Judgement {
        level,
        score: score.and_then(|score| score.percent()),
        coverage: score.and_then(|score| score.coverage()),
        mentorship: case.mentorship.status,
        rotation: stewardship.rotation.state,
        bus_factor: case.bus_factor.value,
        bus_factor_verdict: case.bus_factor.verdict,
        headline: headline(&case, &stewardship.rotation, enrolled),
        failed: asked.failed,
        unknown: asked.unknown,
    };
    (judgement, marks)
}

/// The ids of all rules, heaviest first, as findings are ordered.
pub fn heaviest_first(policy: &Policy) -> Vec<&'static str> {
    let mut rules: Vec<_> = policy.weighted().collect();
    // Stable: rules of one weight stay in the order of the catalogue.
    sort_by_key(&mut rules, |(_, weight)| std::cmp::Reverse(*weight));
    rules.into_iter().map(|(rule, _)| rule.id).collect()
}
