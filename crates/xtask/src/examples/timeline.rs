//! The timeline: chapters become days, and each day's commits stand in order.

use mentorship_core::civil_date::CivilDate;

use super::story::{Chapter, Commit, OneOrMany, Rhythm, Story};

impl Story {
    /// Every commit of every chapter by day; those of one day in the order told.
    pub(crate) fn scenes(&self, anchor: CivilDate) -> Vec<Scene<'_>> {
        let mut scenes = Vec::new();
        for (chapter, told) in self.timeline.iter().enumerate() {
            match told {
                Chapter::Commit(commit) => scenes.push(Scene {
                    day: commit.on.on(anchor),
                    chapter,
                    beat: Beat::Commit(commit),
                }),
                Chapter::Rhythm(rhythm) => {
                    let days = rhythm.days(anchor);
                    let beats = days.len();
                    scenes.extend(days.into_iter().enumerate().map(|(step, day)| Scene {
                        day,
                        chapter,
                        beat: Beat::Rhythm {
                            rhythm,
                            step,
                            beats,
                        },
                    }));
                }
            }
        }
        scenes.sort_by_key(|scene| (scene.day, scene.chapter));
        scenes
    }
}

/// One commit to be, on its day.
pub(crate) struct Scene<'s> {
    pub(crate) day: CivilDate,
    /// The index of the chapter.
    pub(crate) chapter: usize,
    pub(crate) beat: Beat<'s>,
}

/// What kind of commit.
pub(crate) enum Beat<'s> {
    /// One that is told by itself.
    Commit(&'s Commit),
    /// The commit number `step` of the `beats` of a rhythm.
    Rhythm {
        rhythm: &'s Rhythm,
        step: usize,
        beats: usize,
    },
}

impl Rhythm {
    fn days(&self, anchor: CivilDate) -> Vec<CivilDate> {
        let last = self.to.on(anchor);
        let pace = i32::try_from(self.every.days.get()).unwrap_or(i32::MAX);
        std::iter::successors(Some(self.from.on(anchor)), |day| Some(day.plus_days(pace)))
            .take_while(|day| *day <= last)
            .collect()
    }
}

impl OneOrMany {
    /// The one whose turn it is.
    pub(crate) fn turn(&self, step: usize) -> Option<&str> {
        let index = step.checked_rem(self.0.len())?;
        self.0.get(index).map(String::as_str)
    }
}

impl Rhythm {
    /// The reviewer whose turn it is; nobody reviews their own work.
    pub(crate) fn reviewer(&self, author: &str, step: usize) -> Option<&str> {
        (0..self.reviewers.0.len())
            .filter_map(|skipped| self.reviewers.turn(step + skipped))
            .find(|reviewer| *reviewer != author)
    }

    /// The files begun by the commit `step` of `beats`, spread evenly.
    pub(crate) fn begun_at(&self, step: usize, beats: usize) -> impl Iterator<Item = &String> {
        let count = self.grow.len();
        self.grow
            .iter()
            .enumerate()
            .filter(move |(index, _)| (index * beats).checked_div(count) == Some(step))
            .map(|(_, path)| path)
    }
}
