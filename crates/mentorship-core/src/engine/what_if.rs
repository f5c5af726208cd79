//! What if: the judgement of those services again that leavers have a part in,
//! and of no others.

use std::collections::{BTreeMap, BTreeSet};

use super::{Engine, Prepared, Refused, day};
use crate::civil_date::CivilDate;
use crate::evidence::catalog::{Entity, EntityRef};
use crate::facts::{Committers, Leaving, ServiceRepository};
use crate::organisation::{Mention, Organisation, Person};
use crate::policy::Policy;
use crate::report::{Departure, Departures, Report, Standing, report};
use crate::wire::v1;
use mentorship_texts::by_name::ByName;
use mentorship_texts::ordering::{sort_by, sort_by_key};

/// Fewest people of whom something may be said to those who may not see names.
const SMALLEST_GROUP: usize = 5;

/// Who has a part in which service, a role or a place in a reading, and where the
/// service stands. Nobody else can make a service lose anything by leaving.
#[derive(Debug, Default)]
pub(super) struct Involved {
    /// The day that services stand as of.
    as_of: Option<CivilDate>,
    /// A number for each identity.
    numbers: BTreeMap<String, u32>,
    by_service: ByName<Part>,
}

#[derive(Debug)]
struct Part {
    people: Box<[u32]>,
    standing: Standing,
    /// The steward, where the rotation is open or overdue, and the day it is due.
    to_hand_over: Option<Box<(Person, CivilDate)>>,
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
            to_hand_over: {
                let due = report.stewardship.rotation.to_hand_over();
                due.map(|(steward, due)| Box::new((steward.clone(), due)))
            },
        };
        self.by_service
            .insert(facts.service.entity_ref.to_string(), Box::new(part));
    }

    fn knows(&self, service: &str, as_of: CivilDate) -> bool {
        self.as_of == Some(as_of) && self.by_service.contains_key(service)
    }

    /// Stewards whose rotation is due by a day, each once, whose is due first leading.
    fn stewards_due(&self, by: CivilDate, takes_part: impl Fn(&str) -> bool) -> Vec<Person> {
        let parts = self.by_service.iter();
        let mut due: Vec<&(Person, CivilDate)> = parts
            .filter(|(service, _)| takes_part(service))
            .filter_map(|(_, part)| part.to_hand_over.as_deref())
            .filter(|(_, due)| *due <= by)
            .collect();
        sort_by_key(&mut due, |(_, due)| *due);
        let mut seen = BTreeSet::new();
        let stewards = due.into_iter().map(|(steward, _)| steward);
        stewards
            .filter(|steward| seen.insert(steward.identity()))
            .cloned()
            .collect()
    }

    fn parts_of(&self, leaving: &[u32]) -> impl Iterator<Item = (&str, &Standing)> {
        let mut leaves = vec![false; self.numbers.len()];
        for &number in leaving {
            if let Some(leaves) = leaves.get_mut(number as usize) {
                *leaves = true;
            }
        }
        let leaves = move |&number: &u32| leaves.get(number as usize) == Some(&true);
        let parts = self.by_service.iter();
        parts
            .filter(move |(_, part)| part.people.iter().any(&leaves))
            .map(|(service, part)| (service.as_str(), &part.standing))
    }
}

impl Engine {
    /// What every service loses when people leave. Who is no user and in no
    /// service is told in the answer.
    ///
    /// The first answer after evidence changed costs as much as a judgement of
    /// all services, unless [`Self::results`] made one; the next cost as much as
    /// the services that the leavers have a part in.
    ///
    /// # Errors
    /// Where `asOf` is no day; where only groups may be asked about and something
    /// else is, or a group of too few people; where they ask about stewards whose
    /// rotation is due, and there are too few.
    pub fn what_if(&mut self, question: &v1::WhatIfQuestion) -> Result<v1::WhatIf, Refused> {
        let as_of = day(&question.as_of)?;
        self.prepare();
        if question.groups_only {
            self.require_groups(&question.leaves)?;
        }
        self.find_involved(as_of);
        let among = question.among.as_ref().map(|refs| {
            let mut among = BTreeSet::new();
            for service in refs {
                among.insert(service.as_str());
            }
            among
        });
        let due_by = question.due_this_quarter.then(|| as_of.end_of_quarter());
        let takes_part = |service: &str| among.as_ref().is_none_or(|among| among.contains(service));
        let stewards = due_by.map(|day| self.involved.stewards_due(day, takes_part));
        let stewards = stewards.unwrap_or_default();
        if question.groups_only && (1..SMALLEST_GROUP).contains(&stewards.len()) {
            return Err(Refused(format!(
                "fewer than {SMALLEST_GROUP} stewards have a rotation that is due this quarter, and nothing is said of so few to readers who may not see names; ask for the permission `mentorship.people.read`"
            )));
        }
        let leaving = self.leaving(&question.leaves, stewards);
        let mut departures = self.departures(leaving, as_of, takes_part);
        departures.due_by = due_by;
        departures.only_due = question.leaves.is_empty();
        Ok(v1::render::what_if(&departures, question.audience))
    }

    fn require_groups(&self, leaves: &[String]) -> Result<(), Refused> {
        for written in leaves {
            let people = match (group(written), &self.prepared) {
                (Some(group), Some(prepared)) => prepared.organisation.members(&group).len(),
                _ => 0,
            };
            if people < SMALLEST_GROUP {
                return Err(Refused(format!(
                    "`{written}` is no group of at least {SMALLEST_GROUP} people, and nothing is said of fewer to readers who may not see names; ask about a larger group, or for the permission `mentorship.people.read`"
                )));
            }
        }
        Ok(())
    }

    /// Judges the services that were not judged as of this day since the evidence
    /// changed.
    fn find_involved(&mut self, as_of: CivilDate) {
        let mut involved = std::mem::take(&mut self.involved);
        for &number in self.services.in_order() {
            if !involved.knows(self.services.reference(number), as_of)
                && let Some(entity) = self.services.entity(number)
            {
                self.judged(&entity, as_of, |report| involved.note(&report));
            }
        }
        self.involved = involved;
    }

    /// Who leaves: the stewards, and whoever was asked about.
    fn leaving(&self, asked: &[String], stewards: Vec<Person>) -> Asked {
        let mut found = Asked::default();
        let Some(prepared) = &self.prepared else {
            return found;
        };
        for steward in stewards {
            let number = self.involved.numbers.get(steward.identity());
            found.add(number.copied(), steward);
        }
        let number_of = |person: &Person| self.involved.numbers.get(person.identity());
        let is_known = |person: &Person| {
            let is_user = person.name.entity_ref.is_some() && !person.left;
            is_user || number_of(person).is_some()
        };
        for written in asked {
            let mut people = named(written, &prepared.organisation, &self.policy);
            if people.iter().all(|person| person.name.entity_ref.is_none()) {
                people.extend(self.known_to_repositories(written, prepared));
            }
            people.retain(is_known);
            if people.is_empty() {
                found.not_known.push(written.clone());
            }
            for person in people {
                found.add(number_of(&person).copied(), person);
            }
        }
        found
    }

    /// Whom a login or an address means that no User has: whose handle carries a role, who
    /// commits so, or is named beside it in a file. Where repositories mean several people,
    /// all of them.
    fn known_to_repositories(&self, written: &str, prepared: &Prepared) -> Vec<Person> {
        let (organisation, settings) = (&prepared.organisation, &self.policy.people);
        let roles = self.policy.role_handles.patterns();
        let mut login = written.trim().trim_start_matches('@');
        let mut people = Vec::new();
        if let Some((_, person)) = roles.of_login(login) {
            login = person;
            people.push(organisation.person(Mention::Handle(login), settings));
        }
        for (key, repository) in &self.repositories {
            let Some(committers) = prepared.committers.get(key) else {
                continue;
            };
            let place = ServiceRepository {
                repository,
                directory: "",
                committers,
            };
            let by_login = place.whom(login, None, organisation, settings);
            people.extend(by_login.or_else(|| {
                let mut history = repository.history().value()?.people().iter();
                let address = login.to_lowercase();
                let author = history.find(|one| one.emails.contains(&address))?;
                committers.person(author.id).cloned()
            }));
        }
        people
    }

    fn departures(
        &self,
        asked: Asked,
        as_of: CivilDate,
        takes_part: impl Fn(&str) -> bool,
    ) -> Departures {
        let Asked {
            people,
            identities,
            numbers,
            not_known,
        } = asked;
        let mut departures = Departures {
            as_of,
            leaving: people,
            due_by: None,
            only_due: false,
            not_known,
            services: {
                let services = self.services.in_order().iter();
                let services = services.map(|&number| self.services.reference(number));
                services.filter(|service| takes_part(service)).count()
            },
            losses: Vec::new(),
        };
        let Some(prepared) = &self.prepared else {
            return departures;
        };
        let mut policy = self.policy.clone();
        policy.people.left.extend(identities.iter().cloned());
        let without = self.without(prepared, &identities, &numbers);
        let leave = Leave {
            policy: &policy,
            organisation: &prepared.organisation,
            committers: &without,
            before: &prepared.committers,
        };
        for (service, standing) in self.involved.parts_of(&numbers) {
            if !takes_part(service) {
                continue;
            }
            if let Some(entity) = self.service(service) {
                let loss = self.departure(&entity, standing, &leave, as_of);
                departures
                    .losses
                    .extend(Some(loss).filter(Departure::is_a_loss));
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
    ) -> Departure {
        let after = self.gathered_under(entity, leave.policy, leave.organisation, leave.committers);
        let place = self.service_repository(entity, leave.committers);
        let before = self.service_repository(entity, leave.before);
        let (orphans, by_knowledge) = match (place, before) {
            (Some(place), Some(before)) => {
                let before = before.committers;
                Leaving { place, before }.loses(&after.facts)
            }
            _ => Default::default(),
        };
        let report = report(&after, leave.policy, as_of);
        Departure::between(standing, &report, orphans, by_knowledge)
    }

    /// The people of the repositories that leavers have a part in, with the
    /// leavers marked.
    fn without(
        &self,
        prepared: &Prepared,
        identities: &BTreeSet<String>,
        numbers: &[u32],
    ) -> ByName<Committers> {
        let mut marked: ByName<Committers> = ByName::new();
        for (service, _) in self.involved.parts_of(numbers) {
            let Some(place) = self.places.get(service) else {
                continue;
            };
            let Some(committers) = prepared.committers.get(&place.repository) else {
                continue;
            };
            if !marked.contains_key(&place.repository) {
                let without = Box::new(committers.without(identities));
                marked.insert(place.repository.clone(), without);
            }
        }
        marked
    }
}

/// Who leaves, each once, in the order asked.
#[derive(Default)]
struct Asked {
    people: Vec<Person>,
    identities: BTreeSet<String>,
    /// The numbers of those who have a part in a service.
    numbers: Vec<u32>,
    /// What was asked and means nobody.
    not_known: Vec<String>,
}

impl Asked {
    fn add(&mut self, number: Option<u32>, person: Person) {
        if self.identities.insert(person.identity().to_owned()) {
            self.numbers.extend(number);
            self.people.push(person);
        }
    }
}

/// The world without those who leave.
struct Leave<'a> {
    /// The policy with the leavers in its list.
    policy: &'a Policy,
    organisation: &'a Organisation,
    /// The people of the repositories concerned, with the leavers marked.
    committers: &'a ByName<Committers>,
    /// The same as they are.
    before: &'a ByName<Committers>,
}

/// Whom a text names: an entity ref of a user or a group, `@handle`, an address,
/// else a name. A group without anybody names nobody.
fn named(written: &str, organisation: &Organisation, policy: &Policy) -> Vec<Person> {
    let written = written.trim();
    let person = |mention: Mention<'_>| organisation.person(mention, &policy.people);
    if let Some(group) = group(written) {
        let mut people = Vec::new();
        for member in organisation.members(&group) {
            people.push(person(Mention::Ref(&member.to_string())));
        }
        return people;
    }
    vec![person(Mention::of(written))]
}

fn group(written: &str) -> Option<EntityRef> {
    EntityRef::parse(written.trim(), "user").filter(|named| named.kind == "group")
}
