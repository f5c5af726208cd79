//! Mentorship status: who is learning, and whether it moves.

use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::facts::{Apprenticeship, Autonomy, Facts, MilestoneFact, RoleSource};
use crate::policy::Policy;
use crate::words::Words;

/// Mentorship status; the first that holds, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentorshipStatus {
    /// No role annotation, and the plan was not collected or failed.
    Unknown,
    /// Nobody learning, no plan.
    None,
    /// Somebody finished, nobody is open, enough trained maintainers.
    Graduated,
    /// Started, and nothing moved for long or a milestone is very late.
    Stalled,
    /// Somebody is learning and something moved.
    Active,
    /// Written down, not begun.
    Planned,
}

/// The state of mentoring as of a day.
#[derive(Debug)]
pub struct Mentorship<'a> {
    /// The status.
    pub status: MentorshipStatus,
    /// The newest of tick, log entry, start and autonomy change, none in the future.
    pub last_moved: Option<CivilDate>,
    /// The apprenticeships.
    pub apprenticeships: Vec<ApprenticeshipReading<'a>>,
    /// Days without movement; `None` where nothing ever moved.
    pub days_still: Option<i32>,
}

/// One apprenticeship as of a day.
#[derive(Debug)]
pub struct ApprenticeshipReading<'a> {
    /// The facts.
    pub facts: &'a Apprenticeship,
    /// Days since it began; negative before it begins.
    pub day: Option<i32>,
    /// All milestones done, or leading.
    pub finished: bool,
    /// Milestones by day.
    pub milestones: Vec<MilestoneReading<'a>>,
}

/// One milestone as of a day.
#[derive(Debug)]
pub struct MilestoneReading<'a> {
    /// The facts.
    pub facts: &'a MilestoneFact,
    /// When it is due: start + day.
    pub due: Option<CivilDate>,
    /// Days past due; `None` where done, not due yet or without a due day.
    pub days_late: Option<i32>,
}

/// Reads the state of mentoring of a service.
pub fn mentorship<'a>(
    facts: &'a Facts,
    trained_maintainers: usize,
    policy: &Policy,
    as_of: CivilDate,
) -> Mentorship<'a> {
    let apprenticeships: Vec<_> = facts
        .apprenticeships
        .value()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .map(|one| ApprenticeshipReading::read(one, as_of))
        .collect();
    let mut reading = Mentorship {
        status: MentorshipStatus::Unknown,
        last_moved: last_moved(facts, &apprenticeships, as_of),
        apprenticeships,
        days_still: None,
    };
    reading.days_still = reading.last_moved.map(|moved| as_of.days_since(moved));
    reading.status = reading.status(facts, trained_maintainers, policy);
    reading
}

impl<'a> ApprenticeshipReading<'a> {
    fn read(facts: &'a Apprenticeship, as_of: CivilDate) -> Self {
        let started = facts.started.as_ref().map(|started| started.date);
        let milestones: Vec<_> = facts
            .milestones
            .iter()
            .map(|milestone| {
                let due = started.map(|started| started.plus_days(i32::from(milestone.day)));
                let days_late = due
                    .filter(|due| !milestone.done && *due < as_of)
                    .map(|due| as_of.days_since(due));
                MilestoneReading {
                    facts: milestone,
                    due,
                    days_late,
                }
            })
            .collect();
        let all_done =
            !milestones.is_empty() && milestones.iter().all(|milestone| milestone.facts.done);
        Self {
            facts,
            day: started.map(|started| as_of.days_since(started)),
            finished: all_done || facts.autonomy == Some(Autonomy::Leading),
            milestones,
        }
    }
}

impl Mentorship<'_> {
    fn status(
        &self,
        facts: &Facts,
        trained_maintainers: usize,
        policy: &Policy,
    ) -> MentorshipStatus {
        let thresholds = &policy.thresholds;
        let plan = facts.plan.value();
        if plan.is_none()
            && !matches!(facts.plan, Collected::Missing)
            && !has_role_annotation(facts)
        {
            return MentorshipStatus::Unknown;
        }
        if self.apprenticeships.is_empty() && plan.is_none() {
            return MentorshipStatus::None;
        }
        let finished = self.apprenticeships.iter().any(|one| one.finished);
        if finished
            && self.learning() == 0
            && trained_maintainers >= usize::from(thresholds.maintainers_target)
        {
            return MentorshipStatus::Graduated;
        }
        let still_too_long = self
            .days_still
            .is_some_and(|days| days > i32::from(thresholds.stalled_after_days));
        let very_late = self
            .open_milestones()
            .filter_map(|milestone| milestone.days_late)
            .any(|days| days > i32::from(thresholds.milestone_very_late_days));
        if still_too_long || very_late {
            MentorshipStatus::Stalled
        } else if self.learning() > 0 && self.last_moved.is_some() {
            MentorshipStatus::Active
        } else {
            MentorshipStatus::Planned
        }
    }

    /// How many people are learning: named, not finished, still there.
    pub fn learning(&self) -> usize {
        self.open().count()
    }

    /// Apprenticeships that are not finished, of people who are still there.
    pub fn open(&self) -> impl Iterator<Item = &ApprenticeshipReading<'_>> {
        self.apprenticeships
            .iter()
            .filter(|one| !one.finished && !one.facts.apprentice.left)
    }

    /// Milestones of open apprenticeships that are not done.
    pub fn open_milestones(&self) -> impl Iterator<Item = &MilestoneReading<'_>> {
        self.open()
            .flat_map(|one| one.milestones.iter())
            .filter(|milestone| !milestone.facts.done)
    }

    /// Milestones done and in all, over all apprenticeships.
    pub fn milestones(&self) -> (usize, usize) {
        let all = || {
            self.apprenticeships
                .iter()
                .flat_map(|one| one.milestones.iter())
        };
        (
            all().filter(|milestone| milestone.facts.done).count(),
            all().count(),
        )
    }

    /// The next open milestone's due day.
    pub fn next_milestone_due(&self) -> Option<CivilDate> {
        self.open_milestones()
            .filter_map(|milestone| milestone.due)
            .min()
    }

    /// The status in one sentence.
    pub fn summary(&self) -> Words {
        let learning = self.learning();
        match self.status {
            MentorshipStatus::Unknown => {
                Words::text("Whether anybody is learning could not be read.")
            }
            MentorshipStatus::None => Words::text("Nobody is learning, and there is no plan."),
            MentorshipStatus::Graduated => Words::text("Everybody who began has finished."),
            MentorshipStatus::Planned if learning == 0 => {
                Words::text("There is a plan; nobody is learning yet.")
            }
            MentorshipStatus::Planned => Words::default()
                .count(learning, "person is", "people are")
                .then(" named to learn; nothing has begun."),
            MentorshipStatus::Active => {
                let words = Words::default()
                    .count(learning, "person is", "people are")
                    .then(" learning");
                match self.last_moved {
                    Some(moved) => words.then("; last step on ").date(moved).then("."),
                    None => words.then("."),
                }
            }
            MentorshipStatus::Stalled => match self.last_moved {
                Some(moved) => Words::text("Nothing has moved since ")
                    .date(moved)
                    .then("."),
                None => Words::text("A milestone is long past its day."),
            },
        }
    }
}

/// The newest of tick, log entry, start and step on the ladder that is not in the future.
fn last_moved(
    facts: &Facts,
    apprenticeships: &[ApprenticeshipReading<'_>],
    as_of: CivilDate,
) -> Option<CivilDate> {
    let log = facts
        .plan
        .value()
        .map(|plan| plan.log.as_slice())
        .unwrap_or_default();
    let entries = log.iter().map(|entry| entry.date);
    let steps = apprenticeships.iter().flat_map(|one| {
        let ticks = one
            .milestones
            .iter()
            .filter_map(|milestone| milestone.facts.done_on.as_ref());
        let rung = one.facts.autonomy_since.as_ref();
        let rung = rung.filter(|_| one.facts.climbed);
        let days = one.facts.started.iter().chain(rung).chain(ticks);
        days.map(|day| day.date)
    });
    entries.chain(steps).filter(|date| *date <= as_of).max()
}

fn has_role_annotation(facts: &Facts) -> bool {
    let annotated = |roles: &Collected<Vec<crate::facts::RoleFact>>| {
        roles.value().is_some_and(|roles| {
            roles
                .iter()
                .any(|role| role.source == RoleSource::Annotation)
        })
    };
    annotated(&facts.stewards)
        || annotated(&facts.backups)
        || annotated(&facts.program_owners)
        || facts
            .maintainers
            .iter()
            .any(|role| role.source == RoleSource::Annotation)
        || facts
            .apprenticeships
            .value()
            .is_some_and(|all| !all.is_empty())
}
