//! The sentence that leads: the one thing to know about a service today.

use crate::readings::bus_factor::{Basis, BusFactorVerdict};
use crate::readings::mentorship::MentorshipStatus;
use crate::readings::rotation::RotationState;
use crate::rules::Case;
use crate::words::Words;

/// What the bus factor says, and the most pressing thing beside it.
pub(super) fn headline(case: &Case<'_>, enrolled: bool) -> Words {
    let lead = who_can_run_it(case);
    match if enrolled { pressing(case) } else { None } {
        Some(pressing) => lead.then(pressing),
        None => lead.then("."),
    }
}

fn who_can_run_it(case: &Case<'_>) -> Words {
    let title = &case.facts.service.title;
    let bus_factor = &case.bus_factor;
    let value = bus_factor.value.unwrap_or_default();
    match (bus_factor.verdict, bus_factor.basis) {
        (BusFactorVerdict::Unknown, _) | (_, None) => {
            Words::text(format!("Nobody can tell yet who can run {title}"))
        }
        (BusFactorVerdict::Orphaned, Some(Basis::Declared)) => {
            Words::text(format!("Everybody who could run {title} has left"))
        }
        (BusFactorVerdict::Orphaned, Some(Basis::Recent)) => {
            Words::text(format!("Everybody who changed {title} lately has left"))
        }
        (BusFactorVerdict::Single, Some(Basis::Declared)) => Words::text("Only ")
            .count(value, "person", "people")
            .then(format!(" can run {title} today")),
        (_, Some(Basis::Declared)) => Words::default()
            .count(value, "person", "people")
            .then(format!(" can run {title} today")),
        (BusFactorVerdict::Single, Some(Basis::Recent)) => Words::text("Only ")
            .count(value, "person", "people")
            .then(format!(" knows what changed lately in {title}")),
        (_, Some(Basis::Recent)) => Words::default()
            .count(value, "person", "people")
            .then(format!(" know what changed lately in {title}")),
    }
}

/// The first that holds.
fn pressing(case: &Case<'_>) -> Option<&'static str> {
    match case.rotation.state {
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
