//! Knowledge: the history's readings of the service's directory, with people
//! mapped to users and leavers struck.

use super::committers::Committers;
use super::{Evidence, count};
use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::facts::{
    CriticalReadings, HistoryReading, Holder, KnowledgeFacts, MergeFact, SingleHolderFact,
};
use crate::knowledge::{Reading, Readings, Scope};
use crate::organisation::Person;
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
        let committers = place.committers;
        let left = committers.left();
        let readings = history.readings(&scope, left);
        let participants = history.participants(&scope).into_iter();
        let observed = participants.filter_map(|(id, latest)| {
            let latest = CivilDate::from_unix_seconds(latest);
            Some((committers.person(id)?.clone(), latest))
        });
        let observed: Vec<(Person, CivilDate)> = observed.collect();
        let settings = &evidence.policy.people;
        KnowledgeFacts {
            authorship: reading(&readings.authorship, committers),
            recent: reading(&readings.recent, committers),
            absence: reading(&readings.absence, committers),
            single_holders: history
                .single_holders(&scope, left)
                .into_iter()
                .filter_map(|single| {
                    Some(SingleHolderFact {
                        directory: single.directory,
                        files: single.files,
                        person: committers.person(single.person)?.clone(),
                    })
                })
                .collect(),
            held_by_unknown: history.files_held_by(&scope, committers.gone_or_unknown()),
            departures_known: evidence.organisation.is_known() || !settings.left.is_empty(),
            unmapped: {
                let people = observed.iter().map(|(person, _)| person);
                count(
                    people
                        .filter(|person| person.name.entity_ref.is_none() && !person.left)
                        .count(),
                )
            },
            observed,
            merges: merges(committers, &readings),
            bots: committers.bots(),
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
    let readings = history.readings(&Scope::Files(&files), place.committers.left());
    Some(CriticalReadings {
        authorship: reading(&readings.authorship, place.committers),
        recent: reading(&readings.recent, place.committers),
        absence: reading(&readings.absence, place.committers),
    })
}

/// The merges of those who hold something, by person.
fn merges(committers: &Committers, readings: &Readings) -> Vec<MergeFact> {
    let readings = [&readings.authorship, &readings.recent, &readings.absence];
    let mut holders = Vec::new();
    for reading in readings {
        holders.extend(reading.people.iter().map(|holder| holder.person));
    }
    holders.sort_unstable();
    holders.dedup();
    let holders = holders.into_iter();
    let mut merges: Vec<MergeFact> = holders
        .flat_map(|holder| committers.merges_of(holder))
        .collect();
    sort_by(&mut merges, Ord::cmp);
    merges.dedup();
    merges
}

fn reading(reading: &Reading, committers: &Committers) -> HistoryReading {
    let holders = reading.people.iter().filter_map(|holder| {
        Some(Holder {
            person: committers.person(holder.person)?.clone(),
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
