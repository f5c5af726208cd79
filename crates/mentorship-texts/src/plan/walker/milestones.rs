//! Milestones: items below a phase, with their steps and ticks.

use super::Walker;
use super::frames::ITEM_LEVEL;
use super::syntax::label_end;
use crate::documents::inline::Inline;
use crate::plan::Milestone;
use crate::plan::milestone::{self, Tail};
use crate::plan::phase::{self, Phase};
use crate::plan::vocabulary::Topic;

impl Walker<'_> {
    pub(in crate::plan) fn milestone(
        &mut self,
        day: u16,
        text: &Inline,
        done: Option<bool>,
        line: u32,
    ) {
        let tail = milestone::split(text, line);
        self.add_milestone(day, tail, done, line);
    }

    pub(in crate::plan) fn add_milestone(
        &mut self,
        day: u16,
        tail: Tail,
        done: Option<bool>,
        line: u32,
    ) {
        self.draft.notes.extend(tail.notes);
        self.draft.placeholders += tail.placeholders;
        let milestone = Milestone {
            day,
            title: tail.title,
            done,
            by: tail.by,
            on: tail.on,
            links: tail.links,
            line,
        };
        self.milestones += 1;
        let owner = self.here_apprentice();
        let room = match owner.and_then(|index| self.draft.plan.apprentices.get(index)) {
            Some(apprentice) => apprentice.milestones.len(),
            None => self.draft.plan.milestones.len(),
        };
        if !self.has_room(room) {
            return;
        }
        match owner.and_then(|index| self.draft.apprentice(index)) {
            Some(apprentice) => apprentice.milestones.push(milestone),
            None => self.draft.plan.milestones.push(milestone),
        }
    }

    /// Takes an item below a milestone: a step of it, no milestone itself. Where
    /// only steps have boxes, the milestone is reached when all of them are.
    pub(in crate::plan) fn step(&mut self, done: Option<bool>) -> bool {
        let around = self
            .frames
            .iter()
            .rev()
            .take_while(|frame| frame.level >= ITEM_LEVEL);
        let Some(boxed) = around.into_iter().find_map(|frame| frame.milestone) else {
            return false;
        };
        let owner = self.here_apprentice();
        let milestones = match owner.and_then(|index| self.draft.plan.apprentices.get_mut(index)) {
            Some(apprentice) => &mut apprentice.milestones,
            None => &mut self.draft.plan.milestones,
        };
        if let (Some(milestone), Some(done), false) = (milestones.last_mut(), done, boxed) {
            milestone.done = Some(milestone.done.unwrap_or(true) && done);
        }
        true
    }

    /// The phase that a line names, and the line's title.
    pub(in crate::plan) fn phase_of(&self, text: &Inline, item: bool) -> Option<(u16, Inline)> {
        let all = text.text.len();
        if let Some((end, start)) = label_end(text).filter(|(end, _)| *end <= 60) {
            let label = text.text.get(..end).unwrap_or_default();
            let phase = phase::find(label).map(|phase| phase.day);
            let milestones = self.in_topic(|topic| topic == Topic::Milestones);
            if let Some(day) = phase.or_else(|| phase::bare(label).filter(|_| milestones)) {
                return Some((day, text.slice(start..all)));
            }
        }
        let phase = phase::find(&text.text)?;
        let Phase { day, end, .. } = phase;
        let rest = text.slice(end..all);
        // `Three months of shadowing` is how long it takes, but where milestones are listed.
        let listed = || self.in_topic(|topic| topic == Topic::Milestones) || rest.text.is_empty();
        if !item || !phase.leads || (phase.lasts && !listed()) {
            return None;
        }
        // `Day 30 checkpoint with @alice` keeps its words as the title.
        let title = if rest.text.is_empty() {
            rest
        } else {
            text.clone()
        };
        Some((day, title))
    }
}
