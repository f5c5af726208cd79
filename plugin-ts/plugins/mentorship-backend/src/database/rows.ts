import type {
  HistoryOutcome,
  OperationsKind,
  Role,
  RunOutcome,
} from 'backstage-plugin-mentorship-common';

/** Rows of the tables, named as the migrations name them. */

export interface RunRow {
  id: number;
  as_of: string;
  started_at: string;
  finished_at: string | null;
  outcome: RunOutcome;
  entities: number | null;
  services: number | null;
  errors: number | null;
  failure: string | null;
}

export interface CurrentRunRow {
  slot: 'current';
  run_id: number | null;
  previous_run_id: number | null;
  /** The last run whose points were kept. */
  points_run_id: number | null;
}

/** Stands in `until_run` while no run replaced a version; larger than any run. */
export const STILL = 2147483647;

/** One version of a service's results, which holds until it changes. */
export interface AssessmentTableRow {
  /** The run that wrote it. */
  run_id: number;
  /** The run that replaced it, {@link STILL} before there is one. */
  until_run: number;
  content_hash: string;
  repository: string | null;
  entity_ref: string;
  title: string;
  kind: string;
  type: string | null;
  lifecycle: string | null;
  tier: number | null;
  owner: string | null;
  system: string | null;
  level: string;
  level_rank: number;
  score: number | null;
  coverage: number | null;
  mentorship_status: string;
  apprentices: number | null;
  next_milestone_due: string | null;
  steward_since: string | null;
  rotation_state: string;
  rotation_due: string | null;
  bus_factor: number | null;
  bus_factor_verdict: string;
  failed_rules: string;
  words: string;
  risk_points: number;
  /** Where incidents are not known, 0. */
  risk_incidents: number;
  /** Where there is no tier, 255. */
  risk_tier: number;
}

export interface ShownRow {
  run_id: number;
  entity_ref: string;
  row: string;
  csv: string;
  /** Absent in versions of before risks were kept. */
  risk: string | null;
}

export interface ReportRow {
  run_id: number;
  entity_ref: string;
  named: Buffer;
  counted: Buffer;
}

export interface RunErrorRow {
  run_id: number;
  place: string;
  message: string;
}

export interface PartRow {
  run_id: number;
  entity_ref: string;
  /** In lower case. */
  person_ref: string;
  role: Role;
}

export interface EvidencePlaceRow {
  source: string;
  repository: string;
  state: 'fresh' | 'stale' | 'failed' | 'not-collected';
  succeeded_at: string | null;
  failed_at: string | null;
  reason: string | null;
  commit: string | null;
  changed_at: string | null;
  evidence: string | null;
  /** JSON of the `ServicePlace`s. */
  services: string | null;
  /** How its history fared; `null` where none was collected. */
  history_state: HistoryOutcome['state'] | null;
  history_reason: string | null;
}

export interface HistoryRow {
  source: string;
  repository: string;
  tip: string | null;
  commits: number | null;
  basis: string | null;
  collected_at: string | null;
  reading: 'full' | 'incremental' | null;
  full_because: string | null;
}

export interface HistoryPartRow {
  source: string;
  repository: string;
  part: number;
  bytes: Buffer;
}

/** One kind of pushed evidence on one service, from one day or time on. */
export interface PushedEvidenceRow {
  entity_ref: string;
  kind: 'repository' | OperationsKind;
  outcome: 'found' | 'failed';
  /**
   * `YYYY-MM-DD`; empty where everything that there is was looked at. A time of the day,
   * RFC 3339 in UTC with milliseconds, where only the rest of it was; its end,
   * `T24:00:00.000Z`, where all such parts of the day are in this row.
   */
  since: string;
  /** RFC 3339 in UTC, with milliseconds, so that texts compare as times. */
  collected_at: string;
  received_at: string;
  /** Whose token pushed it; of the parts of a day, all of them, with blanks between. */
  subject: string;
  /** JSON, deflated: a document, or a list of those of a day. */
  document: Buffer;
}

export interface ProgramRow {
  run_id: number;
  program: string;
  decided: string;
}

export interface BaselineRow {
  measure: string;
  value: number;
  /** Null where it was frozen before that was noted, or by no user. */
  set_by: string | null;
  set_at: string | null;
}

export interface RolloutRow {
  step: string;
  confirmed_on: string;
}

export interface PointRow {
  entity_ref: string;
  /** `YYYY-MM-DD`. */
  day: string;
  point: string;
}

export interface SnapshotRow {
  attempt: string;
  scope: string;
  iso_year: number;
  iso_week: number;
  taken_at: string;
  as_of: string;
  services: number;
  header: string;
}

export interface SnapshotPartRow {
  attempt: string;
  part: number;
  begun_at: string;
  lines: Buffer;
}

export interface SnapshotPersonRow {
  id: number;
  /** As the export writes it. */
  cell: string;
}

/** How a source fared with one kind of evidence on operation. */
export interface OperationsRow {
  source: string;
  kind: OperationsKind;
  state: 'fresh' | 'stale' | 'failed';
  /** JSON of the ids that the tool was asked for last. */
  asked_ids: string;
  succeeded_at: string | null;
  complete_at: string | null;
  since: string | null;
  /** JSON of the ids that it was asked for when that succeeded last. */
  known_ids: string | null;
  failed_at: string | null;
  reason: string | null;
}

export interface OperationsAnswerRow {
  source: string;
  kind: OperationsKind;
  key: string;
  version: string;
  day: string | null;
  answer: Buffer;
}

export interface ReviewsRow {
  source: string;
  repository: string;
  state: 'fresh' | 'stale' | 'failed';
  succeeded_at: string | null;
  since: string | null;
  failed_at: string | null;
  reason: string | null;
}

export interface ReviewedChangeRow {
  source: string;
  repository: string;
  change: string;
  day: string;
  reviews: string;
}

export interface ReminderRow {
  key: string;
  recipient: string;
  told_at: string;
}
