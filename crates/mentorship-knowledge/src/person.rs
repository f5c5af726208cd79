//! Somebody in a history, and why several identities are one person.

/// A person's number: people are ordered by their key, so that a tie broken by
/// number is broken by identity, whatever order the commits came in.
pub type PersonId = u32;

/// Somebody who authored, co-authored or reviewed a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The person's place in [`super::History::people`].
    pub id: PersonId,
    /// What identifies the person in this history: the smallest folded e-mail
    /// address, or the folded name where there is none.
    pub key: String,
    /// The name of the identity with the most commits.
    pub name: String,
    /// All e-mail addresses in lower case, those of most commits first.
    pub emails: Vec<String>,
    /// The other identities of the person and why they are the same person.
    pub merged_from: Vec<Merge>,
    /// Why this is no human being; `None` for a person.
    pub bot: Option<String>,
    /// Author time of the person's last commit, in seconds since 1970; `None`
    /// where only trailers name the person, or no date was readable.
    pub last_commit: Option<i64>,
    /// Commits authored, merges included.
    pub commits: u32,
}

/// An identity that was united with a person's main one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// The name as it stands in the commits.
    pub name: String,
    /// The e-mail address as it stands in the commits.
    pub email: String,
    /// Why it is the same person.
    pub reason: MergeReason,
}

/// Why two identities are one person. The mailmap is applied before there are identities,
/// to authors by git, and leaves no trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeReason {
    /// A configured alias says so.
    Alias,
    /// The e-mail addresses are equal but for case and accents.
    SameEmail,
    /// The code host's no-reply addresses carry the same login.
    SameNoReplyLogin,
    /// The full names are equal but for case, accents and blanks.
    SameName,
    /// Both belong to one user of the catalog.
    SameUser,
}

impl MergeReason {
    /// The reason in a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alias => "configured alias",
            Self::SameEmail => "same e-mail address",
            Self::SameNoReplyLogin => "same no-reply login",
            Self::SameName => "same full name",
            Self::SameUser => "same catalog user",
        }
    }
}
