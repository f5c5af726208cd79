//! What happens when people leave.

use super::assessment::size;
use super::words::render as words;
use crate::facts::SuccessorFact;
use crate::report::{Departure, Departures};
use crate::wire::v1::{self, Audience};
use crate::words::Words;

const SCHEMA: &str = "mentorship/what-if/v1";

pub(super) fn render(departures: &Departures, audience: Audience) -> v1::WhatIf {
    let leaving = departures.leaving.iter().map(|person| v1::Leaver {
        name: person.name.name.clone(),
        entity_ref: person.name.entity_ref.clone(),
    });
    let losses = departures.losses.iter();
    v1::WhatIf {
        schema: SCHEMA.to_owned(),
        as_of: departures.as_of.to_string(),
        audience,
        leaving: match audience {
            Audience::Named => leaving.collect(),
            Audience::Counted => Vec::new(),
        },
        leaving_count: size(departures.leaving.len()),
        due_by: departures.due_by.map(|day| day.to_string()),
        not_known: departures.not_known.clone(),
        services_total: size(departures.services),
        headline: words(&headline(departures), audience),
        services: losses.map(|loss| service(loss, audience)).collect(),
    }
}

fn headline(departures: &Departures) -> Words {
    let people = departures.leaving.iter();
    let due_by = departures.due_by.filter(|_| departures.only_due);
    let who = match due_by {
        Some(day) if departures.leaving.is_empty() => {
            return Words::text("No rotation is due by ").date(day).then(".");
        }
        None if departures.leaving.is_empty() => {
            return Words::text("Nobody who was asked about is known here.");
        }
        // However many they are: names would fill the page.
        Some(day) => Words::text("Without the ")
            .count(
                people.len(),
                "steward whose rotation is",
                "stewards whose rotations are",
            )
            .then(" due by ")
            .date(day),
        None => Words::text("Without ").guarded(people.map(|person| person.name.clone()).collect()),
    };
    match departures.losses.len() {
        0 => who.then(", no service loses anything."),
        losses => who
            .then(", ")
            .count(losses, "service", "services")
            .then(format!(" of {} would lose something.", departures.services)),
    }
}

fn service(loss: &Departure, audience: Audience) -> v1::ServiceLoss {
    let paths = |paths: &[(String, u32)]| {
        let paths = paths.iter();
        paths
            .map(|(path, files)| v1::PathLoss {
                path: path.clone(),
                files: *files,
            })
            .collect()
    };
    v1::ServiceLoss {
        entity_ref: loss.service.entity_ref.to_string(),
        title: loss.service.title.clone(),
        tier: loss.service.tier,
        summary: words(&loss.summary(), audience),
        level_from: loss.level.from.into(),
        level_to: loss.level.to.into(),
        score_from: loss.score.from,
        score_to: loss.score.to,
        bus_factor_from: loss.bus_factor.from,
        bus_factor_to: loss.bus_factor.to,
        verdict_from: loss.verdict.from.into(),
        verdict_to: loss.verdict.to.into(),
        readings: loss
            .readings
            .iter()
            .map(|(name, change)| v1::ReadingLoss {
                name: (*name).into(),
                from: change.from.unwrap_or_default(),
                to: change.to,
            })
            .collect(),
        vacated: loss.vacated.iter().map(|role| (*role).into()).collect(),
        files: loss.orphans.files,
        file_paths: loss.orphans.paths.clone(),
        directories: paths(&loss.orphans.directories),
        critical_paths: paths(&loss.orphans.critical_paths),
        successors: match audience {
            Audience::Named => loss.successors.iter().map(successor).collect(),
            Audience::Counted => Vec::new(),
        },
        successor_count: size(loss.successors.len()),
    }
}

fn successor(successor: &SuccessorFact) -> v1::Successor {
    v1::Successor {
        name: successor.person.name.name.clone(),
        entity_ref: successor.person.name.entity_ref.clone(),
        apprentice: successor.learning.is_some(),
        lost_files: successor.lost_files,
        neighbouring_files: successor.neighbouring_files,
        reason: words(&successor.reason(), Audience::Named),
    }
}
