//! Frames: what the sections, items and labels around a line make of it.

use super::{Walker, add_limited};
use crate::Located;
use crate::civil_date::CivilDate;
use crate::documents::inline::Inline;
use crate::plan::pairing::{self, Details};
use crate::plan::person::PersonRef;
use crate::plan::vocabulary::{Label, Role, Topic};

/// An open section, list item or label.
pub(in crate::plan) struct Frame {
    /// Headings 1 to 6, labels and bold lines 7, list items 8 and up.
    pub(in crate::plan) level: usize,
    pub(in crate::plan) topic: Topic,
    pub(in crate::plan) phase: Option<u16>,
    pub(in crate::plan) apprentice: Option<usize>,
    /// The day that a heading of the log names.
    pub(in crate::plan) date: Option<CivilDate>,
    /// An item that is a milestone, and whether it has a box of its own.
    pub(in crate::plan) milestone: Option<bool>,
    /// A frame for one label hands what it gathers to the frame around it.
    pub(in crate::plan) transparent: bool,
    /// A heading that names a phase, until something in it is a milestone.
    pub(in crate::plan) untold: Option<Untold>,
    pub(in crate::plan) learners: Vec<usize>,
    pub(in crate::plan) mentors: Vec<Located<PersonRef>>,
    pub(in crate::plan) details: Details,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            level: 0,
            topic: Topic::Other,
            phase: None,
            apprentice: None,
            date: None,
            milestone: None,
            transparent: false,
            untold: None,
            learners: Vec::new(),
            mentors: Vec::new(),
            details: Details::default(),
        }
    }
}

/// A phase whose heading, or the text below it, is all that is said.
pub(in crate::plan) struct Untold {
    pub(in crate::plan) title: Inline,
    pub(in crate::plan) line: u32,
    pub(in crate::plan) milestones_before: usize,
}

pub(in crate::plan) const LABEL_LEVEL: usize = 7;

pub(in crate::plan) const ITEM_LEVEL: usize = 8;

impl Walker<'_> {
    /// The innermost frame.
    pub(in crate::plan) fn here(&mut self) -> &mut Frame {
        let innermost = self.frames.len() - 1;
        // `close_to` keeps the outermost frame, so that there is always one.
        &mut self.frames[innermost]
    }

    pub(in crate::plan) fn here_apprentice(&self) -> Option<usize> {
        self.frames.iter().rev().find_map(|frame| frame.apprentice)
    }

    pub(in crate::plan) fn phase_here(&self) -> Option<u16> {
        self.frames.iter().rev().find_map(|frame| frame.phase)
    }

    /// Whether a line stands in its section itself, not below an item of it.
    pub(in crate::plan) fn is_listed_directly(&self) -> bool {
        let here = self.frames.last();
        here.is_none_or(|frame| frame.level < ITEM_LEVEL || frame.topic != Topic::Other)
    }

    /// Whether the innermost topic is a section, not an item, about a role.
    pub(super) fn in_list_of(&self, role: Role) -> bool {
        let told = self
            .frames
            .iter()
            .rev()
            .find(|frame| frame.topic != Topic::Other);
        told.is_some_and(|frame| {
            frame.level < ITEM_LEVEL && frame.topic == Topic::Label(Label::Role(role))
        })
    }

    pub(in crate::plan) fn in_topic(&self, is: impl Fn(Topic) -> bool) -> bool {
        self.frames.iter().any(|frame| is(frame.topic))
    }

    /// The topic of the innermost frame that has one, headings between or not.
    pub(in crate::plan) fn around(&self) -> Topic {
        let topics = self.frames.iter().rev().map(|frame| frame.topic);
        let mut told = topics.filter(|topic| *topic != Topic::Other);
        told.next().unwrap_or(Topic::Other)
    }

    /// The topic of the innermost frame that has one. What a heading alone asks
    /// for ends at the next heading: `Steps` below `Mentors` lists no mentors.
    pub(in crate::plan) fn section(&self) -> Topic {
        let mut below_heading = false;
        for frame in self.frames.iter().rev() {
            match frame.topic {
                Topic::Other => below_heading |= (1..LABEL_LEVEL).contains(&frame.level),
                Topic::Label(_) if below_heading => break,
                topic => return topic,
            }
        }
        Topic::Other
    }

    /// Closes all frames of a level and above. What a section gathered is paired
    /// inside it; what finds no partner waits for the whole document.
    pub(in crate::plan) fn close_to(&mut self, level: usize) {
        while self.frames.len() > 1 && self.frames.last().is_some_and(|frame| frame.level >= level)
        {
            if let Some(frame) = self.frames.pop() {
                self.close(frame);
            }
        }
    }

    fn close(&mut self, mut frame: Frame) {
        if let (Some(day), Some(untold)) = (frame.phase, frame.untold.take()) {
            let said = !untold.title.text.is_empty();
            if said && untold.milestones_before == self.milestones {
                let line = untold.line;
                self.frames.push(Frame {
                    apprentice: frame.apprentice,
                    transparent: true,
                    ..Frame::default()
                });
                self.milestone(day, &untold.title, None, line);
                self.frames.pop();
            }
        }
        if frame.transparent {
            let outer = self.here();
            outer.learners.append(&mut frame.learners);
            outer.mentors.append(&mut frame.mentors);
            let details = frame.details;
            outer.details.started = outer.details.started.take().or(details.started);
            outer.details.autonomy = outer.details.autonomy.take().or(details.autonomy);
            outer.details.goal = outer.details.goal.take().or(details.goal);
            outer.details.success_signal = outer
                .details
                .success_signal
                .take()
                .or(details.success_signal);
            return;
        }
        self.settle(frame);
    }

    pub(in crate::plan) fn settle(&mut self, frame: Frame) {
        let mut learners = frame.learners;
        learners.dedup();
        let has_mentor = |index: &usize| {
            let apprentice = self.draft.plan.apprentices.get(*index);
            apprentice.is_some_and(|apprentice| !apprentice.mentors.is_empty())
        };
        learners.retain(|index| !has_mentor(index));
        if learners.is_empty() {
            add_limited(&mut self.draft.unpaired_mentors, frame.mentors);
        } else {
            for index in &learners {
                let mentors = frame
                    .mentors
                    .iter()
                    .map(|mentor| mentor.value.clone())
                    .collect();
                pairing::detail(
                    self.draft,
                    *index,
                    Details {
                        mentors,
                        ..Details::default()
                    },
                );
            }
        }
        if let [only] = learners.as_slice() {
            pairing::detail(self.draft, *only, frame.details);
        } else if !frame.details.is_empty() {
            let slot = &mut self.draft.unassigned;
            slot.started = slot.started.take().or(frame.details.started);
            slot.autonomy = slot.autonomy.take().or(frame.details.autonomy);
            slot.goal = slot.goal.take().or(frame.details.goal);
            slot.success_signal = slot.success_signal.take().or(frame.details.success_signal);
        }
    }
}
