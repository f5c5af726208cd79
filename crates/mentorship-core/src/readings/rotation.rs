//! Steward rotation: since when, how old, when due.

use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::facts::{Autonomy, DateFact, Facts, RoleFact, StewardshipFacts};
use crate::organisation::Person;
use crate::policy::Policy;
use crate::words::Words;

/// The state of a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RotationState {
    /// Looked for and unnamed, or the steward has left.
    Vacant,
    /// Not collected, or since when is unknown or in the future.
    Unknown,
    /// Before the window.
    Settling,
    /// In the window, both ends included.
    Window,
    /// Past the due day.
    Overdue,
}

/// How far a rotation is, by its days alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// The steward takes over on a day that is still to come.
    Future,
    /// Before the window.
    Settling,
    /// In the window, both ends included.
    Window,
    /// Past the due day.
    Overdue,
}

impl Phase {
    /// The phase of a rotation as of a day.
    pub fn of(since: CivilDate, policy: &Policy, as_of: CivilDate) -> Self {
        let [opens, due] = window(since, policy);
        if as_of < since {
            Self::Future
        } else if as_of < opens {
            Self::Settling
        } else if as_of <= due {
            Self::Window
        } else {
            Self::Overdue
        }
    }
}

/// The first and the last day on which to hand over.
fn window(since: CivilDate, policy: &Policy) -> [CivilDate; 2] {
    let thresholds = &policy.thresholds;
    let months = [
        thresholds.rotation_window_months,
        thresholds.rotation_due_months,
    ];
    months.map(|months| since.plus_months(i32::from(months)))
}

/// The steward's rotation as of a day.
#[derive(Debug)]
pub struct Rotation<'a> {
    /// The state.
    pub state: RotationState,
    /// The steward, one who has left included.
    pub steward: Option<&'a RoleFact>,
    /// Whether it is known who the steward is, or that there is none.
    pub steward_known: bool,
    /// The clock; `None` where since when is unknown or in the future.
    pub clock: Option<Clock<'a>>,
    /// Since when as written, a day in the future included.
    pub since: Option<&'a DateFact>,
    /// Why no commit can tell since when, where the day is not written.
    pub since_untold: Option<&'a str>,
    /// Apprentices at *independent* or above who are still there.
    pub ready_successors: Vec<&'a Person>,
    /// Whether it is known who learns, or that nobody does.
    pub successors_known: bool,
    /// A handover or reverse shadow was logged after `since`.
    pub handover_started: bool,
}

/// The days of a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock<'a> {
    /// Since when.
    pub since: &'a DateFact,
    /// Whole civil days.
    pub age_days: i32,
    /// Whole civil months, the end of the month clamped.
    pub age_months: i32,
    /// The first day of the window.
    pub window_opens: CivilDate,
    /// The last day of the window.
    pub due: CivilDate,
    /// Days past the due day; 0 or less before.
    pub days_overdue: i32,
}

impl Rotation<'_> {
    /// Who is steward, and the day by which somebody else should be; `None` before the
    /// window, and where nobody is steward.
    pub fn to_hand_over(&self) -> Option<(&Person, CivilDate)> {
        match (self.state, self.steward, self.clock) {
            (RotationState::Window | RotationState::Overdue, Some(steward), Some(clock)) => {
                Some((&steward.person, clock.due))
            }
            _ => None,
        }
    }
}

/// Reads the rotation of a service.
pub fn rotation<'a>(
    facts: &'a Facts,
    stewardship: &'a StewardshipFacts,
    policy: &Policy,
    as_of: CivilDate,
) -> Rotation<'a> {
    let steward = facts.steward();
    let steward_known = is_known(&facts.stewards);
    let since = stewardship.since.as_ref();
    let clock = since
        .filter(|since| since.date <= as_of && steward.is_some())
        .map(|since| Clock::read(since, policy, as_of));
    let state = match (steward, clock) {
        (None, _) if steward_known => RotationState::Vacant,
        (None, _) => RotationState::Unknown,
        (Some(steward), _) if steward.person.left => RotationState::Vacant,
        (Some(_), None) => RotationState::Unknown,
        (Some(_), Some(clock)) => match Phase::of(clock.since.date, policy, as_of) {
            Phase::Future => RotationState::Unknown,
            Phase::Settling => RotationState::Settling,
            Phase::Window => RotationState::Window,
            Phase::Overdue => RotationState::Overdue,
        },
    };
    Rotation {
        state,
        steward,
        steward_known,
        clock,
        since,
        since_untold: stewardship.since_untold.as_deref(),
        ready_successors: ready_successors(facts),
        successors_known: is_known(&facts.apprenticeships),
        handover_started: handover_started(facts, clock.map(|clock| clock.since.date), as_of),
    }
}

impl<'a> Clock<'a> {
    fn read(since: &'a DateFact, policy: &Policy, as_of: CivilDate) -> Self {
        let [window_opens, due] = window(since.date, policy);
        Self {
            since,
            age_days: as_of.days_since(since.date),
            age_months: as_of.months_since(since.date),
            window_opens,
            due,
            days_overdue: as_of.days_since(due),
        }
    }

    /// How far from `since` to `due`, in percent, rounded down; above 100 where
    /// overdue.
    pub fn elapsed_percent(&self) -> u32 {
        self.percent(self.age_days)
    }

    /// Where the window opens on the same scale.
    pub fn window_percent(&self) -> u32 {
        self.percent(self.window_opens.days_since(self.since.date))
    }

    fn percent(&self, days: i32) -> u32 {
        let whole = self.due.days_since(self.since.date).max(1);
        u32::try_from(i64::from(days) * 100 / i64::from(whole)).unwrap_or_default()
    }
}

/// What was read, if only earlier, or that there is nothing.
fn is_known<T>(collected: &Collected<T>) -> bool {
    collected.value().is_some() || matches!(collected, Collected::Missing)
}

fn ready_successors(facts: &Facts) -> Vec<&Person> {
    let apprenticeships = facts
        .apprenticeships
        .value()
        .map(Vec::as_slice)
        .unwrap_or_default();
    apprenticeships
        .iter()
        .filter(|one| one.autonomy >= Some(Autonomy::Independent) && !one.apprentice.left)
        .map(|one| &one.apprentice)
        .collect()
}

/// An entry of the day on which the steward took over is the handover to them,
/// not the one from them.
fn handover_started(facts: &Facts, since: Option<CivilDate>, as_of: CivilDate) -> bool {
    let log = facts
        .plan
        .value()
        .map(|plan| plan.log.as_slice())
        .unwrap_or_default();
    log.iter().any(|entry| {
        entry.hands_over && entry.date <= as_of && since.is_none_or(|since| entry.date > since)
    })
}

impl Rotation<'_> {
    /// The rotation in one sentence.
    pub fn summary(&self) -> Words {
        match (self.state, self.steward, self.clock) {
            (RotationState::Vacant, Some(steward), _) => Words::default()
                .person(&steward.person.name)
                .then(" is named as steward and has left."),
            (RotationState::Vacant, None, _) => Words::text("Nobody is named as steward."),
            (RotationState::Unknown, None, _) => {
                Words::text("Who the steward is could not be read.")
            }
            (RotationState::Unknown, Some(steward), _) => match self.since {
                Some(since) => Words::default()
                    .person(&steward.person.name)
                    .then(" is steward from ")
                    .date(since.date)
                    .then(", a day in the future."),
                None => Words::default()
                    .person(&steward.person.name)
                    .then(" is steward; since when is not written."),
            },
            (RotationState::Settling, _, Some(clock)) => {
                Words::text("The handover window opens on ")
                    .date(clock.window_opens)
                    .then(".")
            }
            (RotationState::Window, _, Some(clock)) => {
                Words::text("The window for handing over is open until ")
                    .date(clock.due)
                    .then(".")
            }
            (_, _, Some(clock)) => Words::text("The rotation was due ")
                .count(clock.days_overdue, "day", "days")
                .then(" ago, on ")
                .date(clock.due)
                .then("."),
            (_, _, None) => Words::text("The rotation could not be read."),
        }
    }

    /// The successors in one sentence.
    pub fn successors(&self) -> Words {
        let handover = if self.handover_started {
            "; a handover has begun."
        } else {
            "."
        };
        if self.ready_successors.is_empty() {
            return Words::text(if self.successors_known {
                "No successor is ready yet"
            } else {
                "Whether a successor is ready could not be read"
            })
            .then(handover);
        }
        let people: Vec<_> = self
            .ready_successors
            .iter()
            .map(|person| person.name.clone())
            .collect();
        Words::text("Ready to succeed: ")
            .guarded(people)
            .then(handover)
    }
}
