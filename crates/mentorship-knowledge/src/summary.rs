//! What a history consists of, and what makes its readings less reliable.

use crate::History;
use crate::fold::Fold;
use crate::log::UNKNOWN_TIME;

/// Clocks differ and rebases reorder; a day is no surprise.
const LATE_SECONDS: i64 = 86_400;

/// What a history consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Commits, merges included.
    pub commits: u32,
    /// File events: a rename is two, one for the path it leaves.
    pub events: u32,
    /// Living files.
    pub files: u32,
    /// People and bots.
    pub people: u32,
    /// Full name of the last commit; `None` in an empty history.
    pub tip: Option<String>,
    /// What makes the readings less reliable, a sentence each.
    pub notes: Vec<String>,
}

impl History {
    /// What it consists of, folded so.
    pub(crate) fn summary(&self, fold: &Fold) -> Summary {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Summary {
            commits: count(self.log.commits.len()),
            events: count(self.log.events.len()),
            files: count(fold.files.len()),
            people: count(self.people.all.len()),
            tip: self.tip(),
            notes: self.notes(fold),
        }
    }

    fn notes(&self, fold: &Fold) -> Vec<String> {
        let undated = self
            .log
            .commits
            .iter()
            .filter(|commit| commit.time == UNKNOWN_TIME)
            .count();
        let late = self
            .log
            .commits
            .iter()
            .filter(|commit| commit.time > fold.last_commit.saturating_add(LATE_SECONDS))
            .count();
        let noted = [
            (
                self.log.open_parents as usize,
                "commit",
                "with parents that are not in the history, as in a shallow clone",
            ),
            (
                self.log.repeats as usize,
                "commit",
                "printed more than once, counted once",
            ),
            (
                self.log.merge_changes as usize,
                "change",
                "printed for merges, not counted",
            ),
            (
                self.ignored().len(),
                "commit",
                "that the repository asks to ignore, counted for nobody",
            ),
            (
                undated,
                "commit",
                "without a readable date, outside every window",
            ),
            (
                late,
                "commit",
                "dated over a day after the last one, taken for as fresh as it",
            ),
        ];
        let noted = noted.into_iter().filter(|&(count, ..)| count > 0);
        let notes = noted.map(|(count, noun, what)| {
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} {noun}{plural} {what}")
        });
        notes.collect()
    }
}
