//! Score and coverage: how much of what applies passes, how much is known.

use super::{Finding, Outcome};
use crate::rules::Verdict;

/// Weights, summed over the rules of one service. Exempt rules stand on
/// neither side; unknown ones are applicable and earn nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    passed: u32,
    known: u32,
    applicable: u32,
}

impl Score {
    pub(super) fn of(findings: &[Finding<'_>]) -> Self {
        let mut score = Self::default();
        for finding in findings {
            match &finding.outcome {
                Outcome::Judged(Verdict::Pass(_)) => score.count(finding.weight, true, true),
                Outcome::Judged(Verdict::Fail(_)) => score.count(finding.weight, true, false),
                Outcome::Judged(Verdict::Unknown { .. }) => {
                    score.count(finding.weight, false, false)
                }
                Outcome::Judged(Verdict::NotApplicable(_)) | Outcome::Exempt(_) => {}
            }
        }
        score
    }

    fn count(&mut self, weight: u32, known: bool, passed: bool) {
        self.applicable += weight;
        self.known += if known { weight } else { 0 };
        self.passed += if passed { weight } else { 0 };
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
