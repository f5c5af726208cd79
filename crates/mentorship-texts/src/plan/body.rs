//! The body of a plan: sections, lists and labels become what they mean.

use super::entries::{Entry, EntryKind, entries};
use super::person::{self, Names};
use super::vocabulary::{self, Label, Role, Topic};
use super::walker::{
    Frame, ITEM_LEVEL, LABEL_LEVEL, Untold, Walker, opens_section, split_label, title_topic,
};
use super::{Draft, phase, table};
use crate::documents::inline::Inline;
use crate::documents::loose_date::{self, DateReading};
use crate::documents::outline::Outline;

pub(super) fn read(outline: &Outline<'_>, draft: &mut Draft) {
    let mut walker = Walker::new(draft);
    for entry in entries(outline) {
        walker.entry(&entry);
    }
    walker.finish();
}

/// What a line means for the lines nested in it.
enum Said {
    /// It names a phase and nothing else: they are its milestones.
    Phase(u16),
    /// It is a milestone: they are its steps.
    Milestone,
    /// It names a group of what its section lists.
    Group,
    /// Nothing.
    Other,
}

impl Walker<'_> {
    fn entry(&mut self, entry: &Entry) {
        self.note_impossible_days(entry);
        let line = entry.line;
        match &entry.kind {
            EntryKind::Heading { level, text } => {
                self.close_to(usize::from(*level));
                self.heading(usize::from(*level), text, line);
            }
            _ if self.in_topic(|topic| topic == Topic::Sample) => {}
            EntryKind::Paragraph { text } => {
                self.reach(text);
                if opens_section(text) {
                    self.close_to(LABEL_LEVEL);
                    self.heading(LABEL_LEVEL, text, line);
                } else {
                    self.close_to(ITEM_LEVEL);
                    self.statement(text, None, line, false);
                }
            }
            EntryKind::Item { depth, done, text } => {
                let level = ITEM_LEVEL + depth;
                self.close_to(level);
                self.reach(text);
                let frame = self.item(text, *done, line, level);
                self.frames.push(frame);
            }
            EntryKind::Table { rows } => {
                self.close_to(ITEM_LEVEL);
                table::read(self, rows);
            }
        }
    }

    /// Opens a section. The heading may say something itself: `Mentor: @alice`,
    /// `Day 30: observe`, `Jordan (@jordan)`.
    fn heading(&mut self, level: usize, text: &Inline, line: u32) {
        let first = !std::mem::replace(&mut self.titled, true);
        self.named = None;
        let title = title_topic(text).filter(|_| first && level < LABEL_LEVEL);
        let topic = match title.unwrap_or_else(|| vocabulary::topic(&text.text)) {
            // A document's title does not make all of it a sample.
            Topic::Sample if first || level > 6 => Topic::Other,
            // `Mentee: [name]` says who, and asks for nobody below.
            Topic::Label(_)
                if title.is_none()
                    && split_label(text).is_some_and(|(_, value)| !value.text.is_empty()) =>
            {
                Topic::Other
            }
            topic => topic,
        };
        let mut frame = Frame {
            level,
            topic,
            transparent: !matches!(topic, Topic::Other | Topic::Sample) || level >= LABEL_LEVEL,
            ..Frame::default()
        };
        self.find_phase(&mut frame, text, line);
        if topic == Topic::Other && frame.phase.is_none() {
            if let Some((label, value)) = split_label(text).filter(|_| title.is_none()) {
                return self.open_labelled(frame, label, &value, line);
            }
            self.find_subject(&mut frame, text, line);
        }
        if frame.phase.is_some()
            || topic == Topic::Milestones
            || self.section() == Topic::Milestones
        {
            frame.apprentice = frame.apprentice.or_else(|| self.known_learner(text));
        }
        if let (Topic::Label(Label::Role(_)), true) = (topic, level >= LABEL_LEVEL) {
            self.draft.blanks += 1;
        }
        self.frames.push(frame);
    }

    /// `Day 30: observe`, or below milestones a bare `30`.
    fn find_phase(&self, frame: &mut Frame, text: &Inline, line: u32) {
        if let Some(phase) = phase::find(&text.text) {
            frame.phase = Some(phase.day);
            let rest = text.slice(phase.end..text.text.len());
            let marks = rest.text.len()
                - rest
                    .text
                    .trim_start_matches([':', ' ', '-', '–', '—', ')', '.'])
                    .len();
            frame.untold = Some(Untold {
                title: rest.slice(marks..rest.text.len()),
                line,
                milestones_before: self.milestones,
            });
        } else if self.in_topic(|topic| topic == Topic::Milestones) {
            frame.phase = phase::bare(text.text.trim_end_matches(':'));
        }
    }

    /// Opens a section to which its heading's value belongs: `Mentee: Jordan`.
    fn open_labelled(&mut self, frame: Frame, label: Label, value: &Inline, line: u32) {
        self.frames.push(frame);
        self.apply(label, value, line);
        let here = self.here();
        if let [only] = here.learners.as_slice() {
            here.apprentice = Some(*only);
        }
    }

    /// What a heading names by which the section around it is about days or people.
    fn find_subject(&mut self, frame: &mut Frame, text: &Inline, line: u32) {
        if self.section() == Topic::Log {
            frame.date = loose_date::first(&text.text).and_then(|date| date.reading.day());
        }
        match self.around() {
            Topic::Label(Label::Role(Role::Apprentice)) if self.here().topic != Topic::Other => {
                frame.apprentice = self.learner_of(text, line, true);
            }
            Topic::Label(Label::Role(role)) if role != Role::Apprentice => {
                self.named(role, text, line);
            }
            _ => self.count_placeholder(text),
        }
    }

    /// Reads a list item and answers the frame for what is nested in it.
    fn item(&mut self, text: &Inline, done: Option<bool>, line: u32, level: usize) -> Frame {
        let mut frame = Frame {
            level,
            ..Frame::default()
        };
        let learners = Topic::Label(Label::Role(Role::Apprentice));
        if self.here().topic == learners && self.here().apprentice.is_none() && done.is_none() {
            frame.apprentice = self.learner_of(text, line, false);
            frame.transparent = frame.apprentice.is_none();
            return frame;
        }
        let opened = text.text.trim().trim_end_matches(':');
        if done.is_none()
            && (text.text.trim().ends_with(':') || vocabulary::label(opened).is_some())
        {
            let topic = vocabulary::topic(opened);
            if topic != Topic::Other && topic != Topic::Sample {
                frame.topic = topic;
                frame.transparent = true;
                // A link to a page about mentors leaves nothing blank, nor does the word.
                let asks = text.text.contains(':') || text.bold_lead.is_some();
                let role = matches!(topic, Topic::Label(Label::Role(_)));
                let blank = role && asks && text.links.is_empty();
                self.draft.blanks += usize::from(blank);
                return frame;
            }
        }
        match self.statement(text, done, line, true) {
            Said::Phase(day) => frame.phase = Some(day),
            Said::Milestone => frame.milestone = Some(done.is_some()),
            Said::Group => frame.topic = self.section(),
            Said::Other => {}
        }
        frame.transparent =
            frame.phase.is_some() || frame.milestone.is_some() || frame.topic != Topic::Other;
        frame
    }

    /// Reads a line. Answers what it means for the lines nested in it.
    fn statement(&mut self, text: &Inline, done: Option<bool>, line: u32, item: bool) -> Said {
        if text.text.trim().is_empty() {
            return Said::Other;
        }
        match self.section() {
            Topic::Log => {
                if self.is_listed_directly() {
                    self.log_entry(text, None, line);
                }
                return Said::Other;
            }
            Topic::Escalation => {
                self.escalation(text, line, item);
                return Said::Other;
            }
            _ => {}
        }
        // `Shadow: two shifts` below a week is a task of that week.
        let labelled = split_label(text).filter(|(label, value)| {
            !(item && self.phase_here().is_some() && is_task(*label, value))
        });
        if let Some((label, value)) = labelled {
            self.apply(label, &value, line);
            return Said::Other;
        }
        if let Some((phase, title)) = self.phase_of(text, item) {
            if title.text.trim().is_empty() && done.is_none() {
                return Said::Phase(phase);
            }
            self.milestone(phase, &title, done, line);
            return Said::Milestone;
        }
        self.by_section(text, done, line, item)
    }

    /// A line that says nothing by itself means what its section is about.
    fn by_section(&mut self, text: &Inline, done: Option<bool>, line: u32, item: bool) -> Said {
        let direct = self.is_listed_directly();
        match self.section() {
            Topic::Assets(kind) if item && direct => self.asset(kind, None, text, line),
            Topic::Label(Label::Role(role))
                if item && direct && done.is_none() && self.here_apprentice().is_none() =>
            {
                if !self.listed_people(role, text, line) && text.text.len() < 40 {
                    return Said::Group;
                }
            }
            Topic::Label(label @ (Label::Scope | Label::Goal | Label::SuccessSignal)) => {
                self.apply(label, text, line);
            }
            Topic::Label(label) if !item && self.here_apprentice().is_none() => {
                self.stated_alone(label, text, line);
            }
            _ if item && self.step(done) => {}
            _ if item && direct && done.is_none() && self.listed_in_group(text, line) => {}
            _ => match self.phase_here() {
                Some(day) if item => {
                    self.milestone(day, text, done, line);
                    return Said::Milestone;
                }
                phase => {
                    if done.is_some() {
                        self.undated_boxes.push(line);
                    }
                    if phase.is_some() {
                        let told = self
                            .frames
                            .iter_mut()
                            .rev()
                            .find_map(|frame| frame.untold.as_mut());
                        if let Some(untold) = told.filter(|untold| untold.title.text.is_empty()) {
                            untold.title = text.clone();
                        }
                    }
                    self.sentence(text, line);
                }
            },
        }
        Said::Other
    }

    /// Notes days that no calendar has, wherever they stand.
    fn note_impossible_days(&mut self, entry: &Entry) {
        let texts: Vec<(u32, &str)> = match &entry.kind {
            EntryKind::Heading { text, .. }
            | EntryKind::Item { text, .. }
            | EntryKind::Paragraph { text } => vec![(entry.line, text.text.as_str())],
            EntryKind::Table { rows } => rows
                .iter()
                .flat_map(|row| row.cells.iter().map(|cell| (row.line, cell.text.as_str())))
                .collect(),
        };
        for (line, text) in texts {
            for mention in loose_date::mentions(text) {
                if mention.reading == DateReading::Impossible {
                    let written = text.get(mention.range).unwrap_or_default();
                    let note = mention.reading.note(written);
                    self.draft.note(line, note.unwrap_or_default());
                }
            }
        }
    }
}

/// Whether a role is followed by words for something to do, not for somebody.
fn is_task(label: Label, value: &Inline) -> bool {
    let found = person::read(value, Names::Taken);
    matches!(label, Label::Role(_)) && found.people.is_empty() && !found.others.is_empty()
}
