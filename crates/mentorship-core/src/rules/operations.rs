//! What the rules about operation share: what was delivered, and who resolved what.

use super::{Case, Verdict};
use crate::evidence::Collected;
use crate::facts::{IncidentFact, Window};
use crate::organisation::Person;
use crate::policy::{Policy, Source};
use crate::words::Words;
use mentorship_texts::ordering::sort_by_key;

/// The evidence of a source as far as it was found or missed; else the verdict that
/// says why nobody can tell. A source that the installation does not have makes a
/// rule *not applicable*, one that has delivered nothing makes it *unknown*.
///
/// Evidence that is stale is used.
pub(super) fn delivered<'a, T>(
    evidence: &'a Collected<T>,
    source: Source,
    policy: &Policy,
) -> Result<Option<&'a T>, Verdict> {
    let name = source.as_str();
    match evidence {
        Collected::Found(value)
        | Collected::Failed {
            last_good: Some(value),
            ..
        } => Ok(Some(value)),
        Collected::Missing => Ok(None),
        Collected::NotCollected if !policy.sources.contains(&source) => {
            Err(Verdict::NotApplicable(Words::text(format!(
                "This installation has no source of `{name}`."
            ))))
        }
        Collected::NotCollected => Err(Verdict::Unknown {
            missing: Words::text(format!(
                "The source `{name}` has delivered nothing of this service."
            )),
            how: Words::text(
                "Name the service in the annotation `pagerduty.com/service-id`, or push what happened.",
            ),
            ask: "bring in what happens in operation",
        }),
        Collected::Failed {
            reason,
            last_good: None,
        } => Err(Verdict::Unknown {
            missing: Words::text(format!("The source `{name}` could not be read: {reason}.")),
            how: Words::text("Mend why the source could not be read; the next run reads it again."),
            ask: "bring in what happens in operation",
        }),
    }
}

/// The days in which incidents count.
pub(super) fn window(case: &Case<'_>) -> Window {
    Window::back(case.as_of, case.policy.thresholds.operations_window_days)
}

/// The incidents of the window, or the verdict where they are not known.
pub(super) fn incidents<'a>(case: &Case<'a>) -> Result<Vec<&'a IncidentFact>, Verdict> {
    let facts = &case.facts.operations;
    delivered(&facts.incidents, Source::Incidents, case.policy)?;
    Ok(facts.incidents_in(window(case)).collect())
}

/// How many incidents people resolved, and who resolved most of them; of two who
/// resolved as many the first by identity.
pub(super) fn resolvers<'a>(
    incidents: &[&'a IncidentFact],
) -> (usize, Option<(&'a Person, usize)>) {
    let resolvers = incidents.iter().filter_map(|incident| incident.resolver());
    let mut resolvers: Vec<&Person> = resolvers.collect();
    sort_by_key(&mut resolvers, |person| person.identity());
    let by_person = resolvers.chunk_by(|one, other| one.identity() == other.identity());
    let mut most: Option<(&Person, usize)> = None;
    for resolved in by_person {
        let count = resolved.len();
        if let Some(person) = resolved.first()
            && most.is_none_or(|(_, known)| count > known)
        {
            most = Some((person, count));
        }
    }
    (resolvers.len(), most)
}
