//! The body of a plan: sections, lists and labels become what they mean.

use super::front::{located, read_autonomy, read_date, report, short};
use super::milestone::{self, Tail};
use super::pairing::{self, Details, add_people, keep_first};
use super::person::{self, Names, PersonRef};
use super::phase::{self, Phase};
use super::vocabulary::{self, Label, Role, Topic};
use super::{Asset, AssetKind, Draft, EscalationEntry, LogEntry, Milestone, table};
use crate::civil_date::CivilDate;
use crate::documents::inline::{self, Inline};
use crate::documents::loose_date::{self, DateReading};
use crate::documents::outline::{Block, Outline};
use crate::{Located, Note};

/// A line is searched for labels at so many of its marks.
const MAX_PARTS: usize = 64;

/// More of any one thing than this is no plan; the rest is noted and left out.
const MAX_OF_A_KIND: usize = 500;

pub(super) fn read(outline: &Outline<'_>, draft: &mut Draft) {
    let mut walker = Walker {
        draft,
        frames: vec![Frame::default()],
        undated_boxes: Vec::new(),
        full: false,
        titled: false,
        milestones: 0,
    };
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

/// What one statement of the document consists of.
pub(super) struct Entry {
    line: u32,
    kind: EntryKind,
}

enum EntryKind {
    Heading {
        level: u8,
        text: Inline,
    },
    Item {
        depth: usize,
        done: Option<bool>,
        text: Inline,
    },
    Paragraph {
        text: Inline,
    },
    Table {
        rows: Vec<table::Row>,
    },
}

/// Joins wrapped items and the rows of a table; code is not read.
fn entries(outline: &Outline<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut table_open = None;
    for line in &outline.lines {
        let number = line.number;
        let text = |markup: &str| inline::read(markup, &outline.references);
        let kind = match line.block {
            Block::Code { .. } => continue,
            Block::Heading { level } => EntryKind::Heading {
                level,
                text: text(&line.markup),
            },
            Block::Item { depth, done, .. } => EntryKind::Item {
                depth,
                done,
                text: text(&line.markup),
            },
            Block::Paragraph { .. } => EntryKind::Paragraph {
                text: text(&line.markup),
            },
            Block::Continuation { lazy } => {
                let further = text(&line.markup);
                let labelled = split_label(&further).is_some();
                let opens = lazy && vocabulary::topic(&further.text) != Topic::Other;
                match entries.last_mut().map(|entry| &mut entry.kind) {
                    Some(EntryKind::Item { text, .. }) if !labelled && !opens => {
                        text.extend(&further);
                        continue;
                    }
                    Some(EntryKind::Item { depth, .. }) if labelled && !lazy => {
                        let depth = *depth + 1;
                        EntryKind::Item {
                            depth,
                            done: None,
                            text: further,
                        }
                    }
                    _ => EntryKind::Paragraph { text: further },
                }
            }
            Block::Row { table, header } => {
                let row = table::Row {
                    line: number,
                    header,
                    cells: line.cells().into_iter().map(text).collect(),
                };
                match entries.last_mut().map(|entry| &mut entry.kind) {
                    Some(EntryKind::Table { rows }) if table_open == Some(table) => {
                        rows.push(row);
                        continue;
                    }
                    _ => {
                        table_open = Some(table);
                        EntryKind::Table { rows: vec![row] }
                    }
                }
            }
        };
        entries.push(Entry { line: number, kind });
    }
    entries
}

/// An open section, list item or label.
struct Frame {
    /// Headings 1 to 6, labels and bold lines 7, list items 8 and up.
    level: usize,
    topic: Topic,
    phase: Option<u16>,
    apprentice: Option<usize>,
    /// The day that a heading of the log names.
    date: Option<CivilDate>,
    /// An item that is a milestone, and whether it has a box of its own.
    milestone: Option<bool>,
    /// A frame for one label hands what it gathers to the frame around it.
    transparent: bool,
    /// A heading that names a phase, until something in it is a milestone.
    untold: Option<Untold>,
    learners: Vec<usize>,
    mentors: Vec<Located<PersonRef>>,
    details: Details,
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
struct Untold {
    title: Inline,
    line: u32,
    milestones_before: usize,
}

const LABEL_LEVEL: usize = 7;
const ITEM_LEVEL: usize = 8;

pub(super) struct Walker<'a> {
    pub(super) draft: &'a mut Draft,
    frames: Vec<Frame>,
    undated_boxes: Vec<u32>,
    full: bool,
    titled: bool,
    milestones: usize,
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
        let topic = match vocabulary::topic(&text.text) {
            // A document's title does not make all of it a sample.
            Topic::Sample if first || level > 6 => Topic::Other,
            topic => topic,
        };
        let mut frame = Frame {
            level,
            topic,
            transparent: !matches!(topic, Topic::Other | Topic::Sample) || level >= LABEL_LEVEL,
            ..Frame::default()
        };
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
        if topic == Topic::Other && frame.phase.is_none() {
            if let Some((label, value)) = split_label(text) {
                // The heading's value belongs to its section.
                self.frames.push(frame);
                self.apply(label, &value, line);
                let here = self.here();
                if let [only] = here.learners.as_slice() {
                    here.apprentice = Some(*only);
                }
                return;
            }
            if self.section() == Topic::Log {
                frame.date = loose_date::first(&text.text).and_then(|date| date.reading.day());
            }
            if self.in_topic(|topic| topic == Topic::Label(Label::Role(Role::Apprentice))) {
                frame.apprentice = self.learner_of(text, line);
            } else {
                self.count_placeholder(text);
            }
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

    /// Reads a list item and answers the frame for what is nested in it.
    fn item(&mut self, text: &Inline, done: Option<bool>, line: u32, level: usize) -> Frame {
        let mut frame = Frame {
            level,
            ..Frame::default()
        };
        let learners = Topic::Label(Label::Role(Role::Apprentice));
        if self.here().topic == learners && self.here().apprentice.is_none() {
            frame.apprentice = self.learner_of(text, line);
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
                self.draft.blanks += usize::from(matches!(topic, Topic::Label(Label::Role(_))));
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
        if let Some((label, value)) = split_label(text) {
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
                if item && direct && self.here_apprentice().is_none() =>
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

    /// The line below a label of its own: the value, unless it is running text.
    fn stated_alone(&mut self, label: Label, text: &Inline, line: u32) {
        if let Label::Role(role) = label {
            let found = person::read(text, Names::Taken);
            self.draft.placeholders += found.placeholders.len();
            if found.others.is_empty() {
                self.give_role(role, located(found.people, line));
            } else {
                let sure = person::read(text, Names::Ignored).people;
                self.give_role(role, located(sure, line));
            }
        } else {
            self.apply(label, text, line);
        }
    }

    /// What a label says with the value behind it.
    pub(super) fn apply(&mut self, label: Label, value: &Inline, line: u32) {
        let text = value.text.trim();
        if text.is_empty() {
            self.draft.blanks += usize::from(matches!(label, Label::Role(_)));
            return;
        }
        match label {
            Label::Role(role) => self.role(role, value, line),
            Label::StewardSince => {
                let since = read_date(text, line, self.draft);
                self.steward_since(since);
            }
            Label::Started => {
                let started = read_date(text, line, self.draft);
                self.detail(Details {
                    started,
                    ..Details::default()
                });
            }
            Label::Autonomy => {
                let autonomy = read_autonomy(text, line, self.draft);
                self.detail(Details {
                    autonomy,
                    ..Details::default()
                });
            }
            Label::Goal => {
                let goal = self.words(text, line);
                self.detail(Details {
                    goal,
                    ..Details::default()
                });
            }
            Label::SuccessSignal => {
                let success_signal = self.words(text, line);
                self.detail(Details {
                    success_signal,
                    ..Details::default()
                });
            }
            Label::Scope => {
                let words = self.words(text, line);
                let goes_on = self.section() == Topic::Label(Label::Scope);
                match (&mut self.draft.plan.scope, words) {
                    (slot @ None, words) => *slot = words,
                    // A section of several lines is one text.
                    (Some(scope), Some(more)) if goes_on && scope.value.len() < 2_000 => {
                        scope.value.push(' ');
                        scope.value.push_str(&more.value);
                    }
                    _ => {}
                }
            }
            Label::Service => {
                let words = self.words(text, line);
                if self.draft.plan.service.is_none() {
                    self.draft.plan.service = words;
                }
            }
            Label::Asset(kind) => self.asset(kind, Some(kind_title(kind)), value, line),
        }
    }

    pub(super) fn role(&mut self, role: Role, value: &Inline, line: u32) {
        let mut found = person::read(value, Names::Taken);
        // `Buddy: @bob / Lead: Jim` says two things.
        let others = std::mem::take(&mut found.others);
        let mut further = Vec::new();
        for other in others {
            let inline = Inline {
                text: other.clone(),
                ..Inline::default()
            };
            match split_label(&inline) {
                Some((Label::Role(also), value)) => {
                    further.push((also, person::read(&value, Names::Taken).people));
                }
                _ => found.others.push(other),
            }
        }
        report(&found, line, self.draft);
        if role == Role::Steward && !found.people.is_empty() {
            let since = loose_date::first(&value.text).map(|mention| mention.range);
            let since = since.and_then(|range| value.text.get(range));
            let since = since.and_then(|date| read_date(date, line, self.draft));
            self.steward_since(since);
        }
        self.give_role(role, located(found.people, line));
        for (role, people) in further {
            self.give_role(role, located(people, line));
        }
    }

    /// Gives a role to people; contradictions between lines are noted.
    pub(super) fn give_role(&mut self, role: Role, people: Vec<Located<PersonRef>>) {
        let Some(first) = people.first().cloned() else {
            return;
        };
        let (list, what) = match role {
            Role::Mentor => {
                let mentors = people.into_iter();
                // A list of mentors is whom one may ask, not yet who teaches whom.
                if self.in_list_of(Role::Mentor) && self.here_apprentice().is_none() {
                    add_limited(&mut self.draft.unpaired_mentors, mentors.collect());
                    return;
                }
                match self.here_apprentice() {
                    Some(index) => {
                        let mentors = mentors.map(|mentor| mentor.value).collect();
                        pairing::detail(
                            self.draft,
                            index,
                            Details {
                                mentors,
                                ..Details::default()
                            },
                        );
                    }
                    None => {
                        let here = &mut self.here().mentors;
                        let room = MAX_OF_A_KIND.saturating_sub(here.len());
                        here.extend(mentors.take(room));
                    }
                }
                return;
            }
            Role::Apprentice => {
                for person in people {
                    if self.has_room(self.draft.plan.apprentices.len()) {
                        let index = pairing::apprentice(&mut self.draft.plan, person);
                        self.here().learners.push(index);
                    }
                }
                return;
            }
            Role::Maintainer => {
                add_limited(&mut self.draft.plan.maintainers, people);
                return;
            }
            Role::Steward => (&mut self.draft.plan.steward, "steward"),
            Role::Backup => (&mut self.draft.plan.backup, "backup"),
            Role::ProgramOwner => (&mut self.draft.plan.program_owner, "program owner"),
        };
        let known = |person: &Located<PersonRef>| {
            list.iter().any(|other| other.value.may_be(&person.value))
        };
        if list.is_empty() {
            add_people(list, people);
        } else if !people.iter().any(known) {
            let stands = list.first().map_or(0, |person| person.line);
            let written = short(&first.value.written);
            self.draft.note(
                first.line,
                format!("`{written}` is named as {what} here, somebody else on line {stands}; line {stands} stands"),
            );
        }
    }

    fn steward_since(&mut self, since: Option<Located<CivilDate>>) {
        let slot = &mut self.draft.plan.steward_since;
        if let Some((line, message)) = keep_first(slot, since, "date since when", "steward") {
            self.draft.note(line, message);
        }
    }

    /// People listed below a heading that names their role: the item's lead.
    /// Answers whether there were any, or a fill-in for one.
    fn listed_people(&mut self, role: Role, text: &Inline, line: u32) -> bool {
        let lead = lead(text);
        let lead = text.slice(0..lead);
        let found = person::read(&lead, Names::Taken);
        self.draft.placeholders += found.placeholders.len();
        // `Alice Smith, Staff Engineer`: only handles make a list of people.
        let sure = |person: &&PersonRef| !matches!(person.identity, person::Identity::Name(_));
        let mut people: Vec<PersonRef> = found.people.iter().filter(sure).cloned().collect();
        if people.is_empty() {
            let capital = |person: &PersonRef| person.written.starts_with(char::is_uppercase);
            people.extend(found.people.into_iter().next().filter(capital));
        }
        let named = !people.is_empty() || !found.placeholders.is_empty();
        self.give_role(role, located(people, line));
        named
    }

    /// Somebody learning, with what the line says of them: `@jordan — mentor:
    /// @alice, started 2026-01-05, autonomy: guided`.
    fn learner_of(&mut self, text: &Inline, line: u32) -> Option<usize> {
        let (rest_label, value) = match split_label(text) {
            Some((Label::Role(Role::Apprentice), value)) => (true, value),
            Some((label, value)) => {
                self.apply(label, &value, line);
                return None;
            }
            None => (false, text.clone()),
        };
        let end = if rest_label {
            value.text.len()
        } else {
            lead(&value)
        };
        let found = person::read(&value.slice(0..end), Names::Taken);
        self.draft.placeholders += found.placeholders.len();
        let person = found.people.into_iter().next()?;
        if !self.has_room(self.draft.plan.apprentices.len()) {
            return None;
        }
        let index = pairing::apprentice(&mut self.draft.plan, Located::at(line, person));
        self.here().learners.push(index);
        self.frames.push(Frame {
            apprentice: Some(index),
            transparent: true,
            ..Frame::default()
        });
        for part in parts(&value, end) {
            if let Some((label, value)) = split_label(&part).or_else(|| leading_label(&part)) {
                self.apply(label, &value, line);
            }
        }
        self.frames.pop();
        Some(index)
    }

    /// The one known learner whom a heading names by handle, ref or address.
    fn known_learner(&self, text: &Inline) -> Option<usize> {
        let found = person::read(text, Names::Ignored);
        let person = found.people.first()?;
        let learners = &self.draft.plan.apprentices;
        learners
            .iter()
            .position(|apprentice| apprentice.person.may_be(person))
    }

    fn detail(&mut self, details: Details) {
        if let Some(index) = self.here_apprentice() {
            pairing::detail(self.draft, index, details);
        } else {
            let slot = &mut self.here().details;
            slot.started = slot.started.take().or(details.started);
            slot.autonomy = slot.autonomy.take().or(details.autonomy);
            slot.goal = slot.goal.take().or(details.goal);
            slot.success_signal = slot.success_signal.take().or(details.success_signal);
        }
    }

    pub(super) fn milestone(&mut self, day: u16, text: &Inline, done: Option<bool>, line: u32) {
        let tail = milestone::split(text, line);
        self.add_milestone(day, tail, done, line);
    }

    pub(super) fn add_milestone(&mut self, day: u16, tail: Tail, done: Option<bool>, line: u32) {
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
    fn step(&mut self, done: Option<bool>) -> bool {
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

    pub(super) fn asset(&mut self, kind: AssetKind, title: Option<&str>, text: &Inline, line: u32) {
        if person::is_placeholder(&text.text) || person::is_nobody(&text.text) {
            return;
        }
        let mut pieces: Vec<(String, Option<String>)> = Vec::new();
        for link in text.links_in(&(0..text.text.len())) {
            pieces.push((link.text, Some(link.target)));
        }
        if pieces.is_empty() {
            for piece in text.text.split([',', ';', '\n']) {
                let piece = piece.trim().trim_end_matches('.');
                let path = piece
                    .split_whitespace()
                    .find(|word| milestone::is_path(word));
                if !piece.is_empty() {
                    pieces.push((piece.to_owned(), path.map(str::to_owned)));
                }
            }
        }
        for (name, target) in pieces {
            let described = || {
                let about = vocabulary::asset_in(&name);
                if about == AssetKind::Other {
                    let whole = vocabulary::asset_in(&text.text);
                    let target = target
                        .as_deref()
                        .map_or(AssetKind::Other, vocabulary::asset_in);
                    if target == AssetKind::Other {
                        whole
                    } else {
                        target
                    }
                } else {
                    about
                }
            };
            let kind = if kind == AssetKind::Other {
                described()
            } else {
                kind
            };
            // `Runbook: docs/x.md` has no better title than its label.
            let bare = target.as_deref() == Some(name.as_str());
            let title = title.filter(|_| bare).unwrap_or(&name).to_owned();
            if self.has_room(self.draft.plan.assets.len()) {
                self.draft.plan.assets.push(Asset {
                    kind,
                    title,
                    target,
                    line,
                });
            }
        }
    }

    fn escalation(&mut self, text: &Inline, line: u32, item: bool) {
        let (role, value) = match label_end(text).filter(|(end, _)| *end <= 60) {
            Some((end, start)) => {
                let role = text.text.get(..end).unwrap_or_default();
                (role.trim(), text.slice(start..text.text.len()))
            }
            None => ("", text.clone()),
        };
        let sure = !person::read(&value, Names::Ignored).people.is_empty();
        let known = vocabulary::label(role).is_some();
        // Running text around the tree is not part of it.
        if sure || known || (item && !role.is_empty()) {
            self.escalation_entry(role, &value, line);
        }
    }

    pub(super) fn escalation_entry(&mut self, role: &str, value: &Inline, line: u32) {
        if value.text.trim().is_empty() {
            self.draft.blanks += 1;
            return;
        }
        let found = person::read(value, Names::Taken);
        if let Some(Label::Role(known @ (Role::Steward | Role::Backup | Role::ProgramOwner))) =
            vocabulary::label(role)
        {
            self.role(known, value, line);
        } else {
            self.draft.placeholders += found.placeholders.len();
        }
        let mut notes: Vec<String> = found.teams;
        notes.extend(found.others);
        notes.extend(found.remark);
        let note = (!notes.is_empty()).then(|| notes.join(", "));
        let nothing = found.people.is_empty() && note.is_none();
        if !nothing && self.has_room(self.draft.plan.escalation.len()) {
            self.draft.plan.escalation.push(EscalationEntry {
                role: role.to_owned(),
                people: found.people,
                note,
                line,
            });
        }
    }

    pub(super) fn log_entry(&mut self, text: &Inline, kind: Option<&str>, line: u32) {
        let mention = loose_date::first(&text.text);
        let from_heading = self.frames.iter().rev().find_map(|frame| frame.date);
        let (date, rest) = match &mention {
            Some(mention) => {
                let written = text.text.get(mention.range.clone()).unwrap_or_default();
                if let Some(note) = mention.reading.note(written) {
                    self.draft.note(line, note);
                }
                let begins = mention.range.start <= 3;
                let rest = if begins { mention.range.end } else { 0 };
                (mention.reading.day().or(from_heading), rest)
            }
            None => (from_heading, 0),
        };
        let rest = text.slice(rest..text.text.len());
        let words = rest
            .text
            .trim_start_matches([' ', '-', '–', '—', ':', ',', ')', ']', '|']);
        let found = person::read(&rest, Names::Ignored);
        self.draft.placeholders += found.placeholders.len();
        let Some(date) = date else {
            if person::is_placeholder(&text.text) {
                self.draft.placeholders += 1;
            } else if mention.is_none() && !text.text.trim().is_empty() {
                self.draft
                    .note(line, "an entry of the log without a date is not counted");
            }
            return;
        };
        if words.is_empty() || person::is_placeholder(words) {
            self.draft.placeholders += 1;
            return;
        }
        if self.has_room(self.draft.plan.log.len()) {
            self.draft.plan.log.push(LogEntry {
                date,
                kind: vocabulary::log_kind(kind.unwrap_or(words)),
                people: found.people,
                text: words.to_owned(),
                line,
            });
        }
    }

    /// `@bob will be your onboarding buddy`, `Welcome! Your buddy is @bob`.
    fn sentence(&mut self, text: &Inline, line: u32) {
        const VERBS: [&str; 3] = [" is ", " are ", " will be "];
        let all = text.text.as_str();
        let verbs = VERBS
            .iter()
            .flat_map(|verb| all.match_indices(verb).take(4));
        for (at, verb) in verbs {
            let before = all.get(..at).unwrap_or_default();
            let behind = all.get(at + verb.len()..).unwrap_or_default();
            let (role, subject) = if let Some(role) = role_at_start(behind) {
                (role, text.slice(0..at))
            } else if let Some(role) = role_at_end(before) {
                let end = behind.find([',', '.', ';']).unwrap_or(behind.len());
                let end = behind.find(" and ").map_or(end, |and| and.min(end));
                let start = at + verb.len();
                (role, text.slice(start..start + end))
            } else {
                continue;
            };
            let found = person::read(&subject, Names::Ignored);
            self.draft.placeholders += found.placeholders.len();
            self.give_role(role, located(found.people, line));
        }
    }

    /// A fill-in in a heading: `Welcome @{username}`, `Plan for <name>`.
    fn count_placeholder(&mut self, text: &Inline) {
        let words = vocabulary::plain_words(&text.text);
        let of_somebody = words.iter().any(|word| {
            matches!(
                word.as_str(),
                "username" | "handle" | "mentee" | "mentor" | "apprentice" | "steward" | "buddy"
            )
        });
        let marked = text.text.contains(['{', '<']) && person::is_placeholder(&text.text);
        self.draft.placeholders += usize::from(marked && of_somebody);
    }

    fn words(&mut self, text: &str, line: u32) -> Option<Located<String>> {
        if person::is_placeholder(text) {
            return None;
        }
        Some(Located::at(line, text.trim().to_owned()))
    }

    /// The phase that a line names, and the line's title.
    fn phase_of(&self, text: &Inline, item: bool) -> Option<(u16, Inline)> {
        let all = text.text.len();
        if let Some((end, start)) = label_end(text).filter(|(end, _)| *end <= 60) {
            let label = text.text.get(..end).unwrap_or_default();
            let phase = phase::find(label).map(|phase| phase.day);
            let milestones = self.in_topic(|topic| topic == Topic::Milestones);
            if let Some(day) = phase.or_else(|| phase::bare(label).filter(|_| milestones)) {
                return Some((day, text.slice(start..all)));
            }
        }
        let Phase { day, end, leads } = phase::find(&text.text)?;
        if !item || !leads {
            return None;
        }
        let rest = text.slice(end..all);
        // `Day 30 checkpoint with @alice` keeps its words as the title.
        let title = if rest.text.is_empty() {
            rest
        } else {
            text.clone()
        };
        Some((day, title))
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

    pub(super) fn has_room(&mut self, count: usize) -> bool {
        if count >= MAX_OF_A_KIND && !self.full {
            self.full = true;
            self.draft.notes.push(Note::on_the_whole(format!(
                "more than {MAX_OF_A_KIND} entries of one kind; the rest was left out"
            )));
        }
        count < MAX_OF_A_KIND
    }

    /// The innermost frame.
    fn here(&mut self) -> &mut Frame {
        let innermost = self.frames.len() - 1;
        // `close_to` keeps the outermost frame, so that there is always one.
        &mut self.frames[innermost]
    }

    fn here_apprentice(&self) -> Option<usize> {
        self.frames.iter().rev().find_map(|frame| frame.apprentice)
    }

    fn phase_here(&self) -> Option<u16> {
        self.frames.iter().rev().find_map(|frame| frame.phase)
    }

    /// Whether a line stands in its section itself, not below an item of it.
    fn is_listed_directly(&self) -> bool {
        let here = self.frames.last();
        here.is_none_or(|frame| frame.level < ITEM_LEVEL || frame.topic != Topic::Other)
    }

    /// Whether the innermost topic is a section, not an item, about a role.
    fn in_list_of(&self, role: Role) -> bool {
        let told = self
            .frames
            .iter()
            .rev()
            .find(|frame| frame.topic != Topic::Other);
        told.is_some_and(|frame| {
            frame.level < ITEM_LEVEL && frame.topic == Topic::Label(Label::Role(role))
        })
    }

    pub(super) fn in_topic(&self, is: impl Fn(Topic) -> bool) -> bool {
        self.frames.iter().any(|frame| is(frame.topic))
    }

    /// The topic of the innermost frame that has one.
    pub(super) fn section(&self) -> Topic {
        let topics = self.frames.iter().rev().map(|frame| frame.topic);
        topics
            .into_iter()
            .find(|topic| *topic != Topic::Other)
            .unwrap_or(Topic::Other)
    }

    /// Closes all frames of a level and above. What a section gathered is paired
    /// inside it; what finds no partner waits for the whole document.
    fn close_to(&mut self, level: usize) {
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

    fn settle(&mut self, frame: Frame) {
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

    fn finish(mut self) {
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

fn kind_title(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Runbook => "Runbook",
        AssetKind::Dashboard => "Dashboard",
        AssetKind::Alert => "Alerts",
        AssetKind::DecisionRecord => "Decision record",
        AssetKind::Walkthrough => "Walkthrough",
        AssetKind::Other => "Asset",
    }
}

/// A paragraph that is a heading in all but its marks: bold throughout, a known
/// section by name, or a phase and nothing else.
fn opens_section(text: &Inline) -> bool {
    let words = text.text.trim();
    if words.is_empty() || words.len() > 80 || words.ends_with(['.', '!', '?']) {
        return false;
    }
    let bold = text.bold_lead.is_some_and(|end| {
        let behind = text.text.get(end..).unwrap_or_default();
        behind.trim().trim_matches([':', '…']).is_empty()
    });
    let named = words.trim_end_matches(':');
    let topic = vocabulary::topic(named);
    let phase = phase::find(named).is_some_and(|phase| phase.leads);
    match topic {
        Topic::Other | Topic::Sample => {
            let colon = words.ends_with(':') && phase;
            (bold && split_label(text).is_none()) || colon
        }
        Topic::Milestones | Topic::Escalation | Topic::Log | Topic::Assets(_) => {
            bold || words.split_whitespace().count() <= 5 && !words.contains(": ")
        }
        Topic::Label(_) | Topic::People => true,
    }
}

/// A known label with its value: `Mentor: @alice`, `**Mentor** @alice`,
/// `Mentor — @alice`, `Your mentor is @alice`.
fn split_label(text: &Inline) -> Option<(Label, Inline)> {
    let (end, start) = label_end(text)?;
    let name = text.text.get(..end)?;
    if let Some(label) = vocabulary::label(name) {
        return Some((label, text.slice(start..text.text.len())));
    }
    None
}

/// The role that a clause begins with: `your onboarding buddy and …`.
fn role_at_start(text: &str) -> Option<Role> {
    let clause = text.split([',', '.', ';', '(']).next().unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().take(4).collect();
    words
        .first()
        .filter(|word| matches!(**word, "your" | "the" | "our" | "my" | "a"))?;
    (2..=words.len())
        .rev()
        .find_map(|count| as_role(&words.get(..count)?.join(" ")))
}

/// The role that a clause ends with: `Welcome! Your buddy`.
fn role_at_end(text: &str) -> Option<Role> {
    let clause = text
        .rsplit([',', '.', ';', '!', ':'])
        .next()
        .unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().collect();
    let from = words.len().saturating_sub(3);
    (from..words.len()).find_map(|start| as_role(&words.get(start..)?.join(" ")))
}

fn as_role(text: &str) -> Option<Role> {
    match vocabulary::label(text) {
        Some(Label::Role(role)) => Some(role),
        _ => None,
    }
}

/// Where a label ends and its value begins.
fn label_end(text: &Inline) -> Option<(usize, usize)> {
    const MARKS: [&str; 7] = [" — ", " – ", " - ", " = ", " → ", " -> ", " | "];
    const VERBS: [&str; 3] = [" is ", " are ", " will be "];
    let all = text.text.as_str();
    if let Some(bold) = text.bold_lead.filter(|end| *end > 0) {
        let behind = all.get(bold..)?;
        let value = behind.trim_start_matches([':', ' ', '-', '–', '—', '=']);
        let name = all.get(..bold)?.trim_end_matches([':', ' ']);
        if vocabulary::label(name).is_some() || phase::find(name).is_some_and(|phase| phase.leads) {
            return Some((name.len(), all.len() - value.len()));
        }
    }
    let colon = all.match_indices(':').find_map(|(at, _)| {
        let next = all.get(at + 1..)?.chars().next();
        let before = all.get(..at)?;
        let entity = before
            .get(before.len().saturating_sub(4)..)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("user"));
        let clock = next.is_some_and(|c| c.is_ascii_digit())
            && before.ends_with(|c: char| c.is_ascii_digit());
        (next != Some('/') && !entity && !clock).then_some((at, at + 1))
    });
    let mark = MARKS
        .iter()
        .filter_map(|mark| all.find(mark).map(|at| (at, at + mark.len())))
        .min();
    let earlier = match (colon, mark) {
        (Some(colon), Some(mark)) if mark.0 < colon.0 => {
            // `Day 30 - Shadow: on-call`: the mark, where it closes a label.
            let name = all.get(..mark.0)?;
            let known =
                vocabulary::label(name).is_some() || phase::find(name).is_some_and(|p| p.leads);
            Some(if known { mark } else { colon })
        }
        (Some(colon), _) => Some(colon),
        (None, mark) => mark,
    };
    let known = |range: &(usize, usize)| {
        all.get(..range.0)
            .is_some_and(|name| vocabulary::label(name).is_some() || phase::find(name).is_some())
    };
    if let Some(range) = earlier.filter(known) {
        return Some(range);
    }
    let verb = VERBS.iter().find_map(|verb| {
        let at = all.find(verb)?;
        let start = at + verb.len();
        let value = all.get(start..)?.trim_start();
        let person = value.starts_with(['@', '<']) || value.contains(" (@") && value.len() < 80;
        (person && vocabulary::label(all.get(..at)?).is_some()).then_some((at, start))
    });
    verb.or(earlier)
}

/// `started 2026-01-05`, `mentor @alice`: a label without a mark behind it.
fn leading_label(text: &Inline) -> Option<(Label, Inline)> {
    let ends = text.text.match_indices(' ').map(|(at, _)| at).take(3);
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().rev().find_map(|end| {
        let label = vocabulary::label(text.text.get(..end)?)?;
        Some((label, text.slice(end..text.text.len())))
    })
}

/// Where the name at the head of an item ends and the talk about it begins.
fn lead(text: &Inline) -> usize {
    let all = text.text.as_str();
    let dash = [" — ", " – ", " - ", ": ", " | "]
        .iter()
        .filter_map(|mark| all.find(mark))
        .min();
    let bracket = all.find(" (").filter(|at| {
        let inside = all.get(at + 2..).unwrap_or_default();
        !inside.starts_with('@') && !inside.starts_with("[@") && !inside.contains('@')
            || vocabulary::plain_words(inside)
                .first()
                .is_some_and(|word| vocabulary::label(word).is_some())
    });
    let labelled = all
        .match_indices([',', ';'])
        .take(MAX_PARTS)
        .find_map(|(at, _)| {
            let behind = text.slice(at + 1..all.len());
            (split_label(&behind).is_some() || leading_label(&behind).is_some()).then_some(at)
        });
    [dash, bracket, labelled]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(all.len())
}

/// The parts behind a lead, split where a new label begins.
fn parts(text: &Inline, from: usize) -> Vec<Inline> {
    let all = text.text.as_str();
    let mut cuts: Vec<usize> = Vec::new();
    let marks = all.match_indices([',', ';', '(', '—', '–', ':', '-', '|', ')']);
    for (at, mark) in marks.filter(|(at, _)| *at >= from).take(MAX_PARTS) {
        let next = at + mark.len();
        let behind = text.slice(next..all.len());
        let opens = split_label(&behind).is_some() || leading_label(&behind).is_some();
        if opens {
            cuts.push(next);
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([all.len()]);
    cuts.iter()
        .zip(ends)
        .map(|(start, end)| {
            let mut part = text.slice(*start..end);
            let trimmed = part
                .text
                .trim_end_matches([',', ';', '(', ')', ' ', '—', '–', '|'])
                .len();
            part = part.slice(0..trimmed);
            part
        })
        .collect()
}
