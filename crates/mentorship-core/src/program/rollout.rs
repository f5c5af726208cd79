//! The two-week rollout: eight steps, ticked by evidence where evidence can, and
//! confirmed by the program owner where it cannot.

use super::bus_factor_index::TOP;
use super::measure::Measure;
use super::survey::Survey;
use super::{Decided, count};
use crate::civil_date::CivilDate;
use crate::policy::{Policy, Source};
use mentorship_texts::by_name::ByName;

/// Services that the program starts with.
pub(super) const FIRST_SERVICES: usize = 5;

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepId {
    /// The ten services with most incidents are known.
    Inventory,
    /// The first five have a steward and a program owner.
    Roles,
    /// The first five have a plan, an owners file and a runbook.
    Assets,
    /// Rituals are in the calendar.
    Rituals,
    /// The first five have two apprentices each with a plan.
    Apprentices,
    /// The measures have a baseline.
    Baselines,
    /// One risky change was made in pairs.
    PairedChange,
    /// The two weeks were reviewed.
    Review,
}

/// A step and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub id: StepId,
    /// How far.
    pub progress: Progress,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Evidence tells: so many of so many.
    Counted {
        /// Done.
        done: u32,
        /// Of how many; 0 where there is nothing to do it on yet.
        of: u32,
    },
    /// Evidence cannot tell; whether and when the program owner confirmed it.
    Confirmed(Option<Option<CivilDate>>),
}

impl StepId {
    /// All of them in their order.
    pub const ALL: [Self; 8] = [
        Self::Inventory,
        Self::Roles,
        Self::Assets,
        Self::Rituals,
        Self::Apprentices,
        Self::Baselines,
        Self::PairedChange,
        Self::Review,
    ];

    /// The public id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inventory => "inventory",
            Self::Roles => "roles",
            Self::Assets => "assets",
            Self::Rituals => "rituals",
            Self::Apprentices => "apprentices",
            Self::Baselines => "baselines",
            Self::PairedChange => "paired-change",
            Self::Review => "review",
        }
    }

    /// What is to be done.
    pub fn title(self) -> &'static str {
        match self {
            Self::Inventory => "List the ten services with most incidents and revenue",
            Self::Roles => "Name a program owner, and stewards for the first five services",
            Self::Assets => "Give them a MENTORSHIP.md, code owners and a runbook",
            Self::Rituals => "Put the rituals into the calendar",
            Self::Apprentices => "Start two apprentices on each, with a 30-60-90 plan",
            Self::Baselines => "Take the baseline of the measures",
            Self::PairedChange => "Make one risky change in pairs",
            Self::Review => "Review after two weeks",
        }
    }
}

impl Step {
    /// Whether it is done.
    pub fn is_done(&self) -> bool {
        match self.progress {
            Progress::Counted { done, of } => of > 0 && done >= of,
            Progress::Confirmed(confirmed) => confirmed.is_some(),
        }
    }
}

/// The steps; `first` are the services that the program starts with.
pub(super) fn steps(
    first: &[&Survey],
    surveys: &ByName<Survey>,
    measures: &[Measure],
    decided: &Decided,
    policy: &Policy,
) -> Vec<Step> {
    let of_first = |is_done: &dyn Fn(&Survey) -> bool| Progress::Counted {
        done: count(first.iter().filter(|survey| is_done(survey)).count()),
        of: count(first.len()),
    };
    let confirmed = |id| {
        let found = decided.confirmed.iter().find(|(step, _)| *step == id);
        Progress::Confirmed(found.map(|(_, on)| *on))
    };
    let steps = StepId::ALL.into_iter().map(|id| Step {
        id,
        progress: match id {
            StepId::Inventory if policy.sources.contains(&Source::Incidents) => {
                let known = surveys.values().filter(|survey| survey.incidents.is_some());
                Progress::Counted {
                    done: count(known.count().min(TOP)),
                    of: count(surveys.len().min(TOP)),
                }
            }
            StepId::Roles => of_first(&|one| one.seeded.steward && one.seeded.program_owner),
            StepId::Assets => of_first(&|one| one.seeded.assets),
            StepId::Apprentices => of_first(&|one| one.seeded.apprentices),
            StepId::Baselines => {
                let countable = measures.iter().filter(|measure| measure.measured > 0);
                Progress::Counted {
                    done: count(
                        countable
                            .clone()
                            .filter(|one| one.baseline.is_some())
                            .count(),
                    ),
                    of: count(countable.count()),
                }
            }
            StepId::Inventory | StepId::Rituals | StepId::PairedChange | StepId::Review => {
                confirmed(id)
            }
        },
    });
    steps.collect()
}
