//! Where a reader of a plan stands, and what it makes of what it is told there.

mod frames;
mod labels;
mod listed;
mod milestones;
mod roles;
mod syntax;

use super::Draft;
use super::pairing::add_people;
use super::person::PersonRef;
use super::vocabulary::Role;
use crate::{Located, Note};
pub(super) use frames::{Frame, ITEM_LEVEL, LABEL_LEVEL, Untold};
pub(super) use syntax::{opens_section, split_label, title_topic};

/// More of any one thing than this is no plan; the rest is noted and left out.
const MAX_OF_A_KIND: usize = 500;

/// Takes statements in the order of the document.
pub(super) struct Walker<'a> {
    pub(super) draft: &'a mut Draft,
    pub(super) frames: Vec<Frame>,
    pub(super) undated_boxes: Vec<u32>,
    /// Whom a heading below a list of people names, until a line says how to reach them.
    pub(super) named: Option<(Role, Located<PersonRef>)>,
    full: bool,
    pub(super) titled: bool,
    pub(super) milestones: usize,
}

impl<'a> Walker<'a> {
    /// At the beginning of a document.
    pub(super) fn new(draft: &'a mut Draft) -> Self {
        Self {
            draft,
            frames: vec![Frame::default()],
            undated_boxes: Vec::new(),
            named: None,
            full: false,
            titled: false,
            milestones: 0,
        }
    }

    pub(super) fn has_room(&mut self, count: usize) -> bool {
        if count >= MAX_OF_A_KIND && !self.full {
            self.full = true;
            self.draft.notes.push(Note::on_the_whole(format!(
                "more than {MAX_OF_A_KIND} entries of one kind; the rest was left out"
            )));
        }
        count < MAX_OF_A_KIND
    }

    /// At the end of the document.
    pub(super) fn finish(mut self) {
        self.close_to(1);
        if let Some(root) = self.frames.pop() {
            self.settle(root);
        }
        if let (Some(first), count) = (self.undated_boxes.first(), self.undated_boxes.len()) {
            let boxes = if count == 1 {
                "box stands"
            } else {
                "boxes stand"
            };
            self.draft.note(
                *first,
                format!("{count} check {boxes} under no day, week or month, so nothing is due"),
            );
        }
    }
}

fn add_limited(list: &mut Vec<Located<PersonRef>>, people: Vec<Located<PersonRef>>) {
    if list.len() < MAX_OF_A_KIND {
        add_people(list, people);
    }
}
