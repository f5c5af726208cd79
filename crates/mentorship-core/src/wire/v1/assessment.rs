//! The assessment of one service: level, readings, findings and evidence.

use serde::{Deserialize, Serialize};

use super::{RuleCategory, Words};

/// The judgement on one service as of one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// Always `mentorship/assessment/v1`.
    pub schema: String,
    /// The day that the service is judged as of, `YYYY-MM-DD`.
    pub as_of: String,
    /// Who may read these words: `named` carries people's names, `counted`
    /// carries counts in their place.
    pub audience: Audience,
    /// The service.
    pub entity: EntitySummary,
    /// Whether the service takes part in the program, and why.
    pub enrolment: Enrolment,
    /// The level, which leads on screen.
    pub level: Level,
    /// What the next level asks for; absent at the top and where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub next_level: Option<NextLevel>,
    /// Weight passed ÷ weight applicable, in percent, rounded down; absent
    /// where nothing is applicable or the service is not enrolled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub score: Option<u8>,
    /// Weight known ÷ weight applicable, in percent, rounded down.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub coverage: Option<u8>,
    /// One sentence in plain words that leads.
    pub headline: Words,
    /// At most three things to do next: what the next level lacks, what has to be found
    /// out for it, then what else fails, the heaviest first each.
    pub next_actions: Vec<NextAction>,
    /// The steward's rotation.
    pub rotation: Rotation,
    /// The state of mentoring.
    pub mentorship: Mentorship,
    /// The bus factor, reading by reading.
    pub bus_factor: BusFactor,
    /// Every rule's verdict: failures first by weight, then unknown, exempt,
    /// passed, not applicable.
    pub findings: Vec<Finding>,
    /// Whom to call, in order: steward, backup, program owner.
    pub escalation: Vec<RoleHolder>,
    /// Runbooks, dashboards, decision records and walkthroughs.
    pub documents: Vec<Document>,
    /// What was looked at, what was not, and what failed.
    pub evidence: Vec<EvidenceStatus>,
    /// What the reader of the evidence should know: contradictions, lines that
    /// were not understood.
    pub notes: Vec<Note>,
}

/// Who may read an assessment's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Readers who may learn who learns from whom and who knows what.
    Named,
    /// Everybody else who may read the entity.
    Counted,
}

/// A service as the catalog describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EntitySummary {
    /// The entity ref in lower case, `kind:namespace/name`.
    pub entity_ref: String,
    /// The title, else the name.
    pub title: String,
    /// The kind as written.
    pub kind: String,
    /// `spec.type`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub entity_type: Option<String>,
    /// `spec.lifecycle`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub lifecycle: Option<String>,
    /// `mentorship/tier`; 1 is most critical.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub tier: Option<u8>,
    /// The owner's entity ref.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub owner: Option<String>,
    /// The system's entity ref.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub system: Option<String>,
}

/// Whether a service is held to the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Enrolment {
    /// Held to the rules or not.
    pub enrolled: bool,
    /// Why.
    pub reason: Words,
}

/// The level of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The first level: what `developing` asks for is not there.
    Exposed,
    /// Somebody is named and somebody is learning.
    Developing,
    /// The service survives one departure.
    Covered,
    /// The service survives two departures, and that is kept up.
    Resilient,
    /// Less is known than the policy's minimum coverage.
    Unknown,
    /// The service takes no part in the program.
    NotEnrolled,
}

/// What the next level asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NextLevel {
    /// The level to reach.
    pub level: Level,
    /// Rules that fail.
    pub missing: Vec<RuleMention>,
    /// Rules that nobody can tell yet.
    pub to_find_out: Vec<RuleMention>,
    /// Rules under an exemption, which blocks the level.
    pub exempt: Vec<RuleMention>,
}

/// A rule, and what it asks for in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RuleMention {
    /// The rule's id.
    pub rule: String,
    /// What it asks for: `name a backup`.
    pub ask: String,
}

/// One thing to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NextAction {
    /// The rule that asks for it.
    pub rule: String,
    /// What to do.
    pub action: Words,
}

/// The steward's rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Rotation {
    /// The state.
    pub state: RotationState,
    /// The state in one sentence.
    pub summary: Words,
    /// The steward; absent where vacant or unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub steward: Option<RoleHolder>,
    /// Since when, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub since: Option<String>,
    /// How `since` is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub since_basis: Option<DateBasis>,
    /// The commit that it is taken from, shortened, where it is inferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub since_commit: Option<String>,
    /// Whole civil days since `since`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub age_days: Option<i32>,
    /// Whole civil months since `since`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub age_months: Option<i32>,
    /// When the window opens, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub window_opens: Option<String>,
    /// When the rotation is due, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub due: Option<String>,
    /// How far round the clock the rotation is, in percent of the time from
    /// `since` to `due`; above 100 where overdue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub elapsed_percent: Option<u32>,
    /// Where the window opens on the same scale, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub window_percent: Option<u32>,
    /// Apprentices at *independent* or above.
    pub ready_successors: u32,
    /// Whether a handover or reverse shadow was logged since `since`.
    pub handover_started: bool,
    /// The successors in one sentence.
    pub successors: Words,
}

/// The state of a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RotationState {
    /// Looked for and unnamed, or the steward has left.
    Vacant,
    /// Not collected, or since when is unknown or in the future.
    Unknown,
    /// Steward for less than six months.
    Settling,
    /// Steward for six to twelve months: the window for handing over.
    Window,
    /// Steward for more than twelve months.
    Overdue,
}

/// How a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DateBasis {
    /// Written down.
    Declared,
    /// Taken from the commit that introduced it.
    Inferred,
}

/// A person in a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RoleHolder {
    /// The role.
    pub role: Role,
    /// The display name, or what the evidence says.
    pub name: String,
    /// The User entity; absent where nobody maps to the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub entity_ref: Option<String>,
    /// Whether the person has left the organisation.
    pub left: bool,
    /// Where the role is written: `annotation`, `plan` or `codeowners`.
    pub source: RoleSource,
    /// What the plan says of reaching them: `PagerDuty SEV2+`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub remark: Option<String>,
}

/// A role in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Accountable for mentoring and asset quality on the service.
    Steward,
    /// Stands in for the steward.
    Backup,
    /// Sets scope, budget and success measures.
    ProgramOwner,
    /// Can run the service alone.
    Maintainer,
    /// Learns to run the service.
    Apprentice,
}

/// Where a role is written; listed in the order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RoleSource {
    /// A `mentorship/*` annotation of the entity.
    Annotation,
    /// `MENTORSHIP.md`.
    Plan,
    /// A handle in CODEOWNERS that matches the policy's pattern.
    Codeowners,
    /// A `MAINTAINERS` file.
    MaintainersFile,
}

/// The state of mentoring on a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Mentorship {
    /// The status.
    pub status: MentorshipStatus,
    /// The status in one sentence.
    pub summary: Words,
    /// The newest of: tick, log entry, start, autonomy change; `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub last_moved: Option<String>,
    /// How many people are learning.
    pub learning: u32,
    /// Milestones done, over all apprentices.
    pub milestones_done: u32,
    /// Milestones in all, over all apprentices.
    pub milestones_total: u32,
    /// The next open milestone's due day, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub next_milestone_due: Option<String>,
    /// The apprentices, by start and name; empty for the `counted` audience.
    pub apprentices: Vec<Apprentice>,
    /// Path of the plan in the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub plan: Option<Document>,
}

/// Mentorship status; the first that holds, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MentorshipStatus {
    /// No role annotation, and the plan was not collected or failed.
    Unknown,
    /// Nobody learning, no plan.
    None,
    /// Somebody finished, nobody is open, enough trained maintainers.
    Graduated,
    /// Started, and nothing moved for long or a milestone is very late.
    Stalled,
    /// Somebody is learning and something moved.
    Active,
    /// Written down, not begun.
    Planned,
}

/// One apprentice's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Apprentice {
    /// The display name, or what the evidence says.
    pub name: String,
    /// The User entity; absent where nobody maps to the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub entity_ref: Option<String>,
    /// Names of the mentors.
    pub mentors: Vec<String>,
    /// When it began, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub started: Option<String>,
    /// How the start is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub started_basis: Option<DateBasis>,
    /// Days since it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub day: Option<i32>,
    /// Where on the ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub autonomy: Option<Autonomy>,
    /// Since when on this rung, as far as a commit tells, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub autonomy_since: Option<String>,
    /// The goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub goal: Option<String>,
    /// The observable sign of success.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub success_signal: Option<String>,
    /// Whether the apprenticeship is finished.
    pub finished: bool,
    /// Milestones by day.
    pub milestones: Vec<Milestone>,
}

/// The autonomy ladder, from the first rung up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
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

/// A milestone of one apprentice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Milestone {
    /// Day of the plan, usually 30, 60 or 90.
    pub day: u16,
    /// What is to be shown.
    pub title: String,
    /// The state.
    pub state: MilestoneState,
    /// Due day, `YYYY-MM-DD`; absent where the start is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub due: Option<String>,
    /// Days late; absent where not overdue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub days_late: Option<i32>,
    /// When it was ticked, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub done_on: Option<String>,
    /// How that day is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub done_on_basis: Option<DateBasis>,
    /// The deliverable.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub deliverable: Option<String>,
    /// Line in the plan, from 1.
    pub line: u32,
}

/// The state of a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MilestoneState {
    /// Ticked.
    Done,
    /// Open, and due in the future or on an unknown day.
    Open,
    /// Open, and past its day.
    Overdue,
}

/// The bus factor: readings side by side, never blended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BusFactor {
    /// The headline number, for display; absent where unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub value: Option<u32>,
    /// What the headline rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub basis: Option<ReadingName>,
    /// The verdict on the headline.
    pub verdict: BusFactorVerdict,
    /// The headline in one sentence.
    pub summary: Words,
    /// The readings: declared, authorship, recent, absence.
    pub readings: Vec<Reading>,
    /// The readings of the critical paths alone; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub critical_paths: Option<CriticalPathReadings>,
    /// Identities of the commits that count as one of the people above, by
    /// person; empty for the `counted` audience.
    pub merges: Vec<Merge>,
    /// How many such identities there are.
    pub merge_count: u32,
    /// Machines whose commits count for nobody, by name.
    pub bots: Vec<Bot>,
}

/// Who knows the files of a service where a mistake hurts most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CriticalPathReadings {
    /// How many files, and who says that they are critical.
    pub summary: Words,
    /// The patterns as written, of the policy's those that match something.
    pub patterns: Vec<String>,
    /// Whether they are the policy's, because the service names none.
    pub by_default: bool,
    /// How many files match.
    pub files: u32,
    /// The readings: authorship, recent, absence. No file filter takes part.
    pub readings: Vec<Reading>,
}

/// An identity of the commits that counts as somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Merge {
    /// The person's display name, or the name in the history.
    pub person: String,
    /// The name that the commits carry.
    pub name: String,
    /// Why it is the same person: `same catalog user`.
    pub reason: String,
}

/// A machine in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Bot {
    /// The name that the commits carry.
    pub name: String,
    /// Why it is no human being.
    pub reason: String,
}

/// The verdict on a bus factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BusFactorVerdict {
    /// Nobody is left.
    Orphaned,
    /// One person.
    Single,
    /// Two people.
    Thin,
    /// Three people or more.
    Resilient,
    /// Nothing to go by.
    Unknown,
}

/// The name of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReadingName {
    /// Trained maintainers still in the organisation.
    Declared,
    /// Truck factor by degree of authorship (Avelino et al. 2016).
    Authorship,
    /// Greedy on decayed knowledge (Jabrayilzade et al. 2022).
    Recent,
    /// Contributor absence factor (CHAOSS).
    Absence,
}

/// One reading of the bus factor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// Which reading.
    pub name: ReadingName,
    /// What the number means, in a few words.
    pub meaning: String,
    /// The number, leavers struck; absent where it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub value: Option<u32>,
    /// The number as its authors define it, leavers counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub as_published: Option<u32>,
    /// Why there is no number; absent where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub why_not: Option<Words>,
    /// People with shares, largest first; empty for the `counted` audience.
    pub people: Vec<Holder>,
    /// How many people were counted.
    pub people_count: u32,
    /// Files counted.
    pub files_counted: u32,
    /// Files left out, by reason.
    pub files_excluded: Vec<Exclusion>,
    /// Files whose holders have all left.
    pub files_orphaned: u32,
    /// Share still held once the people of `value` are gone, 0 to 1, four
    /// decimals; absent for `declared`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub coverage: Option<f64>,
    /// The file filter and its version, or what stands for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub filter_version: Option<String>,
    /// How git found renames.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub rename_mode: Option<String>,
    /// The day of the last commit that counts, which the reading is as of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub last_commit: Option<String>,
    /// Caveats of this reading, for people: filter version, rename mode.
    pub remarks: Vec<String>,
}

/// A person's part of a reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// The display name, or the name in the history.
    pub name: String,
    /// The User entity; absent where nobody maps to the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub entity_ref: Option<String>,
    /// Files held, or contributions for `absence`.
    pub files: u32,
    /// Share of all, 0 to 1, four decimals.
    pub share: f64,
    /// Whether the person has left.
    pub left: bool,
}

/// Files left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Exclusion {
    /// The reason.
    pub reason: String,
    /// How many files.
    pub files: u32,
}

/// One rule's verdict on the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// The rule's category.
    pub category: RuleCategory,
    /// The rule's weight in the score.
    pub weight: u32,
    /// The verdict with what belongs to it.
    pub outcome: Outcome,
}

/// A verdict with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(
    tag = "verdict",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Outcome {
    /// As it should be.
    Pass {
        /// What was found.
        reason: Words,
    },
    /// Not as it should be.
    Fail {
        /// Why, one sentence each.
        reasons: Vec<Words>,
        /// Where it can be seen.
        evidence: Vec<EvidenceLink>,
        /// What to do next.
        next_action: Words,
    },
    /// The rule does not concern this service.
    NotApplicable {
        /// Why.
        reason: Words,
    },
    /// Nobody can tell.
    Unknown {
        /// What is missing.
        missing: Words,
        /// How to get it.
        how: Words,
    },
    /// Excused for a while.
    Exempt {
        /// The last day of the exemption, `YYYY-MM-DD`.
        until: String,
        /// Why.
        reason: String,
    },
}

/// A place where something can be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EvidenceLink {
    /// The label: `MENTORSHIP.md:12`.
    pub label: String,
    /// An `http(s)` address; absent where the repository has no web address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub href: Option<String>,
}

/// A document of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// The title, else the path or address.
    pub title: String,
    /// The path in the repository; absent for an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub path: Option<String>,
    /// An `http(s)` address; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub href: Option<String>,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// The mentorship plan.
    Plan,
    /// Steps at command level.
    Runbook,
    /// Where the service is watched.
    Dashboard,
    /// Where the service calls.
    Alert,
    /// An architecture decision record.
    DecisionRecord,
    /// A recorded walkthrough.
    Walkthrough,
}

/// The state of one kind of evidence for the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EvidenceStatus {
    /// Which evidence.
    pub kind: EvidenceKind,
    /// The label on screen.
    pub label: String,
    /// The state.
    pub state: EvidenceState,
    /// What there is, why it failed, or how to switch it on.
    pub detail: Words,
    /// When it was collected, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub collected_at: Option<String>,
    /// The path in the repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub path: Option<String>,
}

/// A kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// The catalog entity.
    Entity,
    /// `MENTORSHIP.md`.
    Plan,
    /// CODEOWNERS.
    CodeOwners,
    /// Runbooks, decision records, walkthroughs.
    Documents,
    /// The git history.
    History,
    /// Code reviews.
    Reviews,
    /// Incidents.
    Incidents,
    /// Who is on call.
    OnCalls,
    /// Deployments.
    Deployments,
}

/// The four states of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceState {
    /// Looked for and there.
    Found,
    /// Looked for and not there: a fact about the service.
    Missing,
    /// Not looked for: a fact about this installation.
    NotCollected,
    /// Looked for, and the looking failed.
    Failed,
}

/// Something in the evidence that its reader should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Where: a path, an annotation, or `catalog entity`.
    pub place: String,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub line: Option<u32>,
    /// What.
    pub message: String,
}
