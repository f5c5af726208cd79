//! Knowledge: the history's readings of the service's directory, with people
//! mapped to users and leavers struck.

use std::collections::BTreeSet;

use super::{Evidence, map};
use crate::evidence::Collected;
use crate::facts::{HistoryReading, Holder, KnowledgeFacts};
use crate::knowledge::{History, Person as Committer, Reading, Scope};
use crate::organisation::{Mention, Organisation, Person};
use crate::policy::PeopleSettings;

pub(super) fn gather(evidence: &Evidence<'_>) -> Collected<KnowledgeFacts> {
    let Some(place) = evidence.repository else {
        return Collected::NotCollected;
    };
    map(&place.repository.history(), |history| {
        let scope = match place.directory {
            "" => Scope::Repository,
            directory => Scope::Subtree(directory),
        };
        let people = place.people;
        let leavers: BTreeSet<&str> = history
            .people()
            .iter()
            .zip(people)
            .filter(|(_, person)| person.left)
            .map(|(committer, _)| committer.key.as_str())
            .collect();
        let left = |committer: &Committer| leavers.contains(committer.key.as_str());
        let readings = history.readings(&scope, &left);
        KnowledgeFacts {
            authorship: reading(&readings.authorship, people),
            recent: reading(&readings.recent, people),
            absence: reading(&readings.absence, people),
        }
    })
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
    mapped(committer, organisation, settings).name.entity_ref
}

fn mapped(committer: &Committer, organisation: &Organisation, settings: &PeopleSettings) -> Person {
    let by_address = committer
        .emails
        .iter()
        .map(|email| organisation.person(Mention::Email(email), settings))
        .find(|person| person.name.entity_ref.is_some() || person.left);
    let by_name = || {
        let name = committer.name.to_lowercase();
        settings
            .aliases
            .get(&name)
            .map(|alias| organisation.person(Mention::Ref(alias), settings))
    };
    by_address.or_else(by_name).unwrap_or_else(|| {
        let mut person = organisation.person(Mention::Name(&committer.name), settings);
        // A name alone, without an address that says so, is shown as it is.
        person.name.entity_ref = None;
        person.name.name.clone_from(&committer.name);
        person
    })
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
        remarks: vec![
            format!("files: {}", reading.filter_version),
            format!("renames: {}", reading.rename_mode),
        ],
    }
}
