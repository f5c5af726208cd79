//! The plan: `MENTORSHIP.md` and its variants, understood as far as they go.
//!
//! Two forms are equally understood: the plain one that practitioners write by
//! hand, and the canonical one that `mentorship init` writes. Everything else is
//! read as tolerantly as a careful reader would, and never guessed.

mod body;
mod entries;
mod front;
mod milestone;
mod pairing;
pub mod person;
pub mod phase;
mod table;
pub mod template;
mod vocabulary;
mod walker;

use crate::civil_date::CivilDate;
use crate::documents::inline::Link;
use crate::documents::{front_matter, outline, text};
use crate::ordering::sort_by_key;
use crate::{Located, Note, Parsed};

pub use person::{Identity, PersonRef};

/// More notes than this on one plan help nobody; the rest is counted.
const MAX_NOTES: usize = 100;

/// What a plan says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// How much of a plan it is.
    pub form: PlanForm,
    /// What the plan covers, in its writer's words.
    pub scope: Option<Located<String>>,
    /// The service that it names.
    pub service: Option<Located<String>>,
    /// Who is accountable; more than one where several are named.
    pub steward: Vec<Located<PersonRef>>,
    /// Since when, where it is declared.
    pub steward_since: Option<Located<CivilDate>>,
    /// Who stands in for the steward.
    pub backup: Vec<Located<PersonRef>>,
    /// Who owns the program.
    pub program_owner: Vec<Located<PersonRef>>,
    /// Who else can run the service alone.
    pub maintainers: Vec<Located<PersonRef>>,
    /// Mentors who are named without an apprentice.
    pub mentors: Vec<Located<PersonRef>>,
    /// Who is learning, in the order of the file.
    pub apprentices: Vec<Apprentice>,
    /// Milestones of the plan, for every apprentice; see [`Plan::milestones_of`].
    pub milestones: Vec<Milestone>,
    /// Runbooks, dashboards and the like.
    pub assets: Vec<Asset>,
    /// Whom to call, in the order of the file.
    pub escalation: Vec<EscalationEntry>,
    /// What happened, in the order of the file.
    pub log: Vec<LogEntry>,
}

/// How much of a plan a text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PlanForm {
    /// Front matter, check boxes or a log: it can show progress.
    Canonical,
    /// People, milestones or assets without a way to show progress.
    Plain,
    /// Text from which nothing could be taken.
    Unstructured,
    /// A template with its fill-ins still in place.
    UnfilledTemplate,
    /// No text at all.
    #[default]
    Empty,
}

/// Somebody who is learning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apprentice {
    /// Who.
    pub person: PersonRef,
    /// The line that names them first.
    pub line: u32,
    /// From whom.
    pub mentors: Vec<PersonRef>,
    /// First day, where it is declared; milestones count from here.
    pub started: Option<Located<CivilDate>>,
    /// The rung reached.
    pub autonomy: Option<Located<Autonomy>>,
    /// What they are to be able to do.
    pub goal: Option<Located<String>>,
    /// How everybody will see that they are.
    pub success_signal: Option<Located<String>>,
    /// Milestones of theirs alone; see [`Plan::milestones_of`].
    pub milestones: Vec<Milestone>,
}

/// The ladder, lowest rung first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Autonomy {
    /// Does it while being shown.
    Guided,
    /// Does it while being watched.
    Supervised,
    /// Does it alone.
    Independent,
    /// Teaches it.
    Leading,
}

/// Something to be reached by a day of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Days after the apprentice's start by which it is due: 30, 60, 90, 7, …
    pub day: u16,
    /// What is to be reached.
    pub title: String,
    /// Ticked or not; `None` where the plan has no boxes.
    pub done: Option<bool>,
    /// Whom the line names behind its dash.
    pub by: Vec<PersonRef>,
    /// The day that the line names; where it is ticked, when it was reached.
    pub on: Option<CivilDate>,
    /// The deliverable.
    pub links: Vec<Link>,
    /// The line that says it.
    pub line: u32,
}

/// A milestone as it stands for one apprentice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnMilestone<'a> {
    /// The line of the plan.
    pub milestone: &'a Milestone,
    /// Reached by this apprentice; `None` where the plan has no boxes.
    pub done: Option<bool>,
}

/// Something that others can learn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// What it is.
    pub kind: AssetKind,
    /// What the reader sees.
    pub title: String,
    /// Path or address; `None` where there are only words.
    pub target: Option<String>,
    /// The line that says it.
    pub line: u32,
}

/// Kinds of assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssetKind {
    /// Steps for operating the service.
    Runbook,
    /// Graphs.
    Dashboard,
    /// Alert rules.
    Alert,
    /// Why something is as it is.
    DecisionRecord,
    /// A recording.
    Walkthrough,
    /// Anything else listed among the assets.
    Other,
}

/// A line of the escalation tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationEntry {
    /// As written: `Steward`, `Level 2`, …
    pub role: String,
    /// Who; empty where a team or a channel is given.
    pub people: Vec<PersonRef>,
    /// What else is said, such as `PagerDuty SEV2+`.
    pub note: Option<String>,
    /// The line that says it.
    pub line: u32,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// When.
    pub date: CivilDate,
    /// What kind of event.
    pub kind: LogKind,
    /// Who is named by handle, ref or address.
    pub people: Vec<PersonRef>,
    /// What is said, without the date.
    pub text: String,
    /// The line that says it.
    pub line: u32,
}

/// Kinds of log entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogKind {
    /// Something to celebrate.
    Win,
    /// The apprentice watches.
    Shadow,
    /// The mentor watches.
    ReverseShadow,
    /// Both work on one task.
    Pairing,
    /// A rehearsed incident.
    GameDay,
    /// The steward's duties pass on.
    Handover,
    /// Anything else.
    Other,
}

impl Plan {
    /// Everybody to whom the plan gives a part.
    pub fn people(&self) -> Vec<&PersonRef> {
        let mut people = Vec::new();
        for list in [
            &self.steward,
            &self.backup,
            &self.program_owner,
            &self.maintainers,
            &self.mentors,
        ] {
            people.extend(list.iter().map(|named| &named.value));
        }
        for apprentice in &self.apprentices {
            people.push(&apprentice.person);
            people.extend(&apprentice.mentors);
        }
        for entry in &self.escalation {
            people.extend(&entry.people);
        }
        people
    }

    /// The milestones that count for an apprentice: their own, then the plan's.
    ///
    /// Lines of the plan with the same day and title are one milestone. A line
    /// that names the apprentice decides; a tick that names others leaves it
    /// open; an open box that names others is theirs and not this apprentice's.
    /// A tick naming nobody counts where exactly one person is learning.
    pub fn milestones_of<'a>(&'a self, apprentice: &'a Apprentice) -> Vec<OwnMilestone<'a>> {
        milestone::of(self, apprentice)
    }
}

/// Reads a plan. Never fails: what is not understood is in the notes or, where
/// nothing is, in [`Plan::form`].
pub fn parse(bytes: &[u8]) -> Parsed<Plan> {
    let (text, mut notes) = text::decode(bytes);
    let (lines, more) = text::lines(&text);
    notes.extend(more);
    let (front, more) = front_matter::read(&lines);
    notes.extend(more);
    let outline = outline::read(&lines, front.body);

    let mut draft = Draft::default();
    front::read(&front, &mut draft);
    body::read(&outline, &mut draft);
    pairing::settle(&mut draft);
    milestone::note_unattributed(&mut draft);
    draft.plan.form = form(&draft, outline.lines.is_empty() && front.entries.is_empty());
    notes.append(&mut draft.notes);
    Parsed {
        value: draft.plan,
        notes: in_order(notes),
    }
}

/// A plan in the making.
#[derive(Default)]
struct Draft {
    plan: Plan,
    notes: Vec<Note>,
    /// Fill-ins met where somebody or something should be named.
    placeholders: usize,
    /// Known labels with nothing behind them.
    blanks: usize,
    /// A key of the front matter that belongs to a plan.
    has_front: bool,
    /// Mentors whose apprentice is still to be found.
    unpaired_mentors: Vec<Located<PersonRef>>,
    /// What is said of an apprentice without saying of whom.
    unassigned: pairing::Details,
}

impl Draft {
    fn note(&mut self, line: u32, message: impl Into<String>) {
        self.notes.push(Note::at(line, message));
    }
}

fn form(draft: &Draft, empty: bool) -> PlanForm {
    let plan = &draft.plan;
    let named = [
        &plan.steward,
        &plan.backup,
        &plan.program_owner,
        &plan.maintainers,
        &plan.mentors,
    ];
    let someone = named.iter().any(|people| !people.is_empty())
        || !plan.apprentices.is_empty()
        || plan.escalation.iter().any(|entry| !entry.people.is_empty());
    let milestones = || {
        let own = plan
            .apprentices
            .iter()
            .flat_map(|apprentice| &apprentice.milestones);
        plan.milestones.iter().chain(own)
    };
    let progress = milestones().any(|milestone| milestone.done == Some(true))
        || !plan.log.is_empty()
        || plan.steward_since.is_some();
    let template = draft.placeholders > 0 || draft.blanks > 1;
    if empty {
        PlanForm::Empty
    } else if !someone && !progress && template {
        PlanForm::UnfilledTemplate
    } else if draft.has_front
        || !plan.log.is_empty()
        || milestones().any(|milestone| milestone.done.is_some())
    {
        PlanForm::Canonical
    } else if someone
        || milestones().next().is_some()
        || !plan.assets.is_empty()
        || plan.steward_since.is_some()
    {
        PlanForm::Plain
    } else {
        PlanForm::Unstructured
    }
}

/// Notes on the whole first, then by line; each once, and not too many.
fn in_order(mut notes: Vec<Note>) -> Vec<Note> {
    sort_by_key(&mut notes, |note| note.line);
    notes.dedup();
    if notes.len() > MAX_NOTES {
        let more = notes.len() - MAX_NOTES;
        notes.truncate(MAX_NOTES);
        notes.push(Note::on_the_whole(format!(
            "{more} more notes are not shown"
        )));
    }
    notes
}
