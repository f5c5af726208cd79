//! The greedy count of people whose leaving orphans most files.

use super::identities::PersonId;

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
    /// Files without a holder before anybody goes.
    pub(crate) orphaned: u32,
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

    /// Removes people in the order of their rank while at least half of the
    /// files have a holder. `rank` says when somebody goes, from 0; `None` for
    /// those who have gone already.
    ///
    /// The order is fixed beforehand, so that a file is orphaned exactly when
    /// the last of its holders goes: one number a file tells all.
    pub(crate) fn remove_in_order(&self, rank: impl Fn(PersonId) -> Option<u32>) -> Removal {
        let total = self.file_count();
        let mut goes_last = Vec::with_capacity(total);
        let mut start = 0;
        for &end in &self.ends {
            let holders = self
                .holders
                .get(start as usize..end as usize)
                .unwrap_or_default();
            start = end;
            goes_last.push(holders.iter().filter_map(|&holder| rank(holder)).max());
        }
        goes_last.sort_unstable();
        let gone_before = goes_last.partition_point(Option::is_none);
        // With the first `n` gone, orphaned are those whose last holder ranks
        // below `n`.
        let orphaned_after =
            |gone: u32| goes_last.partition_point(|last| last.is_none_or(|rank| rank < gone));
        let people = goes_last
            .last()
            .copied()
            .flatten()
            .map_or(0, |rank| rank + 1);
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
            orphaned: u32::try_from(gone_before).unwrap_or(u32::MAX),
        }
    }
}
