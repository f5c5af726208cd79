//! Knowledge: the history's readings of the service's directory, with people
//! mapped to users and leavers struck.

use std::collections::BTreeMap;

use super::{Evidence, count};
use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::facts::{
    BotFact, CriticalReadings, HistoryReading, Holder, KnowledgeFacts, MergeFact, SingleHolderFact,
};
use crate::knowledge::{History, Person as Committer, PersonId, Reading, Readings, Scope};
use crate::organisation::{Mention, Organisation, Person};
use crate::policy::PeopleSettings;
use crate::words::PersonName;
use mentorship_texts::ordering::sort_by;

pub(super) fn gather(evidence: &Evidence<'_>) -> Collected<KnowledgeFacts> {
    let Some(place) = evidence.repository else {
        return Collected::NotCollected;
    };
    place.repository.history().map(|history| {
        let scope = match place.directory {
            "" => Scope::Repository,
            directory => Scope::Subtree(directory),
        };
        let people = place.people;
        let left = those_who(people, &|person| person.left);
        let readings = history.readings(&scope, &left);
        let gone_or_unknown = those_who(people, &|person| {
            person.left || person.name.entity_ref.is_none()
        });
        let participants = history.participants(&scope);
        let taking_part = participants.iter().filter_map(|&(id, latest)| {
            let latest = CivilDate::from_unix_seconds(latest);
            Some((person(people, id)?, latest))
        });
        let mut observed = BTreeMap::new();
        for (person, latest) in taking_part.clone() {
            let identity = person.identity().to_owned();
            let known = observed.entry(identity).or_insert(latest);
            *known = latest.max(*known);
        }
        let settings = &evidence.policy.people;
        KnowledgeFacts {
            authorship: reading(&readings.authorship, people),
            recent: reading(&readings.recent, people),
            absence: reading(&readings.absence, people),
            single_holders: history
                .single_holders(&scope, &left)
                .into_iter()
                .filter_map(|single| {
                    Some(SingleHolderFact {
                        directory: single.directory,
                        files: single.files,
                        person: person(people, single.person)?.clone(),
                    })
                })
                .collect(),
            held_by_unknown: history.files_held_by(&scope, &gone_or_unknown),
            departures_known: evidence.organisation.is_known() || !settings.left.is_empty(),
            observed,
            unmapped: count(
                taking_part
                    .filter(|(person, _)| person.name.entity_ref.is_none() && !person.left)
                    .count(),
            ),
            merges: merges(history, people, &readings),
            bots: bots(history),
        }
    })
}

/// The readings of exactly these files; `None` without files or history.
pub(super) fn of_files<'f>(
    evidence: &Evidence<'_>,
    files: impl Iterator<Item = &'f str>,
) -> Option<CriticalReadings> {
    let place = evidence.repository?;
    let history = place.repository.history();
    let history = history.value()?;
    let files: Vec<&str> = files.collect();
    if files.is_empty() {
        return None;
    }
    let left = those_who(place.people, &|person| person.left);
    let readings = history.readings(&Scope::Files(&files), &left);
    Some(CriticalReadings {
        authorship: reading(&readings.authorship, place.people),
        recent: reading(&readings.recent, place.people),
        absence: reading(&readings.absence, place.people),
    })
}

/// Says of somebody of a history whether `is` holds of who they are among
/// `people`, the history's in its order.
pub fn those_who<'p>(
    people: &'p [Person],
    is: &'p dyn Fn(&Person) -> bool,
) -> impl Fn(&Committer) -> bool + 'p {
    move |committer| person(people, committer.id).is_some_and(is)
}

fn person(people: &[Person], id: PersonId) -> Option<&Person> {
    people.get(usize::try_from(id).ok()?)
}

/// The merges of those who hold something, by person.
fn merges(history: &History, people: &[Person], readings: &Readings) -> Vec<MergeFact> {
    let readings = [&readings.authorship, &readings.recent, &readings.absence];
    let mut holds = vec![false; people.len()];
    for holder in readings.iter().flat_map(|reading| &reading.people) {
        let place = usize::try_from(holder.person).ok();
        if let Some(holds) = place.and_then(|place| holds.get_mut(place)) {
            *holds = true;
        }
    }
    let mut merges = Vec::new();
    let holders = history.people().iter().zip(people).zip(holds);
    // What somebody who asked to be forgotten was called is nothing to show.
    for ((committer, person), _) in holders.filter(|((_, person), holds)| *holds && !person.erased)
    {
        merges.extend(committer.merged_from.iter().map(|merge| MergeFact {
            person: person.clone(),
            name: merge.name.clone(),
            reason: merge.reason.as_str(),
        }));
    }
    sort_by(&mut merges, Ord::cmp);
    merges.dedup();
    merges
}

fn bots(history: &History) -> Vec<BotFact> {
    let people = history.people().iter();
    let mut bots: Vec<BotFact> = people
        .filter_map(|committer| {
            Some(BotFact {
                name: committer.name.clone(),
                reason: committer.bot.clone()?,
            })
        })
        .collect();
    sort_by(&mut bots, Ord::cmp);
    bots.dedup();
    bots
}

/// The people of a history in its order, each mapped to a user where one of
/// their addresses, or an alias of the policy, says who it is.
pub fn people_of(
    history: &History,
    organisation: &Organisation,
    settings: &PeopleSettings,
) -> Vec<Person> {
    history
        .people()
        .iter()
        .map(|committer| mapped(committer, organisation, settings))
        .collect()
}

/// The User behind somebody of a history, for [`History::unite`].
pub fn user_of(
    committer: &Committer,
    organisation: &Organisation,
    settings: &PeopleSettings,
) -> Option<String> {
    let person = mapped(committer, organisation, settings);
    let name = person.name;
    // All that somebody erased wrote stays one person's.
    if person.erased {
        Some(name.name.clone())
    } else {
        name.entity_ref.clone()
    }
}

fn mapped(committer: &Committer, organisation: &Organisation, settings: &PeopleSettings) -> Person {
    // Of several addresses the first that maps says who it is; any may say that
    // the person has left.
    let mut by_address: Option<Person> = None;
    let mut left = false;
    for email in &committer.emails {
        let person = organisation.person(Mention::Email(email), settings);
        if person.erased {
            return person;
        }
        left |= person.left;
        if by_address.is_none() && person.name.entity_ref.is_some() {
            by_address = Some(person);
        }
    }
    let by_name = || {
        let name = committer.name.to_lowercase();
        settings
            .aliases
            .get(&name)
            .map(|alias| organisation.person(Mention::Ref(alias), settings))
    };
    let mut person = by_address.or_else(by_name).unwrap_or_else(|| {
        let mut person = organisation.person(Mention::Name(&committer.name), settings);
        if person.erased {
            return person;
        }
        // A name alone, without an address that says so, proves nothing.
        person.name = PersonName::new(committer.name.clone(), None);
        person
    });
    person.left |= left;
    if person.name.entity_ref.is_none() && !person.erased {
        // Who maps to nobody is shown as the commits write them, not by address.
        person.name = PersonName::new(committer.name.clone(), None);
    }
    person
}

fn reading(reading: &Reading, people: &[Person]) -> HistoryReading {
    let holders = reading.people.iter().filter_map(|holder| {
        Some(Holder {
            person: people.get(usize::try_from(holder.person).ok()?)?.clone(),
            files: holder.files,
            share: holder.share,
        })
    });
    HistoryReading {
        value: reading.bus_factor,
        as_published: reading.as_published,
        holders: holders.collect(),
        counted: reading.files.counted,
        excluded: reading
            .files
            .excluded
            .iter()
            .map(|(reason, files)| (reason.as_str().to_owned(), *files))
            .collect(),
        orphaned: reading.files.orphaned,
        coverage: reading.coverage,
        filter_version: reading.filter_version,
        rename_mode: reading.rename_mode,
        last_commit: CivilDate::from_unix_seconds(reading.last_commit),
    }
}
