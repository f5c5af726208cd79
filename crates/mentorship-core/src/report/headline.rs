//! The sentence that leads: the one thing to know about a service today.

use crate::readings::bus_factor::{Basis, BusFactorVerdict};
use crate::readings::mentorship::MentorshipStatus;
use crate::readings::rotation::{Rotation, RotationState};
use crate::rules::Case;
use crate::words::Words;

/// The sentence that leads, before it names a service: many services share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Headline {
    lead: Option<&'static str>,
    people: Option<u32>,
    /// Up to the title.
    verb: &'static str,
    /// Behind the title.
    time: &'static str,
    pressing: &'static str,
}

/// What the bus factor says, and the most pressing thing beside it.
pub(super) fn headline(case: &Case<'_>, rotation: &Rotation<'_>, enrolled: bool) -> Headline {
    let pressing = if enrolled {
        pressing(case, rotation)
    } else {
        None
    };
    Headline {
        pressing: pressing.unwrap_or("."),
        ..who_can_run_it(case)
    }
}

impl Headline {
    /// The sentence about the service with a title.
    pub fn words(self, title: &str) -> Words {
        let named = self.before_title().then(title.to_owned());
        named.and(self.behind_title())
    }

    /// What stands before the title.
    pub fn before_title(self) -> Words {
        let lead = self.lead.map(Words::text).unwrap_or_default();
        let counted = match self.people {
            Some(people) => lead.count(people, "person", "people"),
            None => lead,
        };
        counted.then(self.verb)
    }

    /// What stands behind the title.
    pub fn behind_title(self) -> Words {
        Words::text(self.time).then(self.pressing)
    }
}

fn who_can_run_it(case: &Case<'_>) -> Headline {
    let bus_factor = &case.bus_factor;
    let people = Some(bus_factor.value.unwrap_or_default());
    let (lead, people, verb, time) = match (bus_factor.verdict, bus_factor.basis) {
        (BusFactorVerdict::Unknown, _) | (_, None) => {
            (None, None, "Nobody can tell yet who can run ", "")
        }
        (BusFactorVerdict::Orphaned, Some(Basis::Declared)) => {
            (None, None, "Everybody who could run ", " has left")
        }
        (BusFactorVerdict::Orphaned, Some(Basis::Recent)) => {
            (None, None, "Everybody who changed ", " lately has left")
        }
        (BusFactorVerdict::Single, Some(Basis::Declared)) => {
            (Some("Only "), people, " can run ", " today")
        }
        (_, Some(Basis::Declared)) => (None, people, " can run ", " today"),
        (BusFactorVerdict::Single, Some(Basis::Recent)) => {
            (Some("Only "), people, " knows what changed lately in ", "")
        }
        (_, Some(Basis::Recent)) => (None, people, " know what changed lately in ", ""),
    };
    Headline {
        lead,
        people,
        verb,
        time,
        pressing: "",
    }
}

/// The first that holds.
fn pressing(case: &Case<'_>, rotation: &Rotation<'_>) -> Option<&'static str> {
    match rotation.state {
        RotationState::Vacant => return Some(", and nobody is its steward."),
        RotationState::Overdue => return Some(", and the steward's rotation is overdue."),
        RotationState::Unknown | RotationState::Settling | RotationState::Window => {}
    }
    match case.mentorship.status {
        MentorshipStatus::Stalled => Some(", and mentoring has stalled."),
        MentorshipStatus::None => Some(", and nobody is learning it."),
        MentorshipStatus::Planned => Some(", and mentoring has not begun."),
        MentorshipStatus::Active => Some(", and more are learning."),
        MentorshipStatus::Unknown | MentorshipStatus::Graduated => None,
    }
}
