//! What is counted of services, before it is compared with anything.

use mentorship_texts::ordering::sort_by;

use super::count;
use crate::facts::Window;
use crate::words::Words;

/// A part of a whole in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// What counts.
    pub part: u32,
    /// Out of how many.
    pub whole: u32,
    /// What is told apart: incidents of before the steward's time, reviewers of all
    /// paths, escalations of unknown cause.
    pub apart: u32,
}

/// A tally in each window that the evidence covers from its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tallies {
    /// In the window that ends today, covered or not.
    pub now: Tally,
    /// In the window before.
    pub before: Option<Tally>,
    /// In the first thirty days.
    pub baseline: Option<Tally>,
}

/// Why a service could not be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unmeasured {
    /// The installation has no source of what is counted.
    NotConfigured,
    /// The source has delivered nothing of the service.
    NotDelivered,
    /// The source failed, and nothing was known before.
    Failed,
    /// Nobody is steward.
    NoSteward,
    /// Since when the steward is steward is not known.
    StewardSinceUnknown,
    /// It names no critical path.
    NoCriticalPath,
    /// Nobody began to learn, or when is not known.
    NobodyLearning,
}

/// Of how many services each reason is why they could not be measured, in the order of
/// the reasons.
#[derive(Debug, Default)]
pub(super) struct Reasons(Vec<(Unmeasured, u32)>);

/// What was counted, before it is compared with anything.
pub(super) struct Count {
    pub(super) value: Option<f64>,
    pub(super) tally: Tally,
    /// The value in the window before and in the one compared with it.
    pub(super) moved: Option<(f64, f64)>,
    pub(super) baseline: Option<(f64, Window)>,
    pub(super) measured: u32,
    pub(super) unmeasured: Reasons,
    pub(super) summary: Words,
}

impl Tally {
    /// Adds what another service counts.
    pub fn add(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
        self.apart += other.apart;
    }

    /// The part in percent, to one decimal; `None` where the whole is nothing.
    pub fn percent(self) -> Option<f64> {
        (self.whole > 0).then(|| one_decimal(f64::from(self.part) * 100.0 / f64::from(self.whole)))
    }
}

impl Reasons {
    /// Counts a service that could not be measured.
    pub(super) fn add(&mut self, reason: Unmeasured) {
        let known = self.0.iter_mut().find(|(known, _)| *known == reason);
        match known {
            Some((_, services)) => *services += 1,
            None => {
                self.0.push((reason, 1));
                sort_by(&mut self.0, Ord::cmp);
            }
        }
    }

    pub(super) fn into_counts(self) -> Vec<(Unmeasured, u32)> {
        self.0
    }
}

pub(super) fn one_decimal(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Counts why services could not be measured.
pub(super) fn not_measured(reasons: impl Iterator<Item = Option<Unmeasured>>) -> (u32, Reasons) {
    let mut measured = 0;
    let mut unmeasured = Reasons::default();
    for reason in reasons {
        match reason {
            None => measured += 1,
            Some(reason) => unmeasured.add(reason),
        }
    }
    (count(measured), unmeasured)
}
