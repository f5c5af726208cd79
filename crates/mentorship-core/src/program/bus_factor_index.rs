//! Bus factor index: of the ten services with most incidents, those that enough people
//! are declared able to run.

use super::survey::Survey;
use super::tally::{Count, Tally, Unmeasured, not_measured};
use crate::policy::{Policy, Source};
use crate::words::Words;
use mentorship_texts::by_name::ByName;
use mentorship_texts::ordering::sort_by_key;

/// How many services the index looks at.
pub(super) const TOP: usize = 10;

/// The services with most incidents in the window, of equal ones the more critical
/// first; those without an incident are none of them.
pub(super) fn top(surveys: &ByName<Survey>) -> Vec<&Survey> {
    let surveys = surveys.values().map(Box::as_ref);
    let troubled = surveys.filter(|survey| survey.incidents > Some(0));
    let mut top: Vec<&Survey> = troubled.collect();
    sort_by_key(&mut top, |survey| {
        (
            std::cmp::Reverse(survey.incidents),
            survey.tier.unwrap_or(u8::MAX),
        )
    });
    top.truncate(TOP);
    top
}

pub(super) fn count(surveys: &ByName<Survey>, policy: &Policy) -> Count {
    let top = top(surveys);
    let target = u32::from(policy.thresholds.maintainers_target);
    let enough = top
        .iter()
        .filter(|survey| survey.declared >= Some(target))
        .count();
    let tally = Tally {
        part: super::count(enough),
        whole: super::count(top.len()),
        apart: 0,
    };
    let (measured, unmeasured) =
        not_measured(surveys.values().map(|survey| match survey.incidents {
            Some(_) => None,
            None if !policy.sources.contains(&Source::Incidents) => Some(Unmeasured::NotConfigured),
            None => Some(Unmeasured::NotDelivered),
        }));
    Count {
        value: tally.percent(),
        tally,
        moved: None,
        baseline: None,
        measured,
        unmeasured,
        summary: match top.len() {
            0 => Words::text("No service is known to have had an incident."),
            length => Words::text(format!("{enough} of the "))
                .count(length, "service", "services")
                .then(format!(
                    " with the most incidents have {target} or more trained maintainers."
                )),
        },
    }
}
