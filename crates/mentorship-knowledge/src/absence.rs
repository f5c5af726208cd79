//! The contributor absence factor of CHAOSS, and its sibling by organisation.

use super::log::CommitNumber;
use super::person_set::PersonSet;
use super::reader::{RENAME_MODE, Reader};
use super::reading::{FileCount, Holder, Reading};
use super::scope::Scope;
use super::tally::Tally;
use mentorship_texts::ordering::sort_by;

/// Days before the last commit of a scope in which `absence` counts.
pub const ABSENCE_WINDOW_DAYS: i64 = 365;
const ALL_COMMITS: &str = "non-merge commits";

/// The smallest number of contributors, largest first, who together made at
/// least half of all contributions. 0 where nobody contributed.
///
/// Given contributions by organisation, this is the elephant factor.
/// Contributions may be in any unit; what is not above 0 does not count.
pub fn absence_factor(contributions: impl IntoIterator<Item = f64>) -> u32 {
    let mut sorted: Vec<f64> = contributions
        .into_iter()
        .filter(|contribution| contribution.is_finite() && *contribution > 0.0)
        .collect();
    sort_by(&mut sorted, |a, b| b.total_cmp(a));
    let total: f64 = sorted.iter().sum();
    let mut sum = 0.0;
    for (count, contribution) in (1..).zip(&sorted) {
        sum += contribution;
        if 2.0 * sum >= total {
            return count;
        }
    }
    0
}

impl Reader<'_> {
    /// One contribution each for author and co-authors of every commit that
    /// touched the scope in the year before its last one.
    pub(crate) fn absence(&mut self, scope: &Scope<'_>, left: &PersonSet) -> Reading {
        let commits = self.commits_touching(scope);
        let mut tally = std::mem::replace(&mut self.tally, Tally::new(0));
        let time = |commit: CommitNumber| Some(self.time_of(commit)?.min(self.fold.last_commit));
        let last = commits.iter().filter_map(|&commit| time(commit)).max();
        let since = last.map_or(i64::MAX, |last| last - ABSENCE_WINDOW_DAYS * 86_400);
        tally.clear();
        let mut counted = 0;
        for &commit in &commits {
            if time(commit).is_some_and(|time| time >= since) {
                self.contributors(commit, &mut |person| {
                    counted += 1;
                    tally.add(person, true, 1);
                });
            }
        }
        let people = tally.holders(counted, left);
        self.tally = tally;
        let contributions = |of: &dyn Fn(&Holder) -> bool| {
            people
                .iter()
                .filter(|holder| of(holder))
                .map(|holder| f64::from(holder.files))
                .collect::<Vec<_>>()
        };
        let published = absence_factor(contributions(&|_| true));
        let remaining = absence_factor(contributions(&|holder| !holder.left));
        let named = people
            .iter()
            .filter(|holder| !holder.left)
            .take(remaining as usize);
        let covered: u32 = named.map(|holder| holder.files).sum();
        let by_leavers: u32 = people
            .iter()
            .filter(|holder| holder.left)
            .map(|holder| holder.files)
            .sum();
        Reading {
            bus_factor: (counted > 0).then_some(remaining),
            as_published: (counted > 0).then_some(published),
            coverage: match counted {
                0 => 0.0,
                _ => f64::from(counted - covered - by_leavers) / f64::from(counted),
            },
            people,
            files: FileCount {
                counted,
                excluded: Vec::new(),
                orphaned: 0,
            },
            rename_mode: RENAME_MODE,
            filter_version: ALL_COMMITS,
            last_commit: last.unwrap_or(self.fold.last_commit),
        }
    }
}
