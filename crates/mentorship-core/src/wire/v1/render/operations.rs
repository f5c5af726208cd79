//! The state of the evidence on operation.

use super::assessment::not_collected;
use super::words::render as words;
use crate::evidence::Collected;
use crate::facts::Facts;
use crate::policy::{Policy, Source};
use crate::wire::v1::{self, Audience};
use crate::words::Words;

/// The state of each kind for a service.
pub(super) fn evidence(
    facts: &Facts,
    policy: &Policy,
    audience: Audience,
) -> Vec<v1::EvidenceStatus> {
    let operations = &facts.operations;
    let [incidents_at, on_calls_at, deployments_at, reviews_at] = &operations.collected_at;
    let mut statuses = Vec::new();
    let mut tell =
        |kind, label: &str, source, found: Collected<usize>, nouns, at: &Option<String>| {
            let (state, detail) = state(&found, facts, policy, source, nouns);
            statuses.push(v1::EvidenceStatus {
                kind,
                label: label.to_owned(),
                state,
                detail: words(&detail, audience),
                collected_at: at.clone(),
                path: None,
            });
        };
    tell(
        v1::EvidenceKind::Reviews,
        "Reviews",
        Source::Reviews,
        operations.reviews.clone(),
        ("review", "reviews"),
        reviews_at,
    );
    tell(
        v1::EvidenceKind::Incidents,
        "Incidents",
        Source::Incidents,
        operations.incidents.as_ref().map(Vec::len),
        ("incident", "incidents"),
        incidents_at,
    );
    tell(
        v1::EvidenceKind::OnCalls,
        "On-call",
        Source::OnCalls,
        operations.on_calls.as_ref().map(Vec::len),
        ("entry", "entries"),
        on_calls_at,
    );
    tell(
        v1::EvidenceKind::Deployments,
        "Deployments",
        Source::Deployments,
        operations.deployments.as_ref().map(Vec::len),
        ("deployment", "deployments"),
        deployments_at,
    );
    statuses
}

fn state(
    found: &Collected<usize>,
    facts: &Facts,
    policy: &Policy,
    source: Source,
    (one, many): (&'static str, &'static str),
) -> (v1::EvidenceState, Words) {
    match found {
        Collected::Found(count) => (
            v1::EvidenceState::Found,
            Words::default().count(*count, one, many),
        ),
        Collected::Missing => (v1::EvidenceState::Missing, Words::text("none")),
        Collected::NotCollected => (
            v1::EvidenceState::NotCollected,
            not_collected(facts, policy, source),
        ),
        Collected::Failed { reason, last_good } => (
            v1::EvidenceState::Failed,
            Words::text(match last_good {
                Some(_) => format!("{reason}; what was read before still counts"),
                None => reason.clone(),
            }),
        ),
    }
}
