//! Annotations: those of a person or group in one piece of memory, and those of a
//! service that anybody asks for.

use std::borrow::Cow;

use mentorship_symbols::byte_words;

/// Texts by key, in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// All keys and values, one behind the other.
    text: Box<str>,
    /// Where each key ends in `text`, and where its value does.
    ends: Box<[(u32, u32)]>,
}

impl Annotations {
    /// Annotations with these texts; what is past 4 GiB is left out.
    pub(crate) fn of<'a>(fields: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for (key, value) in fields {
            let key_end = u32::try_from(text.len() + key.len());
            let value_end = u32::try_from(text.len() + key.len() + value.len());
            if let (Ok(key_end), Ok(value_end)) = (key_end, value_end) {
                text.push_str(&key);
                text.push_str(&value);
                ends.push((key_end, value_end));
            }
        }
        Self {
            text: text.into_boxed_str(),
            ends: ends.into_boxed_slice(),
        }
    }

    /// The text with this key, of two the later.
    pub fn get(&self, key: &str) -> Option<&str> {
        // A value begins where its key ends.
        let found = (0..self.ends.len()).rev().find(|&at| self.key(at) == key)?;
        let &(start, end) = self.ends.get(found)?;
        self.text.get(start as usize..end as usize)
    }

    fn key(&self, at: usize) -> &str {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |&(_, end)| end as usize);
        let end = self.ends.get(at).map_or(start, |&(end, _)| end as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Declares the annotations of a service whose texts are kept.
macro_rules! annotations {
    ($($(#[$doc:meta])* $name:ident = $key:literal),* $(,)?) => {
        /// An annotation of a service whose text is asked for. Of the others only the
        /// keys are kept.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Annotation {
            $($(#[$doc])* $name),*
        }

        impl Annotation {
            /// How many there are.
            pub(crate) const COUNT: usize = [$($key),*].len();

            /// The key as it is written.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// The annotation with a key.
            #[inline]
            pub(crate) fn of(key: &[u8]) -> Option<Self> {
                // Most keys are none of them, and one byte says so.
                if !matches!(key.first(), Some(b'm' | b'b' | b'p')) {
                    return None;
                }
                $(if key.len() == $key.len() && byte_words::same(key, $key.as_bytes()) {
                    return Some(Self::$name);
                })*
                None
            }
        }
    };
}

annotations! {
    /// Who the steward is.
    Steward = "mentorship/steward",
    /// Since when.
    StewardSince = "mentorship/steward-since",
    /// Who the backup is.
    Backup = "mentorship/backup",
    /// Who owns the program.
    ProgramOwner = "mentorship/program-owner",
    /// Who learns.
    Apprentices = "mentorship/apprentices",
    /// Trained maintainers.
    Maintainers = "mentorship/maintainers",
    /// The path of the plan.
    Plan = "mentorship/plan",
    /// Patterns of critical paths.
    CriticalPaths = "mentorship/critical-paths",
    /// How critical the service is.
    Tier = "mentorship/tier",
    /// Whether the service takes part.
    Enrolled = "mentorship/enrolled",
    /// Excused rules.
    Exempt = "mentorship/exempt",
    /// Where the source is.
    SourceLocation = "backstage.io/source-location",
    /// Where the catalog file is.
    ManagedByLocation = "backstage.io/managed-by-location",
    /// The service's id at PagerDuty.
    PagerDutyService = "pagerduty.com/service-id",
}

/// How the text of an annotation is kept.
pub(crate) enum Keeping {
    /// Once for all services that have it.
    Shared,
    /// The same without the service's name, which may stand in it.
    Address,
    /// For one service: hardly any other has it.
    Own,
    /// As the numbers of the names between its commas.
    Names,
}

impl Annotation {
    /// How its text is kept.
    pub(crate) fn keeping(self) -> Keeping {
        match self {
            Self::SourceLocation | Self::ManagedByLocation => Keeping::Address,
            Self::PagerDutyService => Keeping::Own,
            Self::Steward
            | Self::Backup
            | Self::ProgramOwner
            | Self::Apprentices
            | Self::Maintainers => Keeping::Names,
            _ => Keeping::Shared,
        }
    }
}
