//! Score and coverage: how much of what applies passes, how much is known.

use super::Marks;
use crate::policy::Policy;

/// Weights, summed over the rules of one service. Exempt rules stand on
/// neither side; unknown ones are applicable and earn nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    passed: u32,
    known: u32,
    applicable: u32,
}

impl Score {
    pub(super) fn of(marks: &Marks, policy: &Policy) -> Self {
        let mut score = Self::default();
        for (place, weight) in policy.weights.iter().copied().enumerate() {
            let passed = marks.passed.has_place(place);
            let known = passed || marks.failed.has_place(place);
            let applicable = known || marks.unknown.has_place(place);
            score.applicable += if applicable { weight } else { 0 };
            score.known += if known { weight } else { 0 };
            score.passed += if passed { weight } else { 0 };
        }
        score
    }

    /// Weight passed ÷ weight applicable in percent, rounded down, so that 100
    /// means all; `None` where nothing is applicable.
    pub fn percent(&self) -> Option<u8> {
        percent(self.passed, self.applicable)
    }

    /// Weight known ÷ weight applicable in percent, rounded down.
    pub fn coverage(&self) -> Option<u8> {
        percent(self.known, self.applicable)
    }
}

fn percent(part: u32, whole: u32) -> Option<u8> {
    let percent = (u64::from(part) * 100).checked_div(u64::from(whole))?;
    u8::try_from(percent).ok()
}
