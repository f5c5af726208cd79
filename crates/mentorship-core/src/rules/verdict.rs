//! Verdicts, and the answers that all rules give alike where evidence is absent.

use crate::evidence::Collected;
use crate::facts::{Facts, Place, RepositoryFact};
use crate::policy::{Policy, Source};
use crate::words::Words;

/// What a rule says of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be; what was found.
    Pass(Words),
    /// Not as it should be.
    Fail(Failure),
    /// The rule does not concern this service, by the entity, the policy and
    /// the configured sources alone; why.
    NotApplicable(Words),
    /// Nobody can tell.
    Unknown {
        /// What is missing.
        missing: Words,
        /// How to get it.
        how: Words,
        /// How to get it, in a few words, as [`Rule::ask`](super::Rule::ask) has them.
        ask: &'static str,
    },
}

/// A failure with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Why, one sentence each; at least one.
    pub reasons: Vec<Words>,
    /// Where it can be seen.
    pub places: Vec<Place>,
    /// What to do next.
    pub next_action: Words,
}

impl Verdict {
    /// A pass with what was found.
    pub fn pass(found: impl Into<Words>) -> Self {
        Self::Pass(found.into())
    }

    /// A failure for one reason that is nowhere to be seen.
    pub fn fail(reason: impl Into<Words>, next_action: impl Into<Words>) -> Self {
        Self::fail_at(reason, Vec::new(), next_action)
    }

    /// A failure for one reason that can be seen somewhere.
    pub fn fail_at(
        reason: impl Into<Words>,
        places: Vec<Place>,
        next_action: impl Into<Words>,
    ) -> Self {
        Self::Fail(Failure {
            reasons: vec![reason.into()],
            places,
            next_action: next_action.into(),
        })
    }
}

/// The evidence of the repository as far as it was found or missed; else the
/// verdict that says why nobody can tell.
///
/// Evidence that is stale is used: a source that fails never turns into
/// "missing".
pub fn looked_for<'a, T>(
    evidence: &'a Collected<T>,
    facts: &Facts,
    policy: &Policy,
) -> Result<Option<&'a T>, Verdict> {
    match evidence {
        Collected::Found(value)
        | Collected::Failed {
            last_good: Some(value),
            ..
        } => Ok(Some(value)),
        Collected::Missing => Ok(None),
        Collected::NotCollected if !policy.sources.contains(&Source::Git) => Err(
            Verdict::NotApplicable(Words::text("This installation reads no repositories.")),
        ),
        Collected::NotCollected => Err(not_collected(facts)),
        Collected::Failed {
            reason,
            last_good: None,
        } => Err(Verdict::Unknown {
            missing: Words::text(format!("The repository could not be read: {reason}.")),
            how: Words::text(
                "Mend why the repository could not be read; the next run reads it again.",
            ),
            ask: "make the repository readable",
        }),
    }
}

fn not_collected(facts: &Facts) -> Verdict {
    let located = matches!(
        facts.repository,
        RepositoryFact::NotRead { located: true } | RepositoryFact::Read { .. }
    );
    if located {
        Verdict::Unknown {
            missing: Words::text("The repository has not been read."),
            how: Words::text(
                "Check on the Sources page that the git source is on and can reach the repository.",
            ),
            ask: "have the repository read",
        }
    } else {
        Verdict::Unknown {
            missing: Words::text("The entity does not say where its source is."),
            how: Words::text("Set the annotation `backstage.io/source-location` on the entity."),
            ask: "say where the source is",
        }
    }
}
