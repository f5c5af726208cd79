//! What if: the judgement of those services again that leavers have a part in,
//! and of no others.

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, Prepared, Refused, day};
use crate::civil_date::CivilDate;
use crate::evidence::catalog::Entity;
use crate::facts::Leaving;
use crate::organisation::{Mention, Organisation, Person};
use crate::policy::Policy;
use crate::report::{Departure, Departures, Report, Standing, report};
use crate::wire::v1::{self, Audience};
use mentorship_texts::ordering::sort_by;

/// Who has a part in which service, a role or a place in a reading, and where the
/// service stands. Nobody else can make a service lose anything by leaving.
#[derive(Debug, Default)]
pub(super) struct Involved {
    /// The day that services stand as of.
    as_of: Option<CivilDate>,
    /// A number for each identity.
    numbers: BTreeMap<String, u32>,
    by_service: BTreeMap<String, Part>,
}

#[derive(Debug)]
struct Part {
    people: Box<[u32]>,
    standing: Standing,
}

impl Involved {
    /// Notes what a judgement said.
    pub(super) fn note(&mut self, report: &Report<'_>) {
        if self.as_of != Some(report.case.as_of) {
            self.as_of = Some(report.case.as_of);
            self.by_service.clear();
        }
        let facts = report.case.facts;
        let identities = facts.people_involved().into_iter();
        let numbers = identities.map(|identity| {
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            *self.numbers.entry(identity).or_insert(next)
        });
        let part = Part {
            people: numbers.collect(),
            standing: Standing::of(report),
        };
        self.by_service
            .insert(facts.service.entity_ref.to_string(), part);
    }

    fn knows(&self, service: &str, as_of: CivilDate) -> bool {
        self.as_of == Some(as_of) && self.by_service.contains_key(service)
    }

    fn parts_of(&self, leaving: &BTreeSet<u32>) -> impl Iterator<Item = (&str, &Standing)> {
        let parts = self.by_service.iter();
        parts
            .filter(|(_, part)| part.people.iter().any(|person| leaving.contains(person)))
            .map(|(service, part)| (service.as_str(), &part.standing))
    }
}

impl Engine {
    /// What every service loses when people leave. They are named by entity ref,
    /// `@handle`, e-mail address, or as a history writes them; who is no user
    /// and in no service is told in the answer.
    ///
    /// The first answer after evidence changed costs as much as a judgement of
    /// all services, unless [`Self::results`] made one; the next cost as much as
    /// the services that the leavers have a part in.
    ///
    /// # Errors
    /// Where `as_of` is no day.
    pub fn what_if(
        &mut self,
        leaving: &[String],
        as_of: &str,
        audience: Audience,
    ) -> Result<v1::WhatIf, Refused> {
        let as_of = day(as_of)?;
        self.prepare();
        self.find_involved(as_of);
        let departures = self.departures(leaving, as_of);
        Ok(v1::render::what_if(&departures, audience))
    }

    /// Judges the services that were not judged as of this day since the evidence
    /// changed.
    fn find_involved(&mut self, as_of: CivilDate) {
        let mut involved = std::mem::take(&mut self.involved);
        for (service, entity) in &self.services {
            if !involved.knows(service, as_of) {
                self.judged(entity, as_of, |report| involved.note(&report));
            }
        }
        self.involved = involved;
    }

    fn departures(&self, asked: &[String], as_of: CivilDate) -> Departures {
        let mut departures = Departures {
            as_of,
            leaving: Vec::new(),
            not_known: Vec::new(),
            services: self.services.len(),
            losses: Vec::new(),
        };
        let Some(prepared) = &self.prepared else {
            return departures;
        };
        let mut numbers = BTreeSet::new();
        let mut left = self.policy.people.left.clone();
        let mut identities = BTreeSet::new();
        for written in asked {
            let person = named(written, &prepared.organisation, &self.policy);
            let identity = person.identity();
            let number = self.involved.numbers.get(&identity);
            let is_user = person.name.entity_ref.is_some() && !person.left;
            if number.is_none() && !is_user {
                departures.not_known.push(written.clone());
            } else if identities.insert(identity.clone()) {
                numbers.extend(number);
                left.insert(identity);
                departures.leaving.push(person);
            }
        }
        let mut policy = self.policy.clone();
        policy.people.left = left;
        let without = self.without(prepared, &identities, &numbers);
        let leave = Leave {
            policy: &policy,
            people: &without,
            identities: &identities,
        };
        for (service, standing) in self.involved.parts_of(&numbers) {
            if let Some(entity) = self.services.get(service) {
                let loss = self.departure(entity, standing, &leave, as_of);
                departures.losses.extend(loss.filter(Departure::is_a_loss));
            }
        }
        sort_by(&mut departures.losses, Departure::worst_first);
        departures
    }

    fn departure(
        &self,
        entity: &Entity,
        standing: &Standing,
        leave: &Leave<'_>,
        as_of: CivilDate,
    ) -> Option<Departure> {
        let organisation = &self.prepared.as_ref()?.organisation;
        let after = self.facts_under(entity, leave.policy, organisation, leave.people);
        let is_leaving = |person: &Person| leave.identities.contains(&person.identity());
        let (orphans, by_knowledge) = match self.service_repository(entity, leave.people) {
            Some(place) => {
                let is_leaving = &is_leaving;
                Leaving { place, is_leaving }.loses(&after)
            }
            None => Default::default(),
        };
        let report = report(&after, leave.policy, as_of);
        Some(Departure::between(standing, &report, orphans, by_knowledge))
    }

    /// The people of the repositories that leavers have a part in, with the
    /// leavers marked.
    fn without(
        &self,
        prepared: &Prepared,
        identities: &BTreeSet<String>,
        numbers: &BTreeSet<u32>,
    ) -> BTreeMap<String, Vec<Person>> {
        let mut marked: BTreeMap<String, Vec<Person>> = BTreeMap::new();
        for (service, _) in self.involved.parts_of(numbers) {
            let Some(place) = self.places.get(service) else {
                continue;
            };
            let Some(people) = prepared.people.get(&place.repository) else {
                continue;
            };
            if !marked.contains_key(&place.repository) {
                let mut people = people.clone();
                for person in &mut people {
                    person.left |= identities.contains(&person.identity());
                }
                marked.insert(place.repository.clone(), people);
            }
        }
        marked
    }
}

/// The world without those who leave.
struct Leave<'a> {
    /// The policy with the leavers in its list.
    policy: &'a Policy,
    /// The people of the repositories concerned, with the leavers marked.
    people: &'a BTreeMap<String, Vec<Person>>,
    identities: &'a BTreeSet<String>,
}

/// Whom a text names: an entity ref, `@handle`, an address, else a name.
fn named(written: &str, organisation: &Organisation, policy: &Policy) -> Person {
    let written = written.trim();
    let person = |mention| organisation.person(mention, &policy.people);
    if let Some(handle) = written.strip_prefix('@') {
        return person(Mention::Handle(handle));
    }
    if written.contains('@') {
        return person(Mention::Email(written));
    }
    if written.contains([':', '/']) {
        return person(Mention::Ref(written));
    }
    person(Mention::Name(written))
}
