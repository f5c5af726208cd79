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
    let states = States {
        facts,
        policy,
        audience,
    };
    let mut statuses = vec![v1::EvidenceStatus {
        kind: v1::EvidenceKind::Entity,
        label: "Catalog entity".to_owned(),
        state: v1::EvidenceState::Found,
        detail: words(&Words::text(facts.service.entity_ref.to_string()), audience),
        collected_at: None,
        path: None,
    }];
    statuses.extend(states.of_repository());
    statuses.extend(states.of_operation());
    statuses
}

/// The states of a service's evidence, as an audience is told of them.
#[derive(Clone, Copy)]
struct States<'a> {
    facts: &'a Facts,
    policy: &'a Policy,
    audience: Audience,
}

impl States<'_> {
    fn of_repository(self) -> [v1::EvidenceStatus; 4] {
        let facts = self.facts;
        let plan = &facts.plan;
        let owners = &facts.code_owners;
        let history = &facts.knowledge;
        let plan_path = plan.value().map(|plan| plan.path.clone());
        let owners_path = owners.value().map(|owners| owners.place.label.clone());
        [
            self.in_repository(
                v1::EvidenceKind::Plan,
                "Mentorship plan",
                self.of_git(plan, "no plan here or in a folder above", |plan| {
                    Words::text(plan.path.clone())
                }),
                plan_path,
            ),
            self.in_repository(
                v1::EvidenceKind::CodeOwners,
                "Code owners",
                self.of_git(owners, "no owners file", |owners| {
                    Words::text(owners.place.label.clone())
                }),
                owners_path,
            ),
            self.in_repository(
                v1::EvidenceKind::Documents,
                "Runbooks and decision records",
                self.of_documents(),
                None,
            ),
            self.in_repository(
                v1::EvidenceKind::History,
                "Git history",
                self.of_git(history, "the repository has no history", |history| {
                    Words::text(format!("{} files counted", history.recent.counted))
                }),
                None,
            ),
        ]
    }

    fn in_repository(
        self,
        kind: v1::EvidenceKind,
        label: &str,
        (state, detail): (v1::EvidenceState, Words),
        path: Option<String>,
    ) -> v1::EvidenceStatus {
        v1::EvidenceStatus {
            kind,
            label: label.to_owned(),
            state,
            detail: words(&detail, self.audience),
            collected_at: match &self.facts.repository {
                RepositoryFact::Read { collected_at, .. }
                | RepositoryFact::Failed { collected_at, .. } => Some(collected_at.clone()),
                RepositoryFact::NotRead { .. } => None,
            },
            path,
        }
    }

    /// Runbooks and decision records together: one of either is enough to be found.
    fn of_documents(self) -> (v1::EvidenceState, Words) {
        let count =
            |documents: &Collected<Vec<facts::DocumentFact>>| documents.value().map_or(0, Vec::len);
        let runbooks = count(&self.facts.runbooks);
        let records = count(&self.facts.decision_records);
        let (state, detail) = self.of_git(&self.facts.runbooks, "none", |_| Words::default());
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

    fn of_operation(self) -> [v1::EvidenceStatus; 4] {
        let operations = &self.facts.operations;
        let [incidents_at, on_calls_at, deployments_at, reviews_at] = &operations.collected_at;
        [
            self.counted(
                (v1::EvidenceKind::Reviews, "Reviews", Source::Reviews),
                operations.reviews.clone(),
                ("review", "reviews"),
                reviews_at,
            ),
            self.counted(
                (v1::EvidenceKind::Incidents, "Incidents", Source::Incidents),
                operations.incidents.as_ref().map(Vec::len),
                ("incident", "incidents"),
                incidents_at,
            ),
            self.counted(
                (v1::EvidenceKind::OnCalls, "On-call", Source::OnCalls),
                operations.on_calls.as_ref().map(Vec::len),
                ("entry", "entries"),
                on_calls_at,
            ),
            self.counted(
                (
                    v1::EvidenceKind::Deployments,
                    "Deployments",
                    Source::Deployments,
                ),
                operations.deployments.as_ref().map(Vec::len),
                ("deployment", "deployments"),
                deployments_at,
            ),
        ]
    }

    fn counted(
        self,
        (kind, label, source): (v1::EvidenceKind, &str, Source),
        found: Collected<usize>,
        (one, many): (&'static str, &'static str),
        collected_at: &Option<String>,
    ) -> v1::EvidenceStatus {
        let counted = |count: &usize| Words::default().count(*count, one, many);
        let (state, detail) = self.state(&found, source, "none", counted);
        v1::EvidenceStatus {
            kind,
            label: label.to_owned(),
            state,
            detail: words(&detail, self.audience),
            collected_at: collected_at.clone(),
            path: None,
        }
    }

    fn of_git<T>(
        self,
        evidence: &Collected<T>,
        missing: &'static str,
        found: impl Fn(&T) -> Words,
    ) -> (v1::EvidenceState, Words) {
        self.state(evidence, Source::Git, missing, found)
    }

    /// The state of something that a source brings, and what stands beside it.
    fn state<T>(
        self,
        evidence: &Collected<T>,
        source: Source,
        missing: &'static str,
        found: impl Fn(&T) -> Words,
    ) -> (v1::EvidenceState, Words) {
        match evidence {
            Collected::Found(value) => (v1::EvidenceState::Found, found(value)),
            Collected::Missing => (v1::EvidenceState::Missing, Words::text(missing)),
            Collected::NotCollected => (
                v1::EvidenceState::NotCollected,
                not_collected(self.facts, self.policy, source),
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
