//! Departure: what one service loses when people leave, the judgement before
//! beside the judgement after.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Level, Report};
use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::facts::{Autonomy, Orphans, RoleFact, Service, SuccessorFact};
use crate::organisation::Person;
use crate::readings::bus_factor::BusFactorVerdict;
use crate::words::Words;
use mentorship_texts::ordering::sort_by_key;

/// Successors named for one service.
const MOST_SUCCESSORS: usize = 5;

/// What a catalog loses when people leave.
#[derive(Debug, Clone, PartialEq)]
pub struct Departures {
    /// The day.
    pub as_of: CivilDate,
    /// Who leaves, each once, in the order asked.
    pub leaving: Vec<Person>,
    /// The last day of the quarter, where every steward leaves whose rotation is due
    /// by then.
    pub due_by: Option<CivilDate>,
    /// Whether nobody was asked about but those stewards.
    pub only_due: bool,
    /// What was asked and means nobody.
    pub not_known: Vec<String>,
    /// How many services there are in all.
    pub services: usize,
    /// What services lose, the worst first.
    pub losses: Vec<Departure>,
}

/// What a service loses.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    /// The service.
    pub service: Service,
    /// The level.
    pub level: Change<Level>,
    /// The score in percent.
    pub score: Change<Option<u8>>,
    /// The headline bus factor.
    pub bus_factor: Change<Option<u32>>,
    /// Its verdict.
    pub verdict: Change<BusFactorVerdict>,
    /// Readings that fall, in the order in which they are shown.
    pub readings: Vec<(FallingReading, Change<Option<u32>>)>,
    /// Roles that nobody holds any more.
    pub vacated: Vec<VacatedRole>,
    /// Files, directories and critical paths without an author.
    pub orphans: Orphans,
    /// Who could take over, best placed first.
    pub successors: Vec<SuccessorFact>,
}

/// A value before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<T> {
    /// Before.
    pub from: T,
    /// After.
    pub to: T,
}

/// A reading of the bus factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FallingReading {
    /// Trained maintainers.
    Declared,
    /// Degree of authorship.
    Authorship,
    /// Recent knowledge.
    Recent,
    /// Contributor absence factor.
    Absence,
}

/// A role that can be vacated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VacatedRole {
    /// The steward.
    Steward,
    /// The backup.
    Backup,
    /// The program owner.
    ProgramOwner,
}

/// Where a service stands, as far as a departure can lower it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    level: Level,
    score: Option<u8>,
    bus_factor: Option<u32>,
    verdict: BusFactorVerdict,
    /// In the order of [`READINGS`].
    readings: [Option<u32>; 4],
    /// Whether somebody holds each of [`ROLES`].
    held: [bool; 3],
}

const READINGS: [FallingReading; 4] = [
    FallingReading::Declared,
    FallingReading::Authorship,
    FallingReading::Recent,
    FallingReading::Absence,
];
const ROLES: [VacatedRole; 3] = [
    VacatedRole::Steward,
    VacatedRole::Backup,
    VacatedRole::ProgramOwner,
];

impl Standing {
    /// Where a report has the service.
    pub fn of(report: &Report<'_>) -> Self {
        let facts = report.case.facts;
        let bus_factor = &report.case.bus_factor;
        let declared = bus_factor.declared.as_ref().map(Vec::len);
        let history = bus_factor.history;
        Self {
            level: report.level,
            score: report.score.and_then(|score| score.percent()),
            bus_factor: bus_factor.value,
            verdict: bus_factor.verdict,
            readings: [
                declared.and_then(|people| u32::try_from(people).ok()),
                history.and_then(|history| history.authorship.value),
                history.and_then(|history| history.recent.value),
                history.and_then(|history| history.absence.value),
            ],
            held: [&facts.stewards, &facts.backups, &facts.program_owners].map(is_held),
        }
    }
}

impl Departure {
    /// What a service loses between where it stood and the judgement without the
    /// leavers, on one day.
    pub fn between(
        before: &Standing,
        after: &Report<'_>,
        orphans: Orphans,
        by_knowledge: Vec<SuccessorFact>,
    ) -> Self {
        let now = Standing::of(after);
        let values = before.readings.into_iter().zip(now.readings);
        let values = values.map(|(from, to)| Change { from, to });
        let held = before.held.into_iter().zip(now.held);
        Self {
            service: after.case.facts.service.clone(),
            level: Change {
                from: before.level,
                to: now.level,
            },
            score: Change {
                from: before.score,
                to: now.score,
            },
            bus_factor: Change {
                from: before.bus_factor,
                to: now.bus_factor,
            },
            verdict: Change {
                from: before.verdict,
                to: now.verdict,
            },
            readings: READINGS
                .into_iter()
                .zip(values)
                .filter(|(_, change)| fell(*change))
                .collect(),
            vacated: ROLES
                .into_iter()
                .zip(held)
                .filter(|(_, (before, now))| *before && !now)
                .map(|(role, _)| role)
                .collect(),
            orphans,
            successors: successors(after, by_knowledge),
        }
    }

    /// Whether the service loses anything.
    pub fn is_a_loss(&self) -> bool {
        self.levels_lost() > 0
            || fell(self.bus_factor)
            || !self.readings.is_empty()
            || !self.vacated.is_empty()
            || self.orphans.files > 0
    }

    /// Orders departures, the worst loss first: levels lost, whoever is left by
    /// the headline, readings fallen, files without an author, and by ref.
    pub fn worst_first(&self, other: &Self) -> Ordering {
        let left = |loss: &Self| loss.bus_factor.to.unwrap_or(u32::MAX);
        other
            .levels_lost()
            .cmp(&self.levels_lost())
            .then_with(|| left(self).cmp(&left(other)))
            .then_with(|| other.readings.len().cmp(&self.readings.len()))
            .then_with(|| other.orphans.files.cmp(&self.orphans.files))
            .then_with(|| self.service.entity_ref.cmp(&other.service.entity_ref))
    }

    /// Only levels on the ladder can be lost; `unknown` and `not-enrolled` lie
    /// beside it.
    fn levels_lost(&self) -> u8 {
        match (self.level.from, self.level.to) {
            (Level::Unknown | Level::NotEnrolled, _) => 0,
            (_, Level::Unknown | Level::NotEnrolled) => 1,
            (from, to) => (from as u8).saturating_sub(to as u8),
        }
    }

    /// The loss in one sentence, without names.
    pub fn summary(&self) -> Words {
        let mut parts: Vec<Words> = Vec::new();
        let roles: Vec<&str> = self.vacated.iter().map(|role| role.noun()).collect();
        if !roles.is_empty() {
            parts.push(Words::text(format!(
                "no {} any more",
                roles.join(" and no ")
            )));
        }
        match self.verdict.to {
            BusFactorVerdict::Orphaned if fell(self.bus_factor) => {
                parts.push(Words::text("nobody left who can run it"));
            }
            BusFactorVerdict::Single if fell(self.bus_factor) => {
                parts.push(Words::text("one person left who can run it"));
            }
            _ => {}
        }
        if self.orphans.files > 0 {
            parts.push(
                Words::default()
                    .count(self.orphans.files, "file", "files")
                    .then(" without an author"),
            );
        }
        if !self.orphans.critical_paths.is_empty() {
            let paths = self.orphans.critical_paths.len();
            parts.push(
                Words::default()
                    .count(paths, "critical path", "critical paths")
                    .then(" among them"),
            );
        }
        if parts.is_empty() {
            parts.push(Words::text("fewer people hold it"));
        }
        let mut all = Words::default();
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                all = all.then(", ");
            }
            all = all.and(part);
        }
        all.then(".")
    }
}

impl VacatedRole {
    /// What the role is called in a sentence.
    fn noun(self) -> &'static str {
        match self {
            Self::Steward => "steward",
            Self::Backup => "backup",
            Self::ProgramOwner => "program owner",
        }
    }
}

impl SuccessorFact {
    /// Why this person, in one sentence.
    pub fn reason(&self) -> Words {
        let words = match self.learning {
            Some(Some(Autonomy::Guided)) => Words::text("is learning it, guided"),
            Some(Some(Autonomy::Supervised)) => Words::text("is learning it, supervised"),
            Some(Some(Autonomy::Independent)) => Words::text("works on it independently"),
            Some(Some(Autonomy::Leading)) => Words::text("leads on it"),
            Some(None) => Words::text("is learning it"),
            None => Words::default(),
        };
        let joint = if self.learning.is_some() { "; " } else { "" };
        match (self.lost_files, self.neighbouring_files) {
            (0, 0) if self.learning.is_some() => words,
            (0, 0) => Words::text("knows other files of it"),
            (0, beside) => words
                .then(format!("{joint}has changed "))
                .count(beside, "file", "files")
                .then(" beside"),
            (lost, _) => {
                let words = words
                    .then(format!("{joint}has changed "))
                    .number(lost, "of those files");
                // Tells why somebody comes before others who have changed more.
                match self.lost_files_lately {
                    0 => words,
                    all if all == lost => words.then(" lately"),
                    some => words.then(", ").number(some, "of them").then(" lately"),
                }
            }
        }
    }
}

fn fell(change: Change<Option<u32>>) -> bool {
    matches!((change.from, change.to), (Some(from), Some(to)) if to < from)
        || matches!((change.from, change.to), (Some(from), None) if from > 0)
}

fn is_held(holders: &Collected<Vec<RoleFact>>) -> bool {
    let mut holders = holders.value().into_iter().flatten();
    holders.any(|holder| !holder.person.left)
}

/// Apprentices first, the furthest along first, then whoever knows most of what
/// is lost and around it.
fn successors(after: &Report<'_>, by_knowledge: Vec<SuccessorFact>) -> Vec<SuccessorFact> {
    let mut apprentices: Vec<SuccessorFact> = after
        .case
        .mentorship
        .apprenticeships
        .iter()
        .filter(|one| !one.facts.apprentice.left)
        .map(|one| {
            let identity = one.facts.apprentice.identity();
            let known = by_knowledge
                .iter()
                .find(|other| other.person.identity() == identity);
            SuccessorFact {
                person: one.facts.apprentice.clone(),
                learning: Some(one.facts.autonomy),
                lost_files: known.map_or(0, |known| known.lost_files),
                lost_files_lately: known.map_or(0, |known| known.lost_files_lately),
                neighbouring_files: known.map_or(0, |known| known.neighbouring_files),
            }
        })
        .collect();
    // Stable: of one rung the one who began first.
    sort_by_key(&mut apprentices, |one| {
        std::cmp::Reverse((one.learning, one.lost_files))
    });
    let mut seen = BTreeSet::new();
    apprentices
        .into_iter()
        .chain(by_knowledge)
        .filter(|one| seen.insert(one.person.identity().to_owned()))
        .take(MOST_SUCCESSORS)
        .collect()
}
