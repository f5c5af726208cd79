//! Engine: keeps the evidence of a whole catalog and answers for any day.
//!
//! Fed by the bindings and the command line alike, so that one core gives the
//! same bytes through every door.

mod columns;
mod distinct;
mod history;
mod intake;
mod judged;
mod knowledge;
mod operations;
mod policy;
mod program;
mod standings;
mod what_if;

pub use columns::Columns;
pub use history::settings as history_settings;
use judged::Judged;
use program::Surveys;
use standings::Standings;
use what_if::Involved;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::civil_date::CivilDate;
use crate::evidence::catalog::{self, Annotation, Entity, PersonOrGroup, Services, SourceLocation};
use crate::evidence::operations::pagerduty::Pages;
use crate::evidence::operations::{Mentions, Operations};
use crate::evidence::repository::{NamedFiles, Repository, wanted_paths, wanted_versions};
use crate::facts::{
    self, Committers, Evidence, Gathered, Loads, Outliner, ServiceOperations, ServiceRepository,
    user_of,
};
use crate::organisation::{Mention, Organisation, Person};
use crate::policy::{Policy, PolicyError};
use crate::program::Windows;
use crate::report::{Report, report};
use crate::wire::csv;
use crate::wire::packed::{Packed, Told};
use crate::wire::v1::{self, Audience};
use mentorship_texts::by_name::ByName;

/// Most services in one answer, so that no call takes long.
const MOST_RESULTS: usize = 1_000;

/// The evidence of a catalog under one policy.
#[derive(Debug)]
pub struct Engine {
    policy: Policy,
    services: Services,
    people_and_groups: ByName<PersonOrGroup>,
    /// The files that the services name, once somebody asked.
    named_files: OnceCell<NamedFiles>,
    repositories: ByName<Repository>,
    places: ByName<Place>,
    operations: ByName<Operations>,
    /// Whom evidence of operation names.
    mentions: Mentions,
    /// Pages of PagerDuty that are not put together yet.
    pagerduty: Pages,
    /// What follows from the entities and histories together; `None` after
    /// either changed.
    prepared: Option<Prepared>,
    /// What was judged of services that stand alike.
    judged: Judged,
    /// Who has a part in which service, noted as services are judged.
    involved: Involved,
    /// What the program needs of each service, noted as services are judged.
    surveys: Surveys,
}

/// Where a service lives.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    repository: String,
    directory: String,
}

#[derive(Debug)]
struct Prepared {
    organisation: Organisation,
    /// The people of each repository's history; nobody where it has none.
    committers: ByName<Committers>,
    /// What each person looks after, by identity.
    loads: Loads,
    standings: Standings,
    /// Everybody whom evidence of operation names, in the order of the numbers.
    mentioned: Vec<Arc<Person>>,
    /// The first day of which incidents, deployments and reviews are known.
    known_since: [Option<CivilDate>; 3],
}

/// What the engine could not take, in one sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Engine {
    /// An engine without evidence under a policy in JSON; `{}` is the default.
    ///
    /// # Errors
    /// The first setting that is unknown or out of range, with its path.
    pub fn new(policy: &str) -> Result<Self, PolicyError> {
        Ok(Self {
            policy: Policy::from_json(policy)?,
            services: Services::default(),
            people_and_groups: BTreeMap::new(),
            named_files: OnceCell::new(),
            repositories: BTreeMap::new(),
            places: BTreeMap::new(),
            operations: BTreeMap::new(),
            mentions: Mentions::default(),
            pagerduty: Pages::default(),
            prepared: None,
            judged: Judged::default(),
            involved: Involved::default(),
            surveys: Surveys::default(),
        })
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Takes a page of the catalog as its `entities/by-query` route sent it. An
    /// entity that is there already is replaced.
    ///
    /// # Errors
    /// Where the bytes are no page, one that was cut short included; then
    /// nothing of it is taken. A single entity that cannot be read is told in
    /// the answer and stops nothing.
    pub fn upsert_page(&mut self, page: &[u8]) -> Result<v1::PageOutcome, Refused> {
        let page = catalog::read_page(page).map_err(Refused)?;
        Ok(self.take_page(&page))
    }

    /// How many services there are.
    pub fn service_count(&self) -> usize {
        self.services.len()
    }

    /// Where each service says that its source is, by ref.
    pub fn locations(&self) -> Vec<v1::ServiceLocation> {
        self.locations_from(0, usize::MAX)
    }

    /// The same for a slice of the services.
    pub fn locations_from(&self, start: usize, count: usize) -> Vec<v1::ServiceLocation> {
        let numbers = self.services.in_order().iter().skip(start).take(count);
        numbers
            .map(|&number| v1::ServiceLocation {
                entity_ref: self.services.reference(number).to_owned(),
                location: self.services.source_location(number).map(location),
            })
            .collect()
    }

    /// The paths whose text the judgement wants, out of a repository's listing:
    /// paths with a NUL behind each, as `git ls-tree -r -z --name-only` prints
    /// them. Paths that are no UTF-8 are never wanted.
    pub fn wanted_paths(&self, listing: &[u8]) -> Vec<String> {
        let wanted = wanted_paths(&utf8_paths(listing), self.named_files());
        wanted.into_iter().map(str::to_owned).collect()
    }

    /// The paths of which earlier versions say since when somebody has a role, out
    /// of a listing as [`Self::wanted_paths`] takes it.
    pub fn wanted_versions(&self, listing: &[u8]) -> Vec<String> {
        let paths = utf8_paths(listing);
        let wanted = wanted_versions(&paths, self.named_files());
        wanted.into_iter().map(str::to_owned).collect()
    }

    /// The files that the catalog names. Asked for once for each repository.
    fn named_files(&self) -> &NamedFiles {
        self.named_files.get_or_init(|| {
            let (mut plans, mut locations) = (Vec::new(), Vec::new());
            for &number in self.services.in_order() {
                let annotation = |annotation| self.services.annotation(number, annotation);
                plans.extend(annotation(Annotation::Plan));
                let mut roles = [Annotation::Steward, Annotation::Apprentices].into_iter();
                if roles.any(|role| annotation(role).is_some()) {
                    locations.push(annotation(Annotation::ManagedByLocation).unwrap_or_default());
                }
            }
            NamedFiles::new(&self.policy, plans, locations)
        })
    }

    /// Takes what a source found in a repository, JSON of
    /// [`v1::RepositoryEvidence`]. Replaces what was there of the repository.
    ///
    /// # Errors
    /// Where the bytes are no such document.
    pub fn put_repository(&mut self, evidence: &[u8]) -> Result<Vec<v1::Note>, Refused> {
        let evidence: v1::RepositoryEvidence =
            serde_json::from_slice(evidence).map_err(|error| {
                Refused(format!("the repository evidence is not readable: {error}"))
            })?;
        self.take_repository(evidence)
    }

    /// The results of a slice of the services in the order of their refs, at
    /// most 1,000 of them.
    ///
    /// # Errors
    /// Where `as_of` is no day.
    pub fn results(
        &mut self,
        as_of: &str,
        start: usize,
        count: usize,
    ) -> Result<v1::Results, Refused> {
        let mut items = Vec::new();
        let total = self.tell(as_of, start, count, &mut |told| {
            items.push(result_item(told))
        })?;
        Ok(v1::Results { total, items })
    }

    /// The same as [`Self::results`], as bytes of [`Packed`].
    ///
    /// # Errors
    /// Where `as_of` is no day.
    pub fn packed_results(
        &mut self,
        as_of: &str,
        start: usize,
        count: usize,
    ) -> Result<Vec<u8>, Refused> {
        let mut packed = Packed::default();
        let total = self.tell(as_of, start, count, &mut |told| packed.add(&told))?;
        Ok(packed.into_bytes(total))
    }

    /// Judges a slice of the services; answers with how many there are in all.
    fn tell(
        &mut self,
        as_of: &str,
        start: usize,
        count: usize,
        take: &mut dyn FnMut(Told),
    ) -> Result<u32, Refused> {
        let as_of = day(as_of)?;
        self.prepare();
        let numbers = self.services.in_order().iter();
        let slice = numbers.skip(start).take(count.min(MOST_RESULTS));
        let slice = slice.filter_map(|&number| self.services.entity(number));
        let windows = self.windows(as_of);
        let mut involved = std::mem::take(&mut self.involved);
        let mut surveys = std::mem::take(&mut self.surveys);
        for entity in slice {
            self.judged(&entity, as_of, |report| {
                involved.note(&report);
                surveys.note(&report, &windows);
                take(told(&report, &windows));
            });
        }
        self.involved = involved;
        self.surveys = surveys;
        Ok(u32::try_from(self.services.len()).unwrap_or(u32::MAX))
    }

    /// The assessment of one service; `None` where there is no such service.
    ///
    /// # Errors
    /// Where `as_of` is no day.
    pub fn assessment(
        &mut self,
        entity_ref: &str,
        as_of: &str,
        audience: Audience,
    ) -> Result<Option<v1::Assessment>, Refused> {
        let as_of = day(as_of)?;
        self.prepare();
        let entity = self.service(&entity_ref.to_lowercase());
        Ok(entity.map(|entity| {
            self.judged(&entity, as_of, |report| {
                v1::render::assessment(&report, audience)
            })
        }))
    }

    fn prepare(&mut self) {
        if self.prepared.is_some() {
            return;
        }
        self.services.shrink();
        let settings = &self.policy.people;
        let entities = self.people_and_groups.values().map(Box::as_ref);
        let organisation = Organisation::new(entities, settings);
        let mut committers = ByName::new();
        for (key, repository) in &mut self.repositories {
            repository.unite(&|committer| user_of(committer, &organisation, settings));
            let history = repository.history();
            let of_one = history.value().map_or_else(Committers::default, |history| {
                Committers::of(history, &organisation, settings)
            });
            committers.insert(key.clone(), Box::new(of_one));
        }
        let mentioned = self
            .mentions
            .all()
            .iter()
            .map(|written| Arc::new(organisation.person(Mention::of(written), settings)));
        self.prepared = Some(Prepared {
            mentioned: mentioned.collect(),
            known_since: program::known_since(&self.operations),
            loads: Loads::default(),
            standings: Standings::default(),
            organisation,
            committers,
        });
        let (standings, loads) = self.standings();
        if let Some(prepared) = &mut self.prepared {
            prepared.standings = standings;
            prepared.loads = loads;
        }
        self.judged = Judged::default();
        self.involved = Involved::default();
        self.surveys = Surveys::default();
    }

    /// Where services stand, and what each person looks after: over all services, so
    /// before any is judged.
    fn standings(&self) -> (Standings, Loads) {
        let Some(prepared) = &self.prepared else {
            return Default::default();
        };
        let outliner = Outliner::new(&self.services, &prepared.organisation, &self.policy);
        let is_known_better = |number| {
            let reference = || self.services.reference(number);
            (!self.operations.is_empty() && self.operations.contains_key(reference()))
                || (!self.places.is_empty()
                    && self
                        .repository_of(reference(), &prepared.committers)
                        .is_some())
        };
        let in_order = self.services.in_order();
        let mut standings = Standings::of(outliner, in_order, is_known_better);
        let known_better = standings.of_their_own().map(|place| in_order.get(place));
        let mut loads = Loads::default();
        for entity in known_better.filter_map(|number| self.services.entity(*number?)) {
            let (steward, mentors) = facts::carriers(&Evidence {
                repository: self.service_repository(&entity, &prepared.committers),
                entity: &entity,
                operations: None,
                loads: None,
                organisation: &prepared.organisation,
                policy: &self.policy,
            });
            if let Some(steward) = steward {
                loads.entry(steward).or_default().services += 1;
            }
            for mentor in mentors {
                loads.entry(mentor).or_default().apprentices += 1;
            }
        }
        let loads = standings.share(loads);
        (standings, loads)
    }

    /// The entity of the service with a ref in lower case.
    fn service(&self, entity_ref: &str) -> Option<Entity> {
        self.services.entity(self.services.find(entity_ref)?)
    }

    fn judged<T>(
        &self,
        entity: &Entity,
        as_of: CivilDate,
        with: impl FnOnce(Report<'_>) -> T,
    ) -> T {
        let gathered = self.gathered(entity);
        with(report(&gathered, &self.policy, as_of))
    }

    fn gathered(&self, entity: &Entity) -> Gathered {
        match &self.prepared {
            Some(prepared) => self.gathered_under(
                entity,
                &self.policy,
                &prepared.organisation,
                &prepared.committers,
            ),
            None => {
                let nobody = Organisation::default();
                self.gathered_under(entity, &self.policy, &nobody, &BTreeMap::new())
            }
        }
    }

    /// What is known of a service; `committers` are those of each repository.
    fn gathered_under(
        &self,
        entity: &Entity,
        policy: &Policy,
        organisation: &Organisation,
        committers: &ByName<Committers>,
    ) -> Gathered {
        facts::gather(&Evidence {
            entity,
            repository: self.service_repository(entity, committers),
            operations: self.service_operations(entity),
            loads: self.prepared.as_ref().map(|prepared| &prepared.loads),
            organisation,
            policy,
        })
    }

    fn service_operations(&self, entity: &Entity) -> Option<ServiceOperations<'_>> {
        if self.operations.is_empty() {
            return None;
        }
        Some(ServiceOperations {
            kept: self.operations.get(&entity.entity_ref.to_string())?,
            people: &self.prepared.as_ref()?.mentioned,
        })
    }

    fn service_repository<'a>(
        &'a self,
        entity: &Entity,
        committers: &'a ByName<Committers>,
    ) -> Option<ServiceRepository<'a>> {
        if self.places.is_empty() {
            return None;
        }
        self.repository_of(&entity.entity_ref.to_string(), committers)
    }

    fn repository_of<'a>(
        &'a self,
        service: &str,
        committers: &'a ByName<Committers>,
    ) -> Option<ServiceRepository<'a>> {
        let place = self.places.get(service)?;
        Some(ServiceRepository {
            repository: self.repositories.get(&place.repository)?,
            directory: &place.directory,
            committers: committers.get(&place.repository)?,
        })
    }
}

fn utf8_paths(listing: &[u8]) -> Vec<&str> {
    let paths = listing.split(|byte| *byte == 0);
    let paths = paths.filter_map(|path| std::str::from_utf8(path).ok());
    paths.filter(|path| !path.is_empty()).collect()
}

fn told(report: &Report<'_>, windows: &Windows) -> Told {
    Told {
        row: v1::render::row(report),
        risk: program::risk_of(report, windows),
        reminders: program::reminders_of(report),
        named: v1::render::assessment(report, Audience::Named),
        counted: v1::render::assessment(report, Audience::Counted),
    }
}

fn result_item(told: Told) -> v1::ResultItem {
    v1::ResultItem {
        csv: csv::row(&told.row),
        named: json(&told.named),
        counted: json(&told.counted),
        row: told.row,
        risk: told.risk,
        reminders: told.reminders,
    }
}

/// The wire's types hold nothing that JSON could not say.
fn json(assessment: &v1::Assessment) -> String {
    serde_json::to_string(assessment).unwrap_or_default()
}

fn day(text: &str) -> Result<CivilDate, Refused> {
    CivilDate::parse(text)
        .ok_or_else(|| Refused(format!("`{text}` is no day of the form YYYY-MM-DD")))
}

fn location(location: SourceLocation) -> v1::SourceLocation {
    match location {
        SourceLocation::Repository {
            url,
            revision,
            directory,
        } => v1::SourceLocation::Repository {
            url,
            revision,
            directory,
        },
        SourceLocation::Folder { path } => v1::SourceLocation::Folder { path },
    }
}
