//! The domain's words for states, on the wire.

use crate::readings::bus_factor::{Basis, BusFactorVerdict};
use crate::readings::mentorship::MentorshipStatus;
use crate::readings::rotation::RotationState;
use crate::wire::v1;
use crate::{facts, report, rules};

/// Maps each variant to the variant of the same name.
macro_rules! same_names {
    ($($from:ty => $to:ty { $($variant:ident),* $(,)? })*) => {
        $(impl From<$from> for $to {
            fn from(value: $from) -> Self {
                match value { $(<$from>::$variant => Self::$variant),* }
            }
        })*
    };
}

same_names! {
    report::Level => v1::Level { Exposed, Developing, Covered, Resilient, Unknown, NotEnrolled }
    RotationState => v1::RotationState { Vacant, Unknown, Settling, Window, Overdue }
    MentorshipStatus => v1::MentorshipStatus { Unknown, None, Graduated, Stalled, Active, Planned }
    BusFactorVerdict => v1::BusFactorVerdict { Orphaned, Single, Thin, Resilient, Unknown }
    Basis => v1::ReadingName { Declared, Recent }
    report::FallingReading => v1::ReadingName { Declared, Authorship, Recent, Absence }
    report::VacatedRole => v1::Role { Steward, Backup, ProgramOwner }
    facts::Autonomy => v1::Autonomy { Guided, Supervised, Independent, Leading }
    facts::LinkKind => v1::DocumentKind { Runbook, Dashboard, Alert, DecisionRecord, Walkthrough }
    rules::Category => v1::RuleCategory { Stewardship, Mentorship, Knowledge, Assets, Operations, Changes }
}

impl From<facts::RoleSource> for v1::RoleSource {
    fn from(source: facts::RoleSource) -> Self {
        match source {
            facts::RoleSource::Annotation => Self::Annotation,
            facts::RoleSource::Plan => Self::Plan,
            facts::RoleSource::CodeOwners => Self::Codeowners,
            facts::RoleSource::MaintainersFile => Self::MaintainersFile,
        }
    }
}
