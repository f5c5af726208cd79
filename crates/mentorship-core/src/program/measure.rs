//! The six measures: value, sample, baseline, target and trend.

use super::survey::{Counted, Survey, Windows};
use super::tally::{Count, Reasons, Tallies, Tally, Unmeasured, one_decimal};
use super::{Decided, bus_factor_index, ramp};
use crate::facts::Window;
use crate::policy::{Policy, Source};
use crate::words::Words;
use mentorship_texts::by_name::ByName;

/// A measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureId {
    /// Days from the first day to the first page handled alone.
    RampTime,
    /// Incidents resolved or unblocked by others than the steward.
    MttrContribution,
    /// Critical paths with enough reviewers.
    ReviewerCoverage,
    /// Failed changes (DORA).
    ChangeFailureRate,
    /// Services with enough trained maintainers, of the ten with most incidents.
    BusFactorIndex,
    /// Pages passed on for lack of knowledge.
    EscalationRate,
}

/// What a value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days, a median.
    Days,
    /// Percent of a whole.
    Percent,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More.
    Higher,
    /// Less.
    Lower,
}

/// One measure as of a day.
#[derive(Debug)]
pub struct Measure {
    /// Which.
    pub id: MeasureId,
    /// The value in its unit, to one decimal; `None` where nothing could be counted,
    /// or where it would tell of fewer than five people.
    pub value: Option<f64>,
    /// What is counted: for a median the people, for a percentage the part and the
    /// whole.
    pub tally: Tally,
    /// The window.
    pub window: Window,
    /// What it is compared with.
    pub baseline: Option<Baseline>,
    /// What it should become; `None` where it is relative to a baseline that is not there,
    /// or is nothing and should rise.
    pub target: Option<Target>,
    /// How it moved; `None` under the minimum sample.
    pub trend: Option<Trend>,
    /// Services that could be measured.
    pub measured: u32,
    /// Why others could not, with how many.
    pub unmeasured: Vec<(Unmeasured, u32)>,
    /// The measure in one sentence.
    pub summary: Words,
}

impl Measure {
    /// Of a percentage that should rise, how large the part of the whole has to be to
    /// reach the target; `None` for others, and where there is nothing to count.
    pub fn target_part(&self) -> Option<u32> {
        let whole = self.tally.whole;
        let rises = self.id.better() == Better::Higher;
        let counts = self.id.unit() == Unit::Percent && rises && whole > 0;
        let target = self.target.filter(|_| counts)?;
        (0..=whole).find(|part| f64::from(*part) * 100.0 >= target.value * f64::from(whole))
    }
}

/// What a value is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    /// The value.
    pub value: f64,
    /// The days that it was counted in; `None` where the program owner froze it.
    pub window: Option<Window>,
}

/// What a value should become.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The value.
    pub value: f64,
    /// Whether it is reached.
    pub reached: Option<bool>,
}

/// How a value moved since the window before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// The value in the window before.
    pub before: f64,
    /// Which way it went.
    pub direction: Direction,
}

/// Which way a value went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It got better.
    Improving,
    /// It is what it was, to one decimal.
    Steady,
    /// It got worse.
    Worsening,
}

/// What the target of a measure is.
enum Aim {
    /// This value.
    Value(f64),
    /// The baseline, changed by so many percent. A rise from nothing is no number.
    Relative(f64),
}

impl MeasureId {
    /// All of them in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::RampTime,
        Self::MttrContribution,
        Self::ReviewerCoverage,
        Self::ChangeFailureRate,
        Self::BusFactorIndex,
        Self::EscalationRate,
    ];

    /// The public id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RampTime => "ramp-time",
            Self::MttrContribution => "mttr-contribution",
            Self::ReviewerCoverage => "reviewer-coverage",
            Self::ChangeFailureRate => "change-failure-rate",
            Self::BusFactorIndex => "bus-factor-index",
            Self::EscalationRate => "escalation-rate",
        }
    }

    /// The title.
    pub fn title(self) -> &'static str {
        match self {
            Self::RampTime => "Ramp time to independent on-call",
            Self::MttrContribution => "Incidents resolved without the steward",
            Self::ReviewerCoverage => "Reviewer coverage of critical paths",
            Self::ChangeFailureRate => "Change failure rate",
            Self::BusFactorIndex => "Bus factor index",
            Self::EscalationRate => "Escalations for lack of knowledge",
        }
    }

    /// What the value counts.
    pub fn unit(self) -> Unit {
        match self {
            Self::RampTime => Unit::Days,
            _ => Unit::Percent,
        }
    }

    /// Which way is better.
    pub fn better(self) -> Better {
        match self {
            Self::MttrContribution | Self::ReviewerCoverage | Self::BusFactorIndex => {
                Better::Higher
            }
            Self::RampTime | Self::ChangeFailureRate | Self::EscalationRate => Better::Lower,
        }
    }

    fn aim(self) -> Aim {
        match self {
            Self::RampTime => Aim::Value(75.0),
            Self::MttrContribution => Aim::Relative(30.0),
            Self::ReviewerCoverage => Aim::Value(100.0),
            Self::ChangeFailureRate => Aim::Relative(-25.0),
            Self::BusFactorIndex => Aim::Value(80.0),
            Self::EscalationRate => Aim::Relative(-40.0),
        }
    }
}

/// The six measures in the order in which they are shown.
pub(super) fn measures(
    surveys: &ByName<Survey>,
    windows: &Windows,
    decided: &Decided,
    policy: &Policy,
) -> Vec<Measure> {
    let days = windows.now.until.days_since(windows.now.after);
    let sum = |kind, of: &dyn Fn(&Counted) -> &Result<Tallies, Unmeasured>| {
        sum(surveys, windows, policy, kind, of)
    };
    let measures = MeasureId::ALL.into_iter().map(|id| {
        let mut count = match id {
            MeasureId::RampTime => ramp::count(surveys, windows, policy),
            MeasureId::BusFactorIndex => bus_factor_index::count(surveys, policy),
            MeasureId::MttrContribution => sum(Source::Incidents, &|of| &of.contribution),
            MeasureId::ReviewerCoverage => sum(Source::Reviews, &|of| &of.reviewers),
            MeasureId::ChangeFailureRate => sum(Source::Deployments, &|of| &of.failures),
            MeasureId::EscalationRate => sum(Source::Incidents, &|of| &of.escalations),
        };
        if let Some(words) = summary(id, count.tally, days, policy) {
            count.summary = words;
        }
        compared(id, count, windows.now, decided)
    });
    measures.collect()
}

fn compared(id: MeasureId, count: Count, window: Window, decided: &Decided) -> Measure {
    let mut frozen = decided.baselines.iter().filter(|(of, _)| *of == id);
    let baseline = match (frozen.next(), count.baseline) {
        (Some((_, value)), _) => Some(Baseline {
            value: *value,
            window: None,
        }),
        (None, Some((value, window))) => Some(Baseline {
            value,
            window: Some(window),
        }),
        (None, None) => None,
    };
    let target = match id.aim() {
        Aim::Value(value) => Some(value),
        Aim::Relative(percent) => baseline
            .filter(|baseline| percent < 0.0 || baseline.value > 0.0)
            .map(|baseline| {
                let value = one_decimal(baseline.value * (100.0 + percent) / 100.0);
                match id.unit() {
                    Unit::Percent => value.min(100.0),
                    Unit::Days => value,
                }
            }),
    };
    let target = target.map(|target| Target {
        value: target,
        reached: count.value.map(|value| match id.better() {
            Better::Higher => value >= target,
            Better::Lower => value <= target,
        }),
    });
    let trend = count.moved.map(|(before, now)| Trend {
        before,
        direction: match (now > before, now < before) {
            (true, _) if id.better() == Better::Higher => Direction::Improving,
            (_, true) if id.better() == Better::Lower => Direction::Improving,
            (false, false) => Direction::Steady,
            _ => Direction::Worsening,
        },
    });
    Measure {
        id,
        value: count.value,
        tally: count.tally,
        window,
        baseline,
        target,
        trend,
        measured: count.measured,
        unmeasured: count.unmeasured.into_counts(),
        summary: count.summary,
    }
}

/// A share over all enrolled services. The trend compares services that were known
/// in both windows.
fn sum(
    surveys: &ByName<Survey>,
    windows: &Windows,
    policy: &Policy,
    kind: Source,
    of: &dyn Fn(&Counted) -> &Result<Tallies, Unmeasured>,
) -> Count {
    let mut now = Tally::default();
    let (mut before, mut since_before) = (Tally::default(), Tally::default());
    let mut first = Tally::default();
    let mut measured = 0;
    let mut unmeasured = Reasons::default();
    for counted in surveys
        .values()
        .filter_map(|survey| survey.counted.as_deref())
    {
        match of(counted) {
            Ok(tallies) => {
                measured += 1;
                now.add(tallies.now);
                if let Some(earlier) = tallies.before {
                    before.add(earlier);
                    since_before.add(tallies.now);
                }
                if let Some(baseline) = tallies.baseline {
                    first.add(baseline);
                }
            }
            Err(reason) => unmeasured.add(*reason),
        }
    }
    let least = u32::from(policy.thresholds.minimum_sample);
    let is_enough = before.whole >= least && since_before.whole >= least;
    let moved = is_enough
        .then(|| before.percent().zip(since_before.percent()))
        .flatten();
    Count {
        value: now.percent(),
        tally: now,
        moved,
        baseline: first.percent().zip(windows.baseline(kind)),
        measured,
        unmeasured,
        summary: Words::default(),
    }
}

/// The sentence of a measure that is a sum; `None` for the others, which write their
/// own.
fn summary(id: MeasureId, tally: Tally, days: i32, policy: &Policy) -> Option<Words> {
    let Tally { part, whole, apart } = tally;
    let is_sum = !matches!(id, MeasureId::RampTime | MeasureId::BusFactorIndex);
    if whole == 0 && is_sum {
        return Some(Words::text(format!(
            "There was nothing to count in {days} days."
        )));
    }
    let of = Words::text(format!("{part} of "));
    Some(match id {
        MeasureId::RampTime | MeasureId::BusFactorIndex => return None,
        MeasureId::MttrContribution => {
            let words = of
                .count(whole, "incident", "incidents")
                .then(format!(" that people resolved in {days} days were resolved or unblocked by somebody other than the steward."));
            match apart {
                0 => words,
                _ => words
                    .then(" Who was steward is not known of ")
                    .count(apart, "other incident", "other incidents")
                    .then("."),
            }
        }
        MeasureId::ReviewerCoverage => {
            let mean = one_decimal(f64::from(apart) / f64::from(whole.max(1)));
            of.count(whole, "critical path", "critical paths").then(format!(
                " that changed in {days} days had {} or more reviewers; {mean:.1} reviewers a path on average.",
                policy.thresholds.reviewers_target
            ))
        }
        MeasureId::ChangeFailureRate => of
            .count(whole, "deployment", "deployments")
            .then(format!(" in {days} days failed.")),
        MeasureId::EscalationRate => {
            let words = of.count(whole, "page", "pages").then(format!(
                " in {days} days were passed on for lack of knowledge."
            ));
            match apart {
                0 => words,
                _ => words
                    .then(" ")
                    .count(apart, "other was", "others were")
                    .then(" passed on for a cause that is not known."),
            }
        }
    })
}
