/*
 * Generated from crates/mentorship-core/src/wire by `cargo xtask codegen`.
 * Do not edit.
 */

/**
 * One apprentice's way.
 *
 * @public
 */
export type Apprentice = { 
/**
 * The display name, or what the evidence says.
 */
name: string, 
/**
 * The User entity; absent where nobody maps to the name.
 */
entityRef?: string, 
/**
 * Names of the mentors.
 */
mentors: Array<string>, 
/**
 * When it began, `YYYY-MM-DD`.
 */
started?: string, 
/**
 * How the start is known.
 */
startedBasis?: DateBasis, 
/**
 * Days since it began.
 */
day?: number, 
/**
 * Where on the ladder.
 */
autonomy?: Autonomy, 
/**
 * Since when on this rung, as far as a commit tells, `YYYY-MM-DD`.
 */
autonomySince?: string, 
/**
 * The goal.
 */
goal?: string, 
/**
 * The observable sign of success.
 */
successSignal?: string, 
/**
 * Whether the apprenticeship is finished.
 */
finished: boolean, 
/**
 * Milestones by day.
 */
milestones: Array<Milestone>, };

/**
 * The judgement on one service as of one day.
 *
 * @public
 */
export type Assessment = { 
/**
 * Always `mentorship/assessment/v1`.
 */
schema: string, 
/**
 * The day that the service is judged as of, `YYYY-MM-DD`.
 */
asOf: string, 
/**
 * Who may read these words: `named` carries people's names, `counted`
 * carries counts in their place.
 */
audience: Audience, 
/**
 * The service.
 */
entity: EntitySummary, 
/**
 * Whether the service takes part in the program, and why.
 */
enrolment: Enrolment, 
/**
 * The level, which leads on screen.
 */
level: Level, 
/**
 * What the next level asks for; absent at the top and where there is none.
 */
nextLevel?: NextLevel, 
/**
 * Weight passed ÷ weight applicable, in percent, rounded down; absent
 * where nothing is applicable or the service is not enrolled.
 */
score?: number, 
/**
 * Weight known ÷ weight applicable, in percent, rounded down.
 */
coverage?: number, 
/**
 * One sentence in plain words that leads.
 */
headline: Array<Part>, 
/**
 * At most three things to do next: what the next level lacks, what has to be found
 * out for it, then what else fails, the heaviest first each.
 */
nextActions: Array<NextAction>, 
/**
 * The steward's rotation.
 */
rotation: Rotation, 
/**
 * The state of mentoring.
 */
mentorship: Mentorship, 
/**
 * The bus factor, reading by reading.
 */
busFactor: BusFactor, 
/**
 * Every rule's verdict: failures first by weight, then unknown, exempt,
 * passed, not applicable.
 */
findings: Array<Finding>, 
/**
 * Whom to call, in order: steward, backup, program owner.
 */
escalation: Array<RoleHolder>, 
/**
 * Runbooks, dashboards, decision records and walkthroughs.
 */
documents: Array<Document>, 
/**
 * What was looked at, what was not, and what failed.
 */
evidence: Array<EvidenceStatus>, 
/**
 * What the reader of the evidence should know: contradictions, lines that
 * were not understood.
 */
notes: Array<Note>, };

/**
 * A service in one row. Holds no name but the steward's, which whoever may
 * read the entity may see.
 *
 * @public
 */
export type AssessmentRow = { 
/**
 * The day that the service is judged as of, `YYYY-MM-DD`.
 */
asOf: string, 
/**
 * The entity ref in lower case, `kind:namespace/name`.
 */
entityRef: string, 
/**
 * The title, else the name.
 */
title: string, 
/**
 * The kind as written.
 */
kind: string, 
/**
 * `spec.type`.
 */
type: string | null, 
/**
 * `spec.lifecycle`.
 */
lifecycle: string | null, 
/**
 * 1 is most critical.
 */
tier: number | null, 
/**
 * The owner's entity ref.
 */
owner: string | null, 
/**
 * The system's entity ref.
 */
system: string | null, 
/**
 * The level.
 */
level: Level, 
/**
 * Position of the level for sorting: `exposed` 0 to `resilient` 3, then
 * `unknown` 4 and `not-enrolled` 5.
 */
levelRank: number, 
/**
 * Percent.
 */
score: number | null, 
/**
 * Percent.
 */
coverage: number | null, 
/**
 * The status of mentoring.
 */
mentorshipStatus: MentorshipStatus, 
/**
 * People learning; absent where unknown.
 */
apprentices: number | null, 
/**
 * Milestones done, over all apprentices; absent where unknown.
 */
milestonesDone: number | null, 
/**
 * Milestones in all; absent where unknown.
 */
milestonesTotal: number | null, 
/**
 * The next open milestone's due day, `YYYY-MM-DD`.
 */
nextMilestoneDue: string | null, 
/**
 * The steward's entity ref, else the name in the evidence.
 */
steward: string | null, 
/**
 * The steward's display name.
 */
stewardName: string | null, 
/**
 * `YYYY-MM-DD`.
 */
stewardSince: string | null, 
/**
 * Whole civil days.
 */
stewardAgeDays: number | null, 
/**
 * Whole civil months.
 */
stewardAgeMonths: number | null, 
/**
 * The state of the rotation.
 */
rotationState: RotationState, 
/**
 * `YYYY-MM-DD`.
 */
rotationDue: string | null, 
/**
 * The headline bus factor.
 */
busFactor: number | null, 
/**
 * What the headline rests on.
 */
busFactorBasis: ReadingName | null, 
/**
 * The verdict on the headline.
 */
busFactorVerdict: BusFactorVerdict, 
/**
 * The reading `declared`.
 */
busFactorDeclared: number | null, 
/**
 * The reading `authorship`.
 */
busFactorAuthorship: number | null, 
/**
 * The reading `recent`.
 */
busFactorRecent: number | null, 
/**
 * The reading `absence`.
 */
contributorAbsenceFactor: number | null, 
/**
 * Ids of failed rules, heaviest first.
 */
failedRules: Array<string>, 
/**
 * Ids of unknown rules, heaviest first.
 */
unknownRules: Array<string>, 
/**
 * The sentence that leads, counted: it names nobody.
 */
headline: Array<Part>, 
/**
 * At most three things to do next, in a few words each, the first one first.
 */
nextSteps: Array<string>, };

/**
 * Who may read an assessment's words.
 *
 * @public
 */
export type Audience = "named" | "counted";

/**
 * The autonomy ladder, from the first rung up.
 *
 * @public
 */
export type Autonomy = "guided" | "supervised" | "independent" | "leading";

/**
 * What a measure is compared with.
 *
 * @public
 */
export type Baseline = { 
/**
 * The value.
 */
value: number, 
/**
 * Whether the program owner froze it.
 */
frozen: boolean, 
/**
 * The first day that it was counted on, `YYYY-MM-DD`; absent where it is frozen.
 */
from?: string, 
/**
 * The last day.
 */
until?: string, };

/**
 * A machine in the history.
 *
 * @public
 */
export type Bot = { 
/**
 * The name that the commits carry.
 */
name: string, 
/**
 * Why it is no human being.
 */
reason: string, };

/**
 * The bus factor: readings side by side, never blended.
 *
 * @public
 */
export type BusFactor = { 
/**
 * The headline number, for display; absent where unknown.
 */
value?: number, 
/**
 * What the headline rests on.
 */
basis?: ReadingName, 
/**
 * The verdict on the headline.
 */
verdict: BusFactorVerdict, 
/**
 * The headline in one sentence.
 */
summary: Array<Part>, 
/**
 * The readings: declared, authorship, recent, absence.
 */
readings: Array<Reading>, 
/**
 * The readings of the critical paths alone; absent where there are none.
 */
criticalPaths?: CriticalPathReadings, 
/**
 * Identities of the commits that count as one of the people above, by
 * person; empty for the `counted` audience.
 */
merges: Array<Merge>, 
/**
 * How many such identities there are.
 */
mergeCount: number, 
/**
 * Machines whose commits count for nobody, by name.
 */
bots: Array<Bot>, };

/**
 * The verdict on a bus factor.
 *
 * @public
 */
export type BusFactorVerdict = "orphaned" | "single" | "thin" | "resilient" | "unknown";

/**
 * A change that is about to be merged.
 *
 * @public
 */
export type ChangeEvidence = { 
/**
 * The unified diff from where it parted, paths below `a/` and `b/`; absent
 * where it could not be read.
 */
diff?: string, 
/**
 * The messages of its commits.
 */
messages: string, 
/**
 * Why there is no diff.
 */
failure?: string, };

/**
 * A step that the program owner confirmed.
 *
 * @public
 */
export type ConfirmedStep = { 
/**
 * The id of the step.
 */
step: string, 
/**
 * When, `YYYY-MM-DD`.
 */
on?: string, };

/**
 * Who knows the files of a service where a mistake hurts most.
 *
 * @public
 */
export type CriticalPathReadings = { 
/**
 * How many files, and who says that they are critical.
 */
summary: Array<Part>, 
/**
 * The patterns as written, of the policy's those that match something.
 */
patterns: Array<string>, 
/**
 * Whether they are the policy's, because the service names none.
 */
byDefault: boolean, 
/**
 * How many files match.
 */
files: number, 
/**
 * The readings: authorship, recent, absence. No file filter takes part.
 */
readings: Array<Reading>, };

/**
 * How a date is known.
 *
 * @public
 */
export type DateBasis = "declared" | "inferred";

/**
 * A document of the service.
 *
 * @public
 */
export type Document = { 
/**
 * What it is.
 */
kind: DocumentKind, 
/**
 * The title, else the path or address.
 */
title: string, 
/**
 * The path in the repository; absent for an address.
 */
path?: string, 
/**
 * An `http(s)` address; absent where there is none.
 */
href?: string, };

/**
 * What a document is.
 *
 * @public
 */
export type DocumentKind = "plan" | "runbook" | "dashboard" | "alert" | "decision-record" | "walkthrough";

/**
 * Whether a service is held to the rules.
 *
 * @public
 */
export type Enrolment = { 
/**
 * Held to the rules or not.
 */
enrolled: boolean, 
/**
 * Why.
 */
reason: Array<Part>, };

/**
 * An entity that could not be read.
 *
 * @public
 */
export type EntityError = { 
/**
 * Position on the page, from 0.
 */
index: number, 
/**
 * The entity ref where one could be made out.
 */
entityRef?: string, 
/**
 * What is wrong.
 */
message: string, };

/**
 * A service as the catalog describes it.
 *
 * @public
 */
export type EntitySummary = { 
/**
 * The entity ref in lower case, `kind:namespace/name`.
 */
entityRef: string, 
/**
 * The title, else the name.
 */
title: string, 
/**
 * The kind as written.
 */
kind: string, 
/**
 * `spec.type`.
 */
type?: string, 
/**
 * `spec.lifecycle`.
 */
lifecycle?: string, 
/**
 * `mentorship/tier`; 1 is most critical.
 */
tier?: number, 
/**
 * The owner's entity ref.
 */
owner?: string, 
/**
 * The system's entity ref.
 */
system?: string, };

/**
 * Why an incident went past the first level.
 *
 * @public
 */
export type EscalationCause = "knowledge" | "no-answer" | "capacity" | "process";

/**
 * One file's content.
 *
 * @public
 */
export type EvidenceFile = { 
/**
 * The path in the repository.
 */
path: string, 
/**
 * The text of a file that is UTF-8.
 */
text?: string, 
/**
 * The bytes of any other file, each as the character with its number: the file
 * read as ISO 8859-1.
 */
bytes?: string, 
/**
 * Why neither is there: too large, unreadable.
 */
failure?: string, };

/**
 * A kind of evidence.
 *
 * @public
 */
export type EvidenceKind = "entity" | "plan" | "code-owners" | "documents" | "history" | "reviews" | "incidents" | "on-calls" | "deployments";

/**
 * A place where something can be seen.
 *
 * @public
 */
export type EvidenceLink = { 
/**
 * The label: `MENTORSHIP.md:12`.
 */
label: string, 
/**
 * An `http(s)` address; absent where the repository has no web address.
 */
href?: string, };

/**
 * The four states of evidence.
 *
 * @public
 */
export type EvidenceState = "found" | "missing" | "not-collected" | "failed";

/**
 * The state of one kind of evidence for the service.
 *
 * @public
 */
export type EvidenceStatus = { 
/**
 * Which evidence.
 */
kind: EvidenceKind, 
/**
 * The label on screen.
 */
label: string, 
/**
 * The state.
 */
state: EvidenceState, 
/**
 * What there is, why it failed, or how to switch it on.
 */
detail: Array<Part>, 
/**
 * When it was collected, RFC 3339.
 */
collectedAt?: string, 
/**
 * The path in the repository.
 */
path?: string, };

/**
 * Files left out for one reason.
 *
 * @public
 */
export type Exclusion = { 
/**
 * The reason.
 */
reason: string, 
/**
 * How many files.
 */
files: number, };

/**
 * A file as a commit left it. Without `text`, `bytes` and `failure`, the commit left
 * no such file.
 *
 * @public
 */
export type FileVersion = { 
/**
 * The path of the file today.
 */
path: string, 
/**
 * The path then; absent where it is the same.
 */
pathThen?: string, 
/**
 * Full name of the commit.
 */
commit: string, 
/**
 * When its author made it, RFC 3339 in UTC or `YYYY-MM-DD`; with `failure`
 * of no account.
 */
at: string, 
/**
 * The text where it was UTF-8.
 */
text?: string, 
/**
 * Else its bytes, as those of any file.
 */
bytes?: string, 
/**
 * Why it was not read, or why nothing before it was where the newer version
 * is of the same commit. Nobody knows what came before then.
 */
failure?: string, };

/**
 * One rule's verdict on the service.
 *
 * @public
 */
export type Finding = { 
/**
 * The rule's id.
 */
rule: string, 
/**
 * The rule's title.
 */
title: string, 
/**
 * The rule's category.
 */
category: RuleCategory, 
/**
 * The rule's weight in the score.
 */
weight: number, 
/**
 * The verdict with what belongs to it.
 */
outcome: Outcome, };

/**
 * A baseline that the program owner froze.
 *
 * @public
 */
export type FrozenBaseline = { 
/**
 * The id of the measure.
 */
measure: string, 
/**
 * The value in the measure's unit, from 0 up.
 */
value: number, };

/**
 * What became of a history.
 *
 * @public
 */
export type HistoryOutcome = { "state": "found", 
/**
 * Full name of the last commit.
 */
tip: string, 
/**
 * Commits, merges included.
 */
commits: number, } | { "state": "stale", 
/**
 * Full name of the last commit of the one that is used.
 */
tip: string, 
/**
 * Commits of the one that is used, merges included.
 */
commits: number, 
/**
 * Why it could not be read.
 */
reason: string, } | { "state": "missing" } | { "state": "failed", 
/**
 * Why.
 */
reason: string, };

/**
 * A person's part of a reading.
 *
 * @public
 */
export type Holder = { 
/**
 * The display name, or the name in the history.
 */
name: string, 
/**
 * The User entity; absent where nobody maps to the name.
 */
entityRef?: string, 
/**
 * Files held, or contributions for `absence`.
 */
files: number, 
/**
 * Share of all, 0 to 1, four decimals.
 */
share: number, 
/**
 * Whether the person has left.
 */
left: boolean, };

/**
 * Somebody's part in a service.
 *
 * @public
 */
export type Involvement = { 
/**
 * The User entity.
 */
entityRef: string, 
/**
 * The role.
 */
role: Role, };

/**
 * Where services stand that share a judgement.
 *
 * @public
 */
export type Judgement = { 
/**
 * The level.
 */
level: Level, 
/**
 * Percent.
 */
score: number | null, 
/**
 * Percent.
 */
coverage: number | null, 
/**
 * The status of mentoring.
 */
mentorshipStatus: MentorshipStatus, 
/**
 * The state of the rotation.
 */
rotationState: RotationState, 
/**
 * The headline bus factor.
 */
busFactor: number | null, 
/**
 * The verdict on the headline.
 */
busFactorVerdict: BusFactorVerdict, 
/**
 * Ids of failed rules, heaviest first.
 */
failedRules: Array<string>, 
/**
 * Ids of unknown rules, heaviest first.
 */
unknownRules: Array<string>, 
/**
 * The sentence that leads, up to the title of a service.
 */
headlineBeforeTitle: string, 
/**
 * The sentence that leads, behind the title.
 */
headlineBehindTitle: string, };

/**
 * The directories of a service's source with who holds them.
 *
 * @public
 */
export type Knowledge = { 
/**
 * Always `mentorship/knowledge/v1`.
 */
schema: string, 
/**
 * The service.
 */
entityRef: string, 
/**
 * Who may read this: names are for the `named` audience.
 */
audience: Audience, 
/**
 * What is known of the git history.
 */
state: EvidenceState, 
/**
 * Why the history could not be read, where it could not; a tree beside it is
 * of the last good history.
 */
reason?: string, 
/**
 * The directory that was asked for; absent where there is no history.
 */
root?: KnowledgeDirectory, };

/**
 * A directory with who holds it.
 *
 * @public
 */
export type KnowledgeDirectory = { 
/**
 * The path in the repository without a closing slash; empty for its root.
 */
path: string, 
/**
 * Living files below it, of every kind.
 */
files: number, 
/**
 * Bus factor by authorship, leavers struck; absent where no file counts.
 */
authorship?: number, 
/**
 * Bus factor by recent knowledge, leavers struck; absent where nothing changed
 * in the window.
 */
recent?: number, 
/**
 * The verdict on `recent`, else on `authorship`.
 */
verdict: BusFactorVerdict, 
/**
 * Counted files whose authors have all left.
 */
filesOrphaned: number, 
/**
 * Authors of most counted files below it; empty for the `counted` audience.
 */
people: Array<Holder>, 
/**
 * Directories in it, most files first.
 */
directories: Array<KnowledgeDirectory>, 
/**
 * Directories in it that are not shown, the smaller ones.
 */
directoriesNotShown: number, };

/**
 * Somebody who leaves.
 *
 * @public
 */
export type Leaver = { 
/**
 * The display name, or what was asked.
 */
name: string, 
/**
 * The User entity; absent where nobody maps to the name.
 */
entityRef?: string, };

/**
 * The level of a service.
 *
 * @public
 */
export type Level = "exposed" | "developing" | "covered" | "resilient" | "unknown" | "not-enrolled";

/**
 * How many enrolled services have a level.
 *
 * @public
 */
export type LevelShare = { 
/**
 * The level.
 */
level: Level, 
/**
 * How many.
 */
services: number, 
/**
 * Percent of the enrolled, to one decimal; absent where nobody is enrolled.
 */
percent?: number, };

/**
 * One measure.
 *
 * @public
 */
export type Measure = { 
/**
 * The id.
 */
id: string, 
/**
 * The title.
 */
title: string, 
/**
 * What the value counts: `days` or `percent`.
 */
unit: string, 
/**
 * Which way is better: `higher` or `lower`.
 */
better: string, 
/**
 * The value, to one decimal; absent where there was nothing to count, or where it
 * would tell of fewer than five people.
 */
value?: number, 
/**
 * What was counted: of a percentage the part; of a median the people.
 */
part: number, 
/**
 * Of how many: of a percentage the whole; of a median the people, those on the way
 * included.
 */
whole: number, 
/**
 * The first day of the window, `YYYY-MM-DD`.
 */
from: string, 
/**
 * Its last day.
 */
until: string, 
/**
 * What it is compared with; absent before there is a baseline.
 */
baseline?: Baseline, 
/**
 * What it should become; absent where it is relative to a baseline that is not
 * there yet, or is 0 and should rise.
 */
target?: number, 
/**
 * Of a percentage that should rise, how large `part` has to be of this `whole` to
 * reach the target; absent otherwise.
 */
targetPart?: number, 
/**
 * Whether the target is reached; absent where either is absent.
 */
reached?: boolean, 
/**
 * The value in the window before, of services known in both; absent under the
 * minimum sample.
 */
before?: number, 
/**
 * How it moved since then: `improving`, `steady`, `worsening`; absent with
 * `before`.
 */
trend?: string, 
/**
 * Services that could be measured.
 */
measured: number, 
/**
 * Why others could not, with how many.
 */
unmeasured: Array<UnmeasuredServices>, 
/**
 * The measure in one sentence.
 */
summary: Array<Part>, };

/**
 * The state of mentoring on a service.
 *
 * @public
 */
export type Mentorship = { 
/**
 * The status.
 */
status: MentorshipStatus, 
/**
 * The status in one sentence.
 */
summary: Array<Part>, 
/**
 * The newest of: tick, log entry, start, autonomy change; `YYYY-MM-DD`.
 */
lastMoved?: string, 
/**
 * How many people are learning.
 */
learning: number, 
/**
 * Milestones done, over all apprentices.
 */
milestonesDone: number, 
/**
 * Milestones in all, over all apprentices.
 */
milestonesTotal: number, 
/**
 * The next open milestone's due day, `YYYY-MM-DD`.
 */
nextMilestoneDue?: string, 
/**
 * The apprentices, by start and name; empty for the `counted` audience.
 */
apprentices: Array<Apprentice>, 
/**
 * Path of the plan in the repository.
 */
plan?: Document, };

/**
 * Mentorship status; the first that holds, in this order.
 *
 * @public
 */
export type MentorshipStatus = "unknown" | "none" | "graduated" | "stalled" | "active" | "planned";

/**
 * An identity of the commits that counts as somebody.
 *
 * @public
 */
export type Merge = { 
/**
 * The person's display name, or the name in the history.
 */
person: string, 
/**
 * The name that the commits carry.
 */
name: string, 
/**
 * Why it is the same person: `same catalog user`.
 */
reason: string, };

/**
 * A milestone of one apprentice.
 *
 * @public
 */
export type Milestone = { 
/**
 * Day of the plan, usually 30, 60 or 90.
 */
day: number, 
/**
 * What is to be shown.
 */
title: string, 
/**
 * The state.
 */
state: MilestoneState, 
/**
 * Due day, `YYYY-MM-DD`; absent where the start is unknown.
 */
due?: string, 
/**
 * Days late; absent where not overdue.
 */
daysLate?: number, 
/**
 * When it was ticked, `YYYY-MM-DD`.
 */
doneOn?: string, 
/**
 * How that day is known.
 */
doneOnBasis?: DateBasis, 
/**
 * The deliverable.
 */
deliverable?: string, 
/**
 * Line in the plan, from 1.
 */
line: number, };

/**
 * The state of a milestone.
 *
 * @public
 */
export type MilestoneState = "done" | "open" | "overdue";

/**
 * One thing to do next.
 *
 * @public
 */
export type NextAction = { 
/**
 * The rule that asks for it.
 */
rule: string, 
/**
 * What to do.
 */
action: Array<Part>, };

/**
 * What the next level asks for.
 *
 * @public
 */
export type NextLevel = { 
/**
 * The level to reach.
 */
level: Level, 
/**
 * Rules that fail.
 */
missing: Array<RuleMention>, 
/**
 * Rules that nobody can tell yet.
 */
toFindOut: Array<RuleMention>, 
/**
 * Rules under an exemption, which blocks the level.
 */
exempt: Array<RuleMention>, };

/**
 * Something in the evidence that its reader should know.
 *
 * @public
 */
export type Note = { 
/**
 * Where: a path, an annotation, or `catalog entity`.
 */
place: string, 
/**
 * Line, from 1.
 */
line?: number, 
/**
 * What.
 */
message: string, };

/**
 * A kind of evidence on operation.
 *
 * @public
 */
export type OperationsKind = "incidents" | "on-calls" | "deployments" | "reviews";

/**
 * What became of records about operation.
 *
 * @public
 */
export type OperationsOutcome = { 
/**
 * Records understood; at the end of PagerDuty's pages, services.
 */
read: number, 
/**
 * Records that could not be understood, each told in `notes`.
 */
refused: number, 
/**
 * What the reader should know; places are those in the document:
 * `services[0].incidents[3]`.
 */
notes: Array<Note>, 
/**
 * The `offset` of PagerDuty's next page; absent on the last.
 */
nextOffset?: number, };

/**
 * A verdict with what belongs to it.
 *
 * @public
 */
export type Outcome = { "verdict": "pass", 
/**
 * What was found.
 */
reason: Array<Part>, } | { "verdict": "fail", 
/**
 * Why, one sentence each.
 */
reasons: Array<Array<Part>>, 
/**
 * Where it can be seen.
 */
evidence: Array<EvidenceLink>, 
/**
 * What to do next.
 */
nextAction: Array<Part>, } | { "verdict": "not-applicable", 
/**
 * Why.
 */
reason: Array<Part>, } | { "verdict": "unknown", 
/**
 * What is missing.
 */
missing: Array<Part>, 
/**
 * How to get it.
 */
how: Array<Part>, } | { "verdict": "exempt", 
/**
 * The last day of the exemption, `YYYY-MM-DD`.
 */
until: string, 
/**
 * Why.
 */
reason: string, };

/**
 * The answer to a catalog page.
 *
 * @public
 */
export type PageOutcome = { 
/**
 * Entities on the page.
 */
entities: number, 
/**
 * Of these, services.
 */
services: number, 
/**
 * Of these, users and groups.
 */
peopleAndGroups: number, 
/**
 * How many entities the catalog says there are in all.
 */
totalItems?: number, 
/**
 * The next page's cursor; absent on the last page.
 */
nextCursor?: string, 
/**
 * Entities that could not be read, each by itself.
 */
errors: Array<EntityError>, };

/**
 * The services that PagerDuty was asked for, once all its pages are handed in.
 *
 * @public
 */
export type PagerDutyAsked = { 
/**
 * Ids of services, as the engine gave them out.
 */
serviceIds: Array<string>, 
/**
 * The kinds that were asked for.
 */
kinds: Array<OperationsKind>, 
/**
 * When, RFC 3339.
 */
collectedAt: string, 
/**
 * The first day of the span, `YYYY-MM-DD`.
 */
since: string, 
/**
 * Kinds whose pages were not all had; nothing of them counts.
 */
failures?: Array<PushedFailure>, };

/**
 * One part of a sentence. Every part carries the `text` that stands for it
 * where nothing better can be drawn.
 *
 * @public
 */
export type Part = { "type": "text", 
/**
 * The words.
 */
text: string, } | { "type": "person", 
/**
 * The display name, or what the evidence says where nobody maps to it.
 */
text: string, 
/**
 * The User entity; absent where nobody maps to the name.
 */
entityRef?: string, } | { "type": "count", 
/**
 * Number and noun: `2 months`.
 */
text: string, 
/**
 * The number alone.
 */
value: number, } | { "type": "date", 
/**
 * The day as `YYYY-MM-DD`.
 */
text: string, } | { "type": "link", 
/**
 * The label.
 */
text: string, 
/**
 * An `http(s)` address, or a path in the service's repository.
 */
href: string, };

/**
 * A directory or critical path that loses authors.
 *
 * @public
 */
export type PathLoss = { 
/**
 * The directory, empty for the root, or the pattern.
 */
path: string, 
/**
 * Files that lose their last author.
 */
files: number, };

/**
 * The program as of one day. It names nobody but stewards, in reasons; who reads it
 * sees no service that they may not read only where the caller leaves those out of
 * the lists.
 *
 * @public
 */
export type Program = { 
/**
 * Always `mentorship/program/v1`.
 */
schema: string, 
/**
 * The day, `YYYY-MM-DD`.
 */
asOf: string, 
/**
 * All services.
 */
services: number, 
/**
 * Those held to the rules.
 */
enrolled: number, 
/**
 * How many of them have each level, from `exposed` to `resilient`, then
 * `unknown`.
 */
levels: Array<LevelShare>, 
/**
 * The six measures, always in this order: `ramp-time`, `mttr-contribution`,
 * `reviewer-coverage`, `change-failure-rate`, `bus-factor-index`,
 * `escalation-rate`.
 */
measures: Array<Measure>, 
/**
 * The rotations of enrolled services.
 */
rotations: RotationsDue, 
/**
 * The eight steps of the first two weeks.
 */
rollout: Array<RolloutStep>, 
/**
 * Where to mentor first, at most a hundred services.
 */
riskQueue: Array<ServiceRisk>, 
/**
 * Where nobody is enrolled: whom to enrol first, at most ten; else empty.
 */
proposal: Array<ServiceRisk>, };

/**
 * What the program owner has set.
 *
 * @public
 */
export type ProgramDecided = { 
/**
 * Frozen baselines.
 */
baselines?: Array<FrozenBaseline>, 
/**
 * Steps of the rollout that were confirmed.
 */
confirmed?: Array<ConfirmedStep>, };

/**
 * A deployment to production.
 *
 * @public
 */
export type PushedDeployment = { 
/**
 * When.
 */
at: string, 
/**
 * Whether it degraded the service and had to be mended: rolled back, fixed
 * forward, patched (DORA's failed change).
 */
failed: boolean, };

/**
 * What happened in operation to some services.
 *
 * ```json
 * { "schema": "mentorship/pushed/v1", "collectedAt": "2026-11-21T06:00:00Z", "since": "2026-08-23",
 *   "services": [{ "entityRef": "component:default/checkout",
 *     "incidents": [{ "id": "INC-7", "createdAt": "2026-11-02T09:00:00Z", "resolvedAt": "2026-11-02T10:10:00Z",
 *       "resolution": "person", "resolvedBy": "user:default/alice",
 *       "escalationLevel": 2, "escalationCause": "knowledge",
 *       "responders": [{ "person": "jordan@example.org", "level": 1,
 *         "acknowledgedAt": "2026-11-02T09:03:00Z", "actedAt": "2026-11-02T09:20:00Z" }] }],
 *     "deployments": [{ "at": "2026-11-03T14:00:00Z", "failed": false }] }] }
 * ```
 *
 * Of each kind and service the four states of evidence can be said: records, an
 * empty list ("looked, and there was nothing"), the field left out ("not
 * looked"), or a [`PushedFailure`] ("looked, and it failed"; what was pushed
 * before still counts).
 *
 * A kind that is pushed again replaces what was pushed of it before from the day
 * `since` on, and everything where there is no `since`. So a job may push each day
 * what happened that day. Where `since` is a time within a day, a job pushes each time
 * what it did itself: what was pushed before stays beside it, and what comes again
 * counts once.
 *
 * People are entity refs (`user:default/alice`), e-mail addresses, or handles with
 * an `@`. Times are RFC 3339, or `YYYY-MM-DD` where only the day is known.
 *
 * @public
 */
export type PushedEvidence = { 
/**
 * Always `mentorship/pushed/v1`.
 */
schema: string, 
/**
 * When this was collected, RFC 3339.
 */
collectedAt: string, 
/**
 * The first day that was looked at, `YYYY-MM-DD`, or the time on it, RFC 3339; left
 * out, the day of the oldest record. Nothing is claimed of the days before.
 */
since?: string, 
/**
 * The services that were looked at.
 */
services: Array<PushedService>, 
/**
 * Reviews of the repository in which all these services live; each counts for those
 * whose files it touches, also by a name that they had then. Left out where nobody
 * looked, and in what is pushed of one service.
 */
reviews?: Array<ReviewEvidence>, };

/**
 * A kind of evidence that was looked for, and the looking failed.
 *
 * @public
 */
export type PushedFailure = { 
/**
 * Which kind.
 */
kind: OperationsKind, 
/**
 * Why, in one sentence without secrets.
 */
reason: string, };

/**
 * An incident that paged somebody.
 *
 * @public
 */
export type PushedIncident = { 
/**
 * What tells it from the service's other incidents.
 */
id: string, 
/**
 * When it began.
 */
createdAt: string, 
/**
 * When it was resolved; left out while it is open.
 */
resolvedAt?: string, 
/**
 * Who or what resolved it; left out, `person` where `resolvedBy` names one,
 * else not known.
 */
resolution?: Resolution, 
/**
 * The person who resolved it.
 */
resolvedBy?: string, 
/**
 * The highest escalation level that was paged, 1 for the first; left out
 * where it is not known.
 */
escalationLevel?: number, 
/**
 * Why it went past the first level; left out where it is not known.
 */
escalationCause?: EscalationCause, 
/**
 * Who was paged or helped.
 */
responders: Array<PushedResponder>, };

/**
 * Somebody who is on call for a service.
 *
 * @public
 */
export type PushedOnCall = { 
/**
 * Who.
 */
person: string, 
/**
 * The escalation level: 1 primary, 2 secondary; left out, 1.
 */
level?: number, 
/**
 * From when; left out where it is always.
 */
start?: string, 
/**
 * Until when; left out where no end is known.
 */
end?: string, };

/**
 * Somebody's part in an incident.
 *
 * @public
 */
export type PushedResponder = { 
/**
 * Who.
 */
person: string, 
/**
 * The escalation level as which they were paged: 1 primary, 2 secondary.
 */
level?: number, 
/**
 * When they acknowledged the page.
 */
acknowledgedAt?: string, 
/**
 * When they first did something about it after that: a note, a mitigation.
 */
actedAt?: string, };

/**
 * What happened to one service.
 *
 * @public
 */
export type PushedService = { 
/**
 * The service, `component:default/checkout`; a bare name is a Component of
 * the default namespace.
 */
entityRef: string, 
/**
 * Incidents that paged somebody; left out where nobody looked.
 */
incidents?: Array<PushedIncident>, 
/**
 * Who is on call for it; left out where nobody looked.
 */
onCalls?: Array<PushedOnCall>, 
/**
 * Deployments to production; left out where nobody looked.
 */
deployments?: Array<PushedDeployment>, 
/**
 * Reviews of changes, their paths from the root of the repository; left out
 * where nobody looked.
 */
reviews?: Array<ReviewEvidence>, 
/**
 * Kinds that were looked for in vain.
 */
failures?: Array<PushedFailure>, };

/**
 * One reading of the bus factor.
 *
 * @public
 */
export type Reading = { 
/**
 * Which reading.
 */
name: ReadingName, 
/**
 * What the number means, in a few words.
 */
meaning: string, 
/**
 * The number, leavers struck; absent where it could not be read.
 */
value?: number, 
/**
 * The number as its authors define it, leavers counted.
 */
asPublished?: number, 
/**
 * Why there is no number; absent where there is one.
 */
whyNot?: Array<Part>, 
/**
 * People with shares, largest first; empty for the `counted` audience.
 */
people: Array<Holder>, 
/**
 * How many people were counted.
 */
peopleCount: number, 
/**
 * Files counted.
 */
filesCounted: number, 
/**
 * Files left out, by reason.
 */
filesExcluded: Array<Exclusion>, 
/**
 * Files whose holders have all left.
 */
filesOrphaned: number, 
/**
 * Share still held once the people of `value` are gone, 0 to 1, four
 * decimals; absent for `declared`.
 */
coverage?: number, 
/**
 * The file filter and its version, or what stands for it.
 */
filterVersion?: string, 
/**
 * How git found renames.
 */
renameMode?: string, 
/**
 * The day of the last commit that counts, which the reading is as of.
 */
lastCommit?: string, 
/**
 * Caveats of this reading, for people: filter version, rename mode.
 */
remarks: Array<string>, };

/**
 * A reading that falls.
 *
 * @public
 */
export type ReadingLoss = { 
/**
 * Which reading.
 */
name: ReadingName, 
/**
 * Before.
 */
from: number, 
/**
 * After; absent where nothing is left to count.
 */
to?: number, };

/**
 * The name of a reading.
 *
 * @public
 */
export type ReadingName = "declared" | "authorship" | "recent" | "absence";

/**
 * Something that is due to somebody. No sentence names anybody.
 *
 * @public
 */
export type Reminder = { 
/**
 * What it is about.
 */
topic: ReminderTopic, 
/**
 * What tells it from the service's other reminders, now and later: whoever was
 * told is not to be told again.
 */
id: string, 
/**
 * Entity refs of users, each once, by ref; at least one.
 */
recipients: Array<string>, 
/**
 * One line.
 */
title: string, 
/**
 * What to do about it.
 */
text: string, };

/**
 * What a reminder is about.
 *
 * @public
 */
export type ReminderTopic = "rotation-due" | "milestone-overdue" | "nothing-moved";

/**
 * What a source found in one repository.
 *
 * @public
 */
export type RepositoryEvidence = { 
/**
 * Always `mentorship/evidence/v1`.
 */
schema: string, 
/**
 * The repository's key: one string for one repository, shown to readers.
 * An `http(s)` address, or the folder's path. Never holds credentials.
 */
repository: string, 
/**
 * Where a file can be seen, with `{path}` and optionally `{line}` in it:
 * `https://host/org/repo/blob/<commit>/{path}#L{line}`.
 */
fileAddress?: string, 
/**
 * The commit that was read.
 */
commit?: string, 
/**
 * When it was read, RFC 3339.
 */
collectedAt: string, 
/**
 * Why reading failed; absent where it did not. What stands beside it is
 * then the last good evidence, and stale.
 */
failure?: string, 
/**
 * The services that live here.
 */
services: Array<ServicePlace>, 
/**
 * All living paths at the commit, `/`-separated; absent where no listing
 * could be had. An empty list is an empty repository.
 */
paths?: Array<string>, 
/**
 * The files that the engine asked for.
 */
files: Array<EvidenceFile>, 
/**
 * The history, where it does not come as a stream of its own.
 */
history?: string, 
/**
 * Reviews on the code host; absent where nobody asked it. An empty list
 * says that nobody reviewed anything.
 */
reviews?: Array<ReviewEvidence>, 
/**
 * What is about to be merged, where it is judged before; absent elsewhere.
 */
change?: ChangeEvidence, 
/**
 * What the files that the engine asked for were before, those of each file
 * newest first and without a gap; absent where nobody looked.
 */
versions?: Array<FileVersion>, };

/**
 * What ended an incident.
 *
 * @public
 */
export type Resolution = "person" | "automatic";

/**
 * Whether a stored history can be gone on from.
 *
 * @public
 */
export type RestoredHistory = { "state": "restored", 
/**
 * Full name of the last commit that was stored.
 */
tip: string, } | { "state": "refused", 
/**
 * Why, in one sentence.
 */
reason: string, };

/**
 * One review of a change, submitted on the code host.
 *
 * @public
 */
export type ReviewEvidence = { 
/**
 * The reviewer's login on the code host, or an e-mail address. Machines are no
 * reviewers.
 */
reviewer: string, 
/**
 * When it was submitted, RFC 3339 or `YYYY-MM-DD`.
 */
at: string, 
/**
 * The paths that the change touches.
 */
paths: Array<string>, };

/**
 * A role in the program.
 *
 * @public
 */
export type Role = "steward" | "backup" | "program-owner" | "maintainer" | "apprentice";

/**
 * A person in a role.
 *
 * @public
 */
export type RoleHolder = { 
/**
 * The role.
 */
role: Role, 
/**
 * The display name, or what the evidence says.
 */
name: string, 
/**
 * The User entity; absent where nobody maps to the name.
 */
entityRef?: string, 
/**
 * Whether the person has left the organisation.
 */
left: boolean, 
/**
 * Where the role is written: `annotation`, `plan` or `codeowners`.
 */
source: RoleSource, 
/**
 * What the plan says of reaching them: `PagerDuty SEV2+`.
 */
remark?: string, };

/**
 * Where a role is written; listed in the order of precedence.
 *
 * @public
 */
export type RoleSource = "annotation" | "plan" | "codeowners" | "maintainers-file";

/**
 * A step of the two-week rollout.
 *
 * @public
 */
export type RolloutStep = { 
/**
 * The id: `inventory`, `roles`, `assets`, `rituals`, `apprentices`, `baselines`,
 * `paired-change`, `review`.
 */
id: string, 
/**
 * What is to be done.
 */
title: string, 
/**
 * Whether it is done.
 */
done: boolean, 
/**
 * Whether the program owner confirms it, for evidence cannot tell.
 */
needsConfirmation: boolean, 
/**
 * When it was confirmed, `YYYY-MM-DD`.
 */
confirmedOn?: string, 
/**
 * How far it is: `3 of 5`.
 */
detail: Array<Part>, };

/**
 * The steward's rotation.
 *
 * @public
 */
export type Rotation = { 
/**
 * The state.
 */
state: RotationState, 
/**
 * The state in one sentence.
 */
summary: Array<Part>, 
/**
 * The steward; absent where vacant or unknown.
 */
steward?: RoleHolder, 
/**
 * Since when, `YYYY-MM-DD`.
 */
since?: string, 
/**
 * How `since` is known.
 */
sinceBasis?: DateBasis, 
/**
 * The commit that it is taken from, shortened, where it is inferred.
 */
sinceCommit?: string, 
/**
 * Whole civil days since `since`.
 */
ageDays?: number, 
/**
 * Whole civil months since `since`.
 */
ageMonths?: number, 
/**
 * When the window opens, `YYYY-MM-DD`.
 */
windowOpens?: string, 
/**
 * When the rotation is due, `YYYY-MM-DD`.
 */
due?: string, 
/**
 * How far round the clock the rotation is, in percent of the time from
 * `since` to `due`; above 100 where overdue.
 */
elapsedPercent?: number, 
/**
 * Where the window opens on the same scale, in percent.
 */
windowPercent?: number, 
/**
 * Apprentices at *independent* or above.
 */
readySuccessors: number, 
/**
 * Whether a handover or reverse shadow was logged since `since`.
 */
handoverStarted: boolean, 
/**
 * The successors in one sentence.
 */
successors: Array<Part>, };

/**
 * A rotation that is due.
 *
 * @public
 */
export type RotationDue = { 
/**
 * The service.
 */
entityRef: string, 
/**
 * The title, else the name.
 */
title: string, 
/**
 * The day, `YYYY-MM-DD`.
 */
due: string, };

/**
 * The state of a rotation.
 *
 * @public
 */
export type RotationState = "vacant" | "unknown" | "settling" | "window" | "overdue";

/**
 * The rotations of enrolled services.
 *
 * @public
 */
export type RotationsDue = { 
/**
 * Due within 30 days, today included.
 */
within30: number, 
/**
 * Due within 60 days.
 */
within60: number, 
/**
 * Due within 90 days.
 */
within90: number, 
/**
 * Past due; in none of the former.
 */
overdue: number, 
/**
 * Nobody is steward.
 */
vacant: number, 
/**
 * Not known.
 */
unknown: number, 
/**
 * Overdue ones and those due within 90 days, by day and ref, at most a hundred.
 */
services: Array<RotationDue>, };

/**
 * All rules in the order in which they are shown.
 *
 * @public
 */
export type RuleCatalogue = { 
/**
 * Always `mentorship/rules/v1`.
 */
schema: string, 
/**
 * The rules.
 */
rules: Array<RuleEntry>, };

/**
 * What a rule is about.
 *
 * @public
 */
export type RuleCategory = "stewardship" | "mentorship" | "knowledge" | "assets" | "operations" | "changes";

/**
 * One rule.
 *
 * @public
 */
export type RuleEntry = { 
/**
 * The public id, never reused.
 */
id: string, 
/**
 * The title, which names the problem.
 */
title: string, 
/**
 * The category.
 */
category: RuleCategory, 
/**
 * The weight in the score under the policy in force.
 */
weight: number, 
/**
 * The levels that need it, from the lowest.
 */
levels: Array<string>, 
/**
 * The page: what it checks, why it matters, evidence read, how to fix;
 * Markdown without the title and without the cases.
 */
page: string, };

/**
 * A rule, and what it asks for in a few words.
 *
 * @public
 */
export type RuleMention = { 
/**
 * The rule's id.
 */
rule: string, 
/**
 * What it asks for: `name a backup`.
 */
ask: string, };

/**
 * Where a service says that its source is, for the sources of evidence.
 *
 * @public
 */
export type ServiceLocation = { 
/**
 * The service.
 */
entityRef: string, 
/**
 * The location; absent where the entity carries none that can be used.
 */
location?: SourceLocation, };

/**
 * What one service loses.
 *
 * @public
 */
export type ServiceLoss = { 
/**
 * The service.
 */
entityRef: string, 
/**
 * The title, else the name.
 */
title: string, 
/**
 * `mentorship/tier`; 1 is most critical.
 */
tier?: number, 
/**
 * The loss in one sentence, without names.
 */
summary: Array<Part>, 
/**
 * The level before.
 */
levelFrom: Level, 
/**
 * The level after.
 */
levelTo: Level, 
/**
 * The score before, in percent.
 */
scoreFrom?: number, 
/**
 * The score after, in percent.
 */
scoreTo?: number, 
/**
 * The headline bus factor before.
 */
busFactorFrom?: number, 
/**
 * The headline bus factor after.
 */
busFactorTo?: number, 
/**
 * Its verdict before.
 */
verdictFrom: BusFactorVerdict, 
/**
 * Its verdict after.
 */
verdictTo: BusFactorVerdict, 
/**
 * The readings that fall.
 */
readings: Array<ReadingLoss>, 
/**
 * Roles that nobody holds any more.
 */
vacated: Array<Role>, 
/**
 * Living files that lose their last author.
 */
files: number, 
/**
 * Some of them, by path.
 */
filePaths: Array<string>, 
/**
 * The outermost directories in which every file with an author loses its
 * last one, most files first.
 */
directories: Array<PathLoss>, 
/**
 * Critical paths with files that lose their last author.
 */
criticalPaths: Array<PathLoss>, 
/**
 * Who could take over, apprentices first; empty for the `counted` audience.
 */
successors: Array<Successor>, 
/**
 * How many are named as successors.
 */
successorCount: number, };

/**
 * Where in a repository a service lives.
 *
 * @public
 */
export type ServicePlace = { 
/**
 * The service.
 */
entityRef: string, 
/**
 * The directory, without leading or trailing `/`; empty for the root.
 */
directory: string, };

/**
 * How much a service asks for mentoring.
 *
 * @public
 */
export type ServiceRisk = { 
/**
 * The service.
 */
entityRef: string, 
/**
 * The title, else the name.
 */
title: string, 
/**
 * `mentorship/tier`; 1 is most critical.
 */
tier?: number, 
/**
 * Whether it is held to the rules.
 */
enrolled: boolean, 
/**
 * Risk × criticality, 0 to 80; the most first.
 */
points: number, 
/**
 * Incidents in the window; absent where they are not known.
 */
incidents?: number, 
/**
 * Why, without guarded names.
 */
reason: Array<Part>, };

/**
 * A source location, understood.
 *
 * @public
 */
export type SourceLocation = { "type": "repository", 
/**
 * The address to clone from, without credentials.
 */
url: string, 
/**
 * The branch or commit named; absent for the default branch.
 */
revision?: string, 
/**
 * The directory, without leading or trailing `/`; empty for the root.
 */
directory: string, } | { "type": "folder", 
/**
 * The absolute path.
 */
path: string, };

/**
 * Somebody who could take over.
 *
 * @public
 */
export type Successor = { 
/**
 * The display name, or the name in the history.
 */
name: string, 
/**
 * The User entity; absent where nobody maps to the name.
 */
entityRef?: string, 
/**
 * Whether the person is an apprentice of the service.
 */
apprentice: boolean, 
/**
 * Files losing their last author that the person has changed.
 */
lostFiles: number, 
/**
 * Files beside them that the person has changed.
 */
neighbouringFiles: number, 
/**
 * Why this person.
 */
reason: Array<Part>, };

/**
 * Services that a measure could not count.
 *
 * @public
 */
export type UnmeasuredServices = { 
/**
 * Why, in one sentence.
 */
reason: Array<Part>, 
/**
 * How many.
 */
services: number, };

/**
 * What a catalog loses when people leave, as of one day.
 *
 * @public
 */
export type WhatIf = { 
/**
 * Always `mentorship/what-if/v1`.
 */
schema: string, 
/**
 * The day, `YYYY-MM-DD`.
 */
asOf: string, 
/**
 * Who may read these words.
 */
audience: Audience, 
/**
 * Who leaves, as asked; empty for the `counted` audience.
 */
leaving: Array<Leaver>, 
/**
 * How many leave whom the catalog or a history knows.
 */
leavingCount: number, 
/**
 * The last day of the quarter, where stewards were asked about whose rotation
 * is due by then.
 */
dueBy?: string, 
/**
 * What was asked and means nobody: neither a user nor anybody in a role or
 * a history.
 */
notKnown: Array<string>, 
/**
 * How many services there are in all.
 */
servicesTotal: number, 
/**
 * The answer in one sentence.
 */
headline: Array<Part>, 
/**
 * Every service whose level or readings fall, a role falls vacant or files
 * lose their last author: the worst first.
 */
services: Array<ServiceLoss>, };

/**
 * A question: what is lost when people leave?
 *
 * @public
 */
export type WhatIfQuestion = { 
/**
 * Who leaves: entity refs of users, or of groups for everybody in them,
 * `@handles`, e-mail addresses, or names as a history writes them.
 */
leaves?: Array<string>, 
/**
 * Whether every steward leaves too whose rotation is due by the end of the
 * quarter, or overdue, of the services that take part.
 */
dueThisQuarter?: boolean, 
/**
 * The day, `YYYY-MM-DD`.
 */
asOf: string, 
/**
 * Who may read the answer.
 */
audience: Audience, 
/**
 * Refs of the services that take part, and that are counted; all where
 * absent.
 */
among?: Array<string>, 
/**
 * Whether only groups may be asked about, each of at least five people, so
 * that nothing is learnt of one of them; stewards whose rotation is due are such
 * a group.
 */
groupsOnly?: boolean, };
