//! The state of the evidence: what was found, missed, not collected or failed.

use super::words::render as words;
use crate::evidence::Collected;
use crate::facts::{self, Facts, RepositoryFact};
use crate::policy::{Policy, Source};
use crate::wire::v1::{self, Audience};
use crate::words::Words;

/// The state of each kind of evidence for a service.
pub(super) fn evidence(
    facts: &Facts,
    policy: &Policy,
    audience: Audience,
) -> Vec<v1::EvidenceStatus> {
    let sourced =
        |kind, label: &str, state, detail: &Words, path: Option<String>| v1::EvidenceStatus {
            kind,
            label: label.to_owned(),
            state,
            detail: words(detail, audience),
            collected_at: match &facts.repository {
                RepositoryFact::Read { collected_at, .. }
                | RepositoryFact::Failed { collected_at, .. } => Some(collected_at.clone()),
                RepositoryFact::NotRead { .. } => None,
            },
            path,
        };
    let plan_path = facts.plan.value().map(|plan| plan.path.clone());
    let owners_path = facts
        .code_owners
        .value()
        .map(|owners| owners.place.label.clone());
    let (plan_state, plan_detail) = state(
        &facts.plan,
        facts,
        policy,
        Source::Git,
        "no plan here or in a folder above",
        |plan| Words::text(plan.path.clone()),
    );
    let (owners_state, owners_detail) = state(
        &facts.code_owners,
        facts,
        policy,
        Source::Git,
        "no owners file",
        |owners| Words::text(owners.place.label.clone()),
    );
    let (documents_state, documents_detail) = documents_state(facts, policy);
    let (history_state, history_detail) = state(
        &facts.knowledge,
        facts,
        policy,
        Source::Git,
        "the repository has no history",
        |knowledge| Words::text(format!("{} files counted", knowledge.recent.counted)),
    );
    let mut statuses = vec![
        v1::EvidenceStatus {
            kind: v1::EvidenceKind::Entity,
            label: "Catalog entity".to_owned(),
            state: v1::EvidenceState::Found,
            detail: words(&Words::text(facts.service.entity_ref.to_string()), audience),
            collected_at: None,
            path: None,
        },
        sourced(
            v1::EvidenceKind::Plan,
            "Mentorship plan",
            plan_state,
            &plan_detail,
            plan_path,
        ),
        sourced(
            v1::EvidenceKind::CodeOwners,
            "Code owners",
            owners_state,
            &owners_detail,
            owners_path,
        ),
        sourced(
            v1::EvidenceKind::Documents,
            "Runbooks and decision records",
            documents_state,
            &documents_detail,
            None,
        ),
        sourced(
            v1::EvidenceKind::History,
            "Git history",
            history_state,
            &history_detail,
            None,
        ),
    ];
    statuses.extend(of_operation(facts, policy, audience));
    statuses
}

fn documents_state(facts: &Facts, policy: &Policy) -> (v1::EvidenceState, Words) {
    let count =
        |documents: &Collected<Vec<facts::DocumentFact>>| documents.value().map_or(0, Vec::len);
    let (runbooks, records) = (count(&facts.runbooks), count(&facts.decision_records));
    let (state, detail) = state(&facts.runbooks, facts, policy, Source::Git, "none", |_| {
        Words::default()
    });
    if runbooks + records == 0 {
        return (state, detail);
    }
    let state = match state {
        v1::EvidenceState::Missing => v1::EvidenceState::Found,
        other => other,
    };
    let counted = Words::default()
        .count(runbooks, "runbook", "runbooks")
        .then(", ")
        .count(records, "decision record", "decision records");
    (state, counted)
}

fn of_operation(facts: &Facts, policy: &Policy, audience: Audience) -> Vec<v1::EvidenceStatus> {
    let operations = &facts.operations;
    let [incidents_at, on_calls_at, deployments_at, reviews_at] = &operations.collected_at;
    let mut statuses = Vec::new();
    let mut tell =
        |kind, label: &str, source, found: Collected<usize>, nouns, at: &Option<String>| {
            let (one, many) = nouns;
            let (state, detail) = state(&found, facts, policy, source, "none", |&count| {
                Words::default().count(count, one, many)
            });
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

fn state<T>(
    evidence: &Collected<T>,
    facts: &Facts,
    policy: &Policy,
    source: Source,
    missing: &'static str,
    found: impl Fn(&T) -> Words,
) -> (v1::EvidenceState, Words) {
    match evidence {
        Collected::Found(value) => (v1::EvidenceState::Found, found(value)),
        Collected::Missing => (v1::EvidenceState::Missing, Words::text(missing)),
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

/// How to switch a source on.
pub(super) fn not_collected(facts: &Facts, policy: &Policy, source: Source) -> Words {
    let name = source.as_str();
    if !policy.sources.contains(&source) {
        return Words::text(format!(
            "The source `{name}` is not set up in this installation."
        ));
    }
    match facts.repository {
        RepositoryFact::NotRead { located: false } if source == Source::Git => Words::text(
            "The entity does not say where its source is: set `backstage.io/source-location`.",
        ),
        _ => Words::text(format!(
            "The source `{name}` has delivered nothing for this service yet."
        )),
    }
}
