//! Risk: where to mentor first, as risk × criticality with the reason.
//!
//! | risk | points | | criticality | points |
//! |---|---|---|---|---|
//! | bus factor orphaned, single, thin, unknown | 6, 5, 3, 2 | | tier 1, 2, 3, lower | 4, 3, 2, 1 |
//! | steward vacant or overdue; unknown | 2; 1 | | no tier | 2 |
//! | nobody learns, or it stalled; planned or unknown | 2; 1 | | incidents 1–2, 3–9, 10 or more | 1, 2, 4 |
//! | | | | incidents unknown, and somebody works on it | 1 |

use crate::facts::Window;
use crate::readings::bus_factor::BusFactorVerdict;
use crate::readings::mentorship::MentorshipStatus;
use crate::readings::rotation::RotationState;
use crate::report::Report;
use crate::words::Words;

/// How much a service asks for mentoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// Risk × criticality, 0 to 80; 0 asks for nothing.
    pub points: u32,
    /// Why, in sentences without guarded names.
    pub reason: Words,
}

/// The points of a risk, one by one.
struct Factors {
    knowledge: u32,
    stewardship: u32,
    learning: u32,
    tier: u32,
    trouble: u32,
    is_active: bool,
}

/// Reads the risk of a service; `incidents` are those of the window.
pub fn risk(report: &Report<'_>, incidents: Option<u32>, window: Window) -> Risk {
    let factors = Factors::of(report, incidents, window);
    Risk {
        points: factors.points(),
        reason: factors.reason(report, incidents, window),
    }
}

/// The points alone, which cost no words.
pub(super) fn points(report: &Report<'_>, incidents: Option<u32>, window: Window) -> u32 {
    Factors::of(report, incidents, window).points()
}

impl Factors {
    fn of(report: &Report<'_>, incidents: Option<u32>, window: Window) -> Self {
        let case = &report.case;
        let history = case.bus_factor.history;
        let is_active = history.is_some_and(|known| window.holds(known.recent.last_commit));
        Self {
            knowledge: match case.bus_factor.verdict {
                BusFactorVerdict::Orphaned => 6,
                BusFactorVerdict::Single => 5,
                BusFactorVerdict::Thin => 3,
                BusFactorVerdict::Unknown => 2,
                BusFactorVerdict::Resilient => 0,
            },
            stewardship: match report.stewardship.rotation.state {
                RotationState::Vacant | RotationState::Overdue => 2,
                RotationState::Unknown => 1,
                RotationState::Settling | RotationState::Window => 0,
            },
            learning: match case.mentorship.status {
                MentorshipStatus::None | MentorshipStatus::Stalled => 2,
                MentorshipStatus::Planned | MentorshipStatus::Unknown => 1,
                MentorshipStatus::Active | MentorshipStatus::Graduated => 0,
            },
            tier: match case.facts.service.tier {
                Some(1) => 4,
                Some(2) => 3,
                None | Some(3) => 2,
                Some(_) => 1,
            },
            trouble: match incidents {
                Some(0) => 0,
                Some(1..=2) => 1,
                Some(3..=9) => 2,
                Some(_) => 4,
                None => u32::from(is_active),
            },
            is_active,
        }
    }

    fn points(&self) -> u32 {
        (self.knowledge + self.stewardship + self.learning) * (self.tier + self.trouble)
    }

    fn reason(&self, report: &Report<'_>, incidents: Option<u32>, window: Window) -> Words {
        let case = &report.case;
        let mut reason = Words::default();
        if self.knowledge > 0 {
            reason = reason.and(case.bus_factor.summary()).then(" ");
        }
        if self.stewardship > 0 {
            reason = reason.and(report.stewardship.rotation.summary()).then(" ");
        }
        if self.learning == 2 {
            reason = reason.then(match case.mentorship.status {
                MentorshipStatus::Stalled => "Mentoring has stalled. ",
                _ => "Nobody is learning it. ",
            });
        }
        let days = window.until.days_since(window.after);
        reason = match (incidents, self.is_active) {
            (Some(incidents), _) => reason
                .count(incidents, "incident", "incidents")
                .then(format!(" in {days} days.")),
            (None, true) => reason.then("Incidents are not known; it is being worked on."),
            (None, false) => reason.then("Incidents are not known."),
        };
        match case.facts.service.tier {
            Some(tier) => reason.then(format!(" Tier {tier}.")),
            None => reason,
        }
    }
}
