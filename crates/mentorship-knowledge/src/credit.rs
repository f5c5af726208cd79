//! Whom every commit counts for, and how fresh it is.

use super::formula;
use super::identities::People;
use super::log::{CommitNumber, EventLog, UNKNOWN_TIME};
use super::person::PersonId;
use foldhash::fast::FixedState;
use hashbrown::HashSet;

/// Whom a commit counts for, and how much.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Credit {
    /// The author; [`NOBODY`] for bots, and for merges and ignored revisions,
    /// which count for nobody.
    pub(crate) author: PersonId,
    /// Whole days from the commit to the last one; [`Credit::TOO_OLD`] before
    /// the window of `recent`.
    pub(crate) age_days: u16,
    pub(crate) has_trailers: bool,
    /// Whether the commit counts at all.
    pub(crate) counts: bool,
}

/// Stands for an author who does not count.
pub(crate) const NOBODY: PersonId = PersonId::MAX;

impl Credit {
    const TOO_OLD: u16 = u16::MAX;

    /// Whether `recent` looks at the commit.
    pub(crate) fn in_window(self) -> bool {
        self.age_days != Self::TOO_OLD
    }
}

/// The credits of all commits. `ignored` count for nobody; `last_commit` is what ages
/// are counted from.
pub(crate) fn credits(
    log: &EventLog,
    people: &People,
    ignored: &HashSet<CommitNumber, FixedState>,
    last_commit: i64,
) -> Vec<Credit> {
    let mut credits: Vec<Credit> = (0..)
        .zip(&log.commits)
        .map(|(number, commit)| {
            let counts = log.parents_of(number).len() < 2 && !ignored.contains(&number);
            let author = people.of_identity(commit.author);
            Credit {
                author: if counts && !people.is_bot(author) {
                    author
                } else {
                    NOBODY
                },
                age_days: age_in_window(commit.time, last_commit),
                has_trailers: false,
                counts,
            }
        })
        .collect();
    for trailer in &log.trailers {
        if let Some(credit) = credits.get_mut(trailer.commit as usize) {
            credit.has_trailers = true;
        }
    }
    credits
}

/// Whole days, as the published tool counts them. A commit dated after the
/// last one is as fresh as it: its clock is wrong, its place is not.
fn age_in_window(time: i64, last_commit: i64) -> u16 {
    let seconds = last_commit.saturating_sub(time).max(0);
    if time == UNKNOWN_TIME || seconds > formula::RECENT_WINDOW_DAYS * 86_400 {
        return Credit::TOO_OLD;
    }
    u16::try_from(seconds / 86_400).unwrap_or(Credit::TOO_OLD)
}

/// The author time of the tip. It dates the window rather than the latest time
/// of any commit, so that one wrong clock does not empty a reading.
pub(crate) fn last_commit(log: &EventLog, not_after: Option<i64>) -> i64 {
    let readable = |time: i64| (time != UNKNOWN_TIME).then_some(time);
    let tip = log.commits.last().and_then(|commit| readable(commit.time));
    let time = tip.or_else(|| {
        log.commits
            .iter()
            .filter_map(|commit| readable(commit.time))
            .max()
    });
    let time = time.unwrap_or(0);
    not_after.map_or(time, |latest| time.min(latest))
}
