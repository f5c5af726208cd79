//! Facts: what the evidence says of one service, free of dates and policy
//! decisions. Every fact knows where it was found.

mod catalog_entry;
mod critical_path;
mod departure;
mod document;
mod exemption;
mod gather;
mod knowledge;
mod operations;

pub use catalog_entry::{CatalogEntryFacts, OwnerFact};
pub use critical_path::{CriticalPathFact, CriticalPaths, CriticalReadings, ReviewBasis, Unpaired};
pub use departure::{Orphans, SuccessorFact};
pub use document::{DocumentContent, DocumentDay, DocumentFact, RecordingFact};
pub use exemption::{EXEMPT, Exemption, read_exemptions};
pub use gather::Leaving;
pub use gather::carriers;
pub use gather::{
    Committers, Evidence, Outline, Outlined, Outliner, PLAN, ServiceOperations, ServiceRepository,
    gather, user_of,
};
pub use knowledge::{BotFact, HistoryReading, Holder, KnowledgeFacts, MergeFact, SingleHolderFact};
pub use operations::{
    Deployment, EndFact, EscalationCause, IncidentFact, OnCallFact, OperationFacts, ResponseFact,
    Window,
};

use std::collections::BTreeSet;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::evidence::catalog::EntityRef;
use crate::organisation::{Person, identities};
use crate::policy::Thresholds;
use crate::words::Words;

/// Everything that is known of one service.
#[derive(Debug)]
pub struct Gathered {
    /// The facts.
    pub facts: Facts,
    /// What a handover makes different.
    pub stewardship: StewardshipFacts,
}

/// What a handover makes different, of a steward who is named in [`Facts::stewards`].
#[derive(Debug)]
pub struct StewardshipFacts {
    /// Since when the steward is steward.
    pub since: Option<DateFact>,
    /// Why no commit can tell, where it is neither written nor taken from one;
    /// `None` where the commits were looked at and none names the steward.
    pub since_untold: Option<String>,
    /// What the steward looks after, over all services.
    pub load: Load,
}

/// What is known of one service, but for what a handover makes different.
#[derive(Debug)]
pub struct Facts {
    /// What the catalog says.
    pub service: Service,
    /// What the catalog entry tells somebody who is called at night.
    pub catalog_entry: CatalogEntryFacts,
    /// `mentorship/enrolled`.
    pub enrolled: Option<bool>,
    /// The stewards, by precedence of source; the first one counts.
    pub stewards: Collected<Vec<RoleFact>>,
    /// The newest review by the steward that the code host or CI told of.
    pub steward_reviewed: Collected<CivilDate>,
    /// The backups, by precedence of source.
    pub backups: Collected<Vec<RoleFact>>,
    /// The program owners, by precedence of source.
    pub program_owners: Collected<Vec<RoleFact>>,
    /// Listed trained maintainers.
    pub maintainers: Vec<RoleFact>,
    /// Apprenticeships by start and name; `Missing` where nobody is named.
    pub apprenticeships: Collected<Vec<Apprenticeship>>,
    /// The plan.
    pub plan: Collected<PlanFacts>,
    /// The owners file.
    pub code_owners: Collected<CodeOwnersFacts>,
    /// Where a mistake hurts most, who owns it and who reviews it.
    pub critical_paths: Collected<CriticalPaths>,
    /// Runbooks, by path.
    pub runbooks: Collected<Vec<DocumentFact>>,
    /// Decision records, by path.
    pub decision_records: Collected<Vec<DocumentFact>>,
    /// Recorded walkthroughs that documents point to, by document and line.
    pub recordings: Collected<Vec<RecordingFact>>,
    /// Links of the entity and the plan: dashboards, alerts, walkthroughs.
    pub links: Vec<LinkFact>,
    /// Who knows what, by the history.
    pub knowledge: Collected<KnowledgeFacts>,
    /// What happened in operation.
    pub operations: OperationFacts,
    /// What is about to be merged.
    pub change: Collected<ChangeFacts>,
    /// The repository as a whole.
    pub repository: RepositoryFact,
    /// Excused rules.
    pub exemptions: Vec<Exemption>,
    /// What the reader of the evidence should know.
    pub notes: Vec<PlacedNote>,
}

impl StewardshipFacts {
    /// Those of a service of which only the entity is known. Nobody asks why no commit
    /// tells the day: without a repository there is no plan either, and that comes first.
    pub fn of_entity(since: Option<CivilDate>, load: Load) -> Self {
        Self {
            since: since.map(gather::written_since),
            since_untold: None,
            load,
        }
    }
}

impl Facts {
    /// The steward, one who has left included.
    pub fn steward(&self) -> Option<&RoleFact> {
        self.stewards.value()?.first()
    }

    /// Everybody who holds a role or a place in a reading, by identity: those
    /// whose leaving can change what is said of the service.
    pub fn people_involved(&self) -> BTreeSet<String> {
        let roles = [&self.stewards, &self.backups, &self.program_owners];
        let roles = roles.into_iter().filter_map(Collected::value).flatten();
        let roles = roles.chain(&self.maintainers).map(|role| &role.person);
        let learning = self.apprenticeships.value().into_iter().flatten();
        let learning = learning.flat_map(|one| one.mentors.iter().chain([&one.apprentice]));
        let knowledge = self.knowledge.value().into_iter();
        let holders = knowledge
            .flat_map(|known| [&known.authorship, &known.recent, &known.absence])
            .flat_map(|reading| &reading.holders);
        let holders = holders.map(|holder| &holder.person);
        identities(&mut roles.chain(learning).chain(holders))
    }
}

/// What a change does to the toggles of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeFacts {
    /// Toggles of the service that go, in the order of the diff.
    pub removed_toggles: Vec<RemovedToggle>,
    /// Whether the change adds to a runbook.
    pub writes_runbook: bool,
    /// Whether the change adds or names a decision record.
    pub names_decision_record: bool,
}

/// A toggle that a change takes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedToggle {
    /// Its name.
    pub name: String,
    /// Where it stood.
    pub place: Place,
}

/// A service as the catalog describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The ref.
    pub entity_ref: EntityRef,
    /// The title, else the name.
    pub title: String,
    /// The kind as written.
    pub kind: String,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// `mentorship/tier`; 1 is most critical.
    pub tier: Option<u8>,
    /// The owner.
    pub owner: Option<EntityRef>,
    /// The system.
    pub system: Option<EntityRef>,
}

/// Where a fact was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What a reader would call it: `MENTORSHIP.md:12`, `mentorship/steward`.
    pub label: String,
    /// Where it can be opened.
    pub href: Option<String>,
}

/// Where a role is written, by precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoleSource {
    /// A `mentorship/*` annotation.
    Annotation,
    /// The plan.
    Plan,
    /// A handle in CODEOWNERS.
    CodeOwners,
    /// A `MAINTAINERS` file.
    MaintainersFile,
}

/// What one person looks after, over all services that take part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Services that they are steward of.
    pub services: u32,
    /// Apprenticeships that they are the named mentor of and that are not at the
    /// top of the ladder.
    pub apprentices: u32,
}

impl Load {
    /// More services than one steward can look after.
    pub fn has_too_many_services(&self, thresholds: &Thresholds) -> bool {
        self.services > u32::from(thresholds.services_per_steward)
    }

    /// More apprentices than one steward can mentor.
    pub fn has_too_many_apprentices(&self, thresholds: &Thresholds) -> bool {
        self.apprentices > u32::from(thresholds.apprentices_per_steward)
    }
}

/// What people look after, by identity.
pub type Loads = HashMap<String, Load, FixedState>;

/// Somebody named in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleFact {
    /// Who.
    pub person: Person,
    /// Where it is written.
    pub source: RoleSource,
    /// What the plan says of reaching them.
    pub remark: Option<String>,
    /// Where it can be seen.
    pub place: Place,
}

/// A date and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFact {
    /// The day.
    pub date: CivilDate,
    /// The commit that it is taken from, shortened, where it is inferred and not
    /// written down.
    pub commit: Option<String>,
    /// Where it can be seen.
    pub place: Place,
}

impl DateFact {
    /// The day, and the commit where it is inferred.
    pub fn words(&self) -> Words {
        let words = Words::default().date(self.date);
        match &self.commit {
            Some(commit) => words.then(format!(", inferred from commit {commit}")),
            None => words,
        }
    }
}

/// The autonomy ladder, from the first rung up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Autonomy {
    /// Works with guidance at every step.
    Guided,
    /// Works alone, watched.
    Supervised,
    /// Works alone.
    Independent,
    /// Leads and teaches.
    Leading,
}

/// One person's way into the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apprenticeship {
    /// Who learns.
    pub apprentice: Person,
    /// Who teaches.
    pub mentors: Vec<Person>,
    /// When it began.
    pub started: Option<DateFact>,
    /// When it began is not written, and commits that could tell were not read.
    pub start_untold: bool,
    /// Where on the ladder.
    pub autonomy: Option<Autonomy>,
    /// Since when, as far as a commit tells.
    pub autonomy_since: Option<DateFact>,
    /// Whether that was a step from another rung rather than the day on which
    /// they were first named.
    pub climbed: bool,
    /// The goal.
    pub goal: Option<String>,
    /// The observable sign of success.
    pub success_signal: Option<String>,
    /// Milestones by day.
    pub milestones: Vec<MilestoneFact>,
    /// Where it can be seen.
    pub place: Place,
}

/// A milestone of one apprenticeship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneFact {
    /// Day of the plan.
    pub day: u16,
    /// What is to be shown.
    pub title: String,
    /// Ticked.
    pub done: bool,
    /// When it was ticked.
    pub done_on: Option<DateFact>,
    /// A link to the deliverable.
    pub deliverable: Option<String>,
    /// Line in the plan, from 1.
    pub line: u32,
    /// Where it can be seen.
    pub place: Place,
}

/// The plan as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFacts {
    /// The path in the repository.
    pub path: String,
    /// Where it can be seen.
    pub place: Place,
    /// What kind of text it is.
    pub form: PlanForm,
    /// Dated log entries, oldest first.
    pub log: Vec<LogFact>,
}

/// What kind of text a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanForm {
    /// Roles, milestones or both were understood.
    Filled,
    /// A template whose blanks are still blank.
    Template,
    /// A text in which no role and no milestone was understood.
    Unstructured,
}

/// A dated entry of the plan's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFact {
    /// The day.
    pub date: CivilDate,
    /// Whether it is a handover or a reverse shadow.
    pub hands_over: bool,
    /// Whether it names the steward.
    pub by_steward: bool,
}

/// The owners file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeOwnersFacts {
    /// Where it can be seen; of OWNERS files the first one.
    pub place: Place,
    /// Whether OWNERS files in the directories stand in for CODEOWNERS.
    pub is_tree: bool,
    /// Rules with owners, or OWNERS files that name who approves.
    pub rules: u32,
    /// Lines without effect on the code host.
    pub broken: Vec<Place>,
    /// Teams that no group of the catalog stands for.
    pub unknown_teams: Vec<String>,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// A runbook.
    Runbook,
    /// Where the service is watched.
    Dashboard,
    /// Where the service calls.
    Alert,
    /// A decision record.
    DecisionRecord,
    /// A recorded walkthrough.
    Walkthrough,
}

/// A link that the entity or the plan gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFact {
    /// What it leads to.
    pub kind: LinkKind,
    /// The title.
    pub title: String,
    /// The address or path.
    pub target: String,
}

/// The repository of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RepositoryFact {
    /// Read.
    Read {
        /// When, RFC 3339.
        collected_at: String,
        /// Why the last reading failed, where this is older evidence.
        stale: Option<String>,
    },
    /// Not read, because nobody tried.
    NotRead {
        /// Whether the entity names a source location.
        located: bool,
    },
    /// Not read, because it failed.
    Failed {
        /// Why.
        reason: String,
        /// When, RFC 3339.
        collected_at: String,
    },
}

/// A note and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedNote {
    /// The path, or what a reader would call the place.
    pub place: String,
    /// Line, from 1.
    pub line: Option<u32>,
    /// What.
    pub message: String,
}
