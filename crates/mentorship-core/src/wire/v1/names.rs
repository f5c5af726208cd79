//! The wire's words for states outside JSON: in CSV and on the command line.

use super::{
    BusFactorVerdict, Level, MentorshipStatus, ReadingName, Role, RotationState, RuleCategory,
};

/// Gives each variant the name that it has in JSON.
macro_rules! named {
    ($($type:ty { $($variant:ident = $name:literal),* $(,)? })*) => {
        $(impl $type {
            /// The name on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        })*

        #[cfg(test)]
        #[test]
        fn names_are_those_of_the_json() {
            $($(assert_eq!(
                serde_json::to_value(<$type>::$variant).ok(),
                Some(serde_json::Value::from($name)),
            );)*)*
        }
    };
}

named! {
    Level {
        Exposed = "exposed",
        Developing = "developing",
        Covered = "covered",
        Resilient = "resilient",
        Unknown = "unknown",
        NotEnrolled = "not-enrolled",
    }
    RotationState {
        Vacant = "vacant",
        Unknown = "unknown",
        Settling = "settling",
        Window = "window",
        Overdue = "overdue",
    }
    MentorshipStatus {
        Unknown = "unknown",
        None = "none",
        Graduated = "graduated",
        Stalled = "stalled",
        Active = "active",
        Planned = "planned",
    }
    BusFactorVerdict {
        Orphaned = "orphaned",
        Single = "single",
        Thin = "thin",
        Resilient = "resilient",
        Unknown = "unknown",
    }
    ReadingName {
        Declared = "declared",
        Authorship = "authorship",
        Recent = "recent",
        Absence = "absence",
    }
    Role {
        Steward = "steward",
        Backup = "backup",
        ProgramOwner = "program-owner",
        Maintainer = "maintainer",
        Apprentice = "apprentice",
    }
    RuleCategory {
        Stewardship = "stewardship",
        Mentorship = "mentorship",
        Knowledge = "knowledge",
        Assets = "assets",
        Operations = "operations",
        Changes = "changes",
    }
}
