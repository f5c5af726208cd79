//! Intake: from the wire to evidence.

use super::history::{bots, settings};
use super::{Engine, Place, Refused};
use crate::civil_date::CivilDate;
use crate::evidence::catalog::{Draft, Page};
use crate::evidence::introductions::FileVersion;
use crate::evidence::repository::{Paths, Repository, RepositoryInput, Review};
use crate::evidence::{Change, change};
use crate::policy::Policy;
use crate::wire::v1;

const EVIDENCE_SCHEMA: &str = "mentorship/evidence/v1";

impl Engine {
    pub(super) fn take_page(&mut self, page: &Page<'_>) -> v1::PageOutcome {
        let mut outcome = v1::PageOutcome {
            entities: 0,
            services: 0,
            people_and_groups: 0,
            total_items: page.total_items,
            next_cursor: page.next_cursor.clone(),
            errors: page
                .errors
                .iter()
                .map(|unread| v1::EntityError {
                    index: unread.index,
                    entity_ref: None,
                    message: unread.message.clone(),
                })
                .collect(),
        };
        for draft in page.entities() {
            outcome.entities += 1;
            match self.kind_of(&draft) {
                Kind::Service => {
                    outcome.services += 1;
                    self.services.put(&draft);
                }
                Kind::PersonOrGroup => {
                    outcome.people_and_groups += 1;
                    let entity = draft.person_or_group();
                    self.people_and_groups
                        .insert(entity.entity_ref.to_string(), Box::new(entity));
                }
                Kind::Other => {}
            }
        }
        self.named_files.take();
        self.prepared = None;
        outcome
    }

    fn kind_of(&self, draft: &Draft<'_, '_>) -> Kind {
        match &*draft.kind() {
            "component" => Kind::Service,
            "user" | "group" => Kind::PersonOrGroup,
            other if self.policy.service_kinds.iter().any(|kind| kind == other) => Kind::Service,
            _ => Kind::Other,
        }
    }

    pub(super) fn take_repository(
        &mut self,
        evidence: v1::RepositoryEvidence,
    ) -> Result<Vec<v1::Note>, Refused> {
        if evidence.schema != EVIDENCE_SCHEMA {
            return Err(Refused(format!(
                "the repository evidence is `{}`, and this engine reads `{EVIDENCE_SCHEMA}`",
                evidence.schema
            )));
        }
        let mut undated = Vec::new();
        let reviews = evidence.reviews.map(|reviews| {
            let mut dated = reviews_on_days(reviews, &evidence.repository, &mut undated);
            leave_out_machines(&mut dated, &self.policy);
            dated
        });
        let mut repository = Repository::read(
            RepositoryInput {
                file_address: evidence.file_address,
                commit: evidence.commit,
                collected_at: evidence.collected_at,
                failure: evidence.failure,
                paths: evidence.paths,
                files: evidence
                    .files
                    .into_iter()
                    .map(v1::EvidenceFile::into_parts)
                    .collect(),
                reviews,
                change: evidence
                    .change
                    .map(|change| read_change(change, &self.policy)),
                versions: evidence
                    .versions
                    .map(|versions| versions.into_iter().map(version).collect()),
            },
            self.named_files(),
            &self.policy,
        );
        if let Some(history) = evidence.history {
            repository.push_history(history.as_bytes(), || settings(&self.policy));
            repository.finish_history(None);
        }
        let paths = repository.paths();
        let strangers = self.place_services(evidence.services, &evidence.repository, paths.value());
        let notes = repository.notes().iter().map(|(place, note)| v1::Note {
            place: place.clone(),
            line: note.line,
            message: note.message.clone(),
        });
        let notes = notes.chain(strangers).chain(undated).collect();
        self.repositories
            .insert(evidence.repository, Box::new(repository));
        self.prepared = None;
        Ok(notes)
    }

    /// Notes where in a repository services live, and tells of those that do not. `paths`
    /// are all that it tracks, where that is known.
    fn place_services(
        &mut self,
        services: Vec<v1::ServicePlace>,
        repository: &str,
        paths: Option<&&Paths>,
    ) -> Vec<v1::Note> {
        let mut strangers = Vec::new();
        for place in services {
            let directory = place.directory.trim_matches('/').to_owned();
            let service = place.entity_ref.to_lowercase();
            let is_empty = |paths: &&Paths| paths.below(&directory).next().is_none();
            if !directory.is_empty() && paths.is_some_and(is_empty) {
                // A folder that git does not track only happens to lie inside
                // the repository: the plan above is not this service's plan.
                self.places.remove(&service);
                strangers.push(v1::Note {
                    place: service,
                    line: None,
                    message: format!("`{directory}` holds no file that the repository tracks, so the repository says nothing of it"),
                });
                continue;
            }
            let repository = repository.to_owned();
            let place = Place {
                repository,
                directory,
            };
            self.places.insert(service, Box::new(place));
        }
        strangers
    }
}

fn read_change(evidence: v1::ChangeEvidence, policy: &Policy) -> Result<Change, String> {
    match evidence.diff {
        Some(diff) => Ok(change::change(
            &diff,
            &evidence.messages,
            &policy.toggle_patterns,
        )),
        None => Err(evidence.failure.unwrap_or_default()),
    }
}

/// Reviews by their civil day; those without one are told and count for nobody.
fn reviews_on_days(
    reviews: Vec<v1::ReviewEvidence>,
    repository: &str,
    notes: &mut Vec<v1::Note>,
) -> Vec<Review> {
    let mut dated = Vec::new();
    for review in reviews {
        match CivilDate::parse(&review.at) {
            Some(day) => dated.push(Review {
                reviewer: review.reviewer,
                day,
                paths: review.paths,
            }),
            None => notes.push(v1::Note {
                place: repository.to_owned(),
                line: None,
                message: format!(
                    "the review at `{}` has no day and does not count",
                    review.at
                ),
            }),
        }
    }
    dated
}

/// Machines look at changes as well, and are nobody to learn from.
pub fn leave_out_machines(reviews: &mut Vec<Review>, policy: &Policy) {
    bots(policy).leave_out(reviews, |review| &review.reviewer);
}

enum Kind {
    Service,
    PersonOrGroup,
    Other,
}

fn version(version: v1::FileVersion) -> FileVersion {
    let v1::FileVersion {
        path,
        path_then,
        commit,
        at,
        text,
        bytes,
        failure,
    } = version;
    FileVersion {
        path_then: path_then.unwrap_or_else(|| path.clone()),
        path,
        commit,
        day: CivilDate::parse(&at),
        content: v1::FileVersion::content(text, bytes, failure),
    }
}
