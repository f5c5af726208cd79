//! What happened in operation, with people mapped to users.

use std::sync::Arc;

use super::Evidence;
use super::reviews::of_service;
use crate::evidence::Collected;
use crate::evidence::operations::{End, Kind, MentionId, Operations};
use crate::evidence::repository::Reviews;
use crate::facts::{EndFact, IncidentFact, OnCallFact, OperationFacts, ResponseFact};
use crate::organisation::Person;
use mentorship_texts::ordering::sort_by_key;

/// What is kept of a service, and whom its numbers name.
#[derive(Debug, Clone, Copy)]
pub struct ServiceOperations<'a> {
    /// What is kept.
    pub kept: &'a Operations,
    /// Everybody whom evidence of operation names, in the order of the numbers.
    pub people: &'a [Arc<Person>],
}

pub(super) fn gather(evidence: &Evidence<'_>) -> OperationFacts {
    let Some(ServiceOperations { kept, people }) = evidence.operations else {
        return OperationFacts {
            reviews: of_repository(evidence).unwrap_or_default(),
            ..OperationFacts::default()
        };
    };
    let person = |number: MentionId| -> Option<Arc<Person>> {
        people.get(usize::try_from(number).ok()?).cloned()
    };
    let incidents = kept.incidents().map(|incidents| {
        let facts = incidents.into_iter().map(|incident| IncidentFact {
            began: incident.began,
            end: match incident.end {
                End::Open => EndFact::Open,
                End::Automatic => EndFact::Automatic,
                End::By(number) => person(number).map_or(EndFact::Unknown, EndFact::By),
                End::Unknown => EndFact::Unknown,
            },
            level: incident.level,
            cause: incident.cause,
            responses: incident
                .responses
                .iter()
                .filter_map(|response| {
                    Some(ResponseFact {
                        person: person(response.person)?,
                        level: response.level,
                        unblocked: response.unblocked,
                    })
                })
                .collect(),
        });
        let mut facts: Vec<IncidentFact> = facts.collect();
        sort_by_key(&mut facts, |incident| incident.began);
        facts
    });
    let on_calls = kept.on_calls().map(|on_calls| {
        let facts = on_calls.into_iter().filter_map(|on_call| {
            Some(OnCallFact {
                person: person(on_call.person)?,
                level: on_call.level,
                start: on_call.start,
                end: on_call.end,
            })
        });
        facts.collect()
    });
    let looked = |kind| kept.collected_at(kind).map(str::to_owned);
    OperationFacts {
        incidents,
        incidents_since: kept.since(Kind::Incidents),
        on_calls,
        deployments: kept
            .deployments()
            .map(|all| all.into_iter().copied().collect()),
        deployments_since: kept.since(Kind::Deployments),
        reviews: of_repository(evidence).unwrap_or_else(|| counted(evidence, kept.reviews())),
        reviews_since: kept.since(Kind::Reviews),
        collected_at: [
            looked(Kind::Incidents),
            looked(Kind::OnCalls),
            looked(Kind::Deployments),
            looked(Kind::Reviews),
        ],
    }
}

/// The reviews that came with the repository; `None` where its source asked nobody.
fn of_repository(evidence: &Evidence<'_>) -> Option<Collected<usize>> {
    let reviews = evidence.repository?.repository.reviews.as_ref()?;
    Some(counted(evidence, Collected::Found(vec![reviews])))
}

/// How many of some reviews are of the service's files.
fn counted(evidence: &Evidence<'_>, reviews: Collected<Vec<&Reviews>>) -> Collected<usize> {
    let counted = reviews.map(|all| {
        let of_service = |reviews| of_service(evidence, reviews).len();
        all.into_iter().map(of_service).sum()
    });
    match counted {
        Collected::Found(0) => Collected::Missing,
        _ => counted,
    }
}
