//! What services have in common that stand alike.

use super::plain;
use super::words::render as words;
use crate::report::{self, RuleSet};
use crate::wire::v1::{Audience, Judgement};
use crate::words::Words;

/// Names nobody.
pub(super) fn render(judgement: &report::Judgement, heaviest_first: &[&str]) -> Judgement {
    let ids = |rules: RuleSet| {
        let ids = heaviest_first.iter().filter(|id| rules.has(id));
        ids.map(|id| (*id).to_owned()).collect()
    };
    let text = |sentence: Words| plain(&words(&sentence, Audience::Counted));
    Judgement {
        level: judgement.level.into(),
        score: judgement.score,
        coverage: judgement.coverage,
        mentorship_status: judgement.mentorship.into(),
        rotation_state: judgement.rotation.into(),
        bus_factor: judgement.bus_factor,
        bus_factor_verdict: judgement.bus_factor_verdict.into(),
        failed_rules: ids(judgement.failed),
        unknown_rules: ids(judgement.unknown),
        headline_before_title: text(judgement.headline.before_title()),
        headline_behind_title: text(judgement.headline.behind_title()),
    }
}
