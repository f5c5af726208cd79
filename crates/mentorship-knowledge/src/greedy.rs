//! The greedy count of people whose leaving orphans most files.

use super::person::PersonId;

/// Files with the people who hold them, ready to lose people.
#[derive(Debug, Default)]
pub(crate) struct Holdings {
    /// Where a file's holders end in `holders`.
    ends: Vec<u32>,
    holders: Vec<PersonId>,
}

/// What is left when people go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Removal {
    /// How many had to go until more than half of the files had no holder.
    pub(crate) removed: u32,
    /// Share of files that still have a holder then, 0 to 1; 0 without files.
    pub(crate) covered: f64,
}

impl Holdings {
    pub(crate) fn clear(&mut self) {
        self.ends.clear();
        self.holders.clear();
    }

    pub(crate) fn add_file(&mut self, holders: impl Iterator<Item = PersonId>) {
        self.holders.extend(holders);
        self.ends
            .push(u32::try_from(self.holders.len()).unwrap_or(u32::MAX));
    }

    pub(crate) fn file_count(&self) -> usize {
        self.ends.len()
    }

    /// Files that have holders, all of whom have gone.
    pub(crate) fn orphaned(&self, gone: impl Fn(PersonId) -> bool) -> u32 {
        let files = self.files().filter(|holders| !holders.is_empty());
        let orphaned = files.filter(|holders| holders.iter().all(|&holder| gone(holder)));
        u32::try_from(orphaned.count()).unwrap_or(u32::MAX)
    }

    fn files(&self) -> impl Iterator<Item = &[PersonId]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let holders = self.holders.get(start..end as usize);
            start = end as usize;
            holders.unwrap_or_default()
        })
    }

    /// Removes people in the order of their rank while at least half of the
    /// files have a holder. `rank` says when somebody goes, from 0; `None` for
    /// those who have gone already.
    ///
    /// The order is fixed beforehand, so that a file is orphaned exactly when
    /// the last of its holders goes: one number a file tells all.
    pub(crate) fn remove_in_order(&self, rank: impl Fn(PersonId) -> Option<u32>) -> Removal {
        let total = self.file_count();
        // 1 + the rank; 0 where nobody holds the file any more.
        let last = |holders: &[PersonId]| {
            let ranks = holders.iter().filter_map(|&holder| rank(holder));
            ranks.max().map_or(0, |rank| rank + 1)
        };
        let mut goes_last: Vec<u32> = self.files().map(last).collect();
        goes_last.sort_unstable();
        // With the first `n` gone, orphaned are those whose last holder ranks
        // below `n`.
        let orphaned_after = |gone: u32| goes_last.partition_point(|&last| last <= gone);
        let people = goes_last.last().copied().unwrap_or(0);
        let mut removed = 0;
        while removed < people && 2 * orphaned_after(removed) <= total {
            removed += 1;
        }
        let orphaned = orphaned_after(removed);
        Removal {
            removed,
            covered: match total {
                0 => 0.0,
                _ => (total - orphaned) as f64 / total as f64,
            },
        }
    }
}
