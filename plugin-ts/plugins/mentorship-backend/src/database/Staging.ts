import type {
  Assessment,
  AssessmentRow,
  ResultItem,
} from 'backstage-plugin-mentorship-common';
import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { setImmediate as nextTurn } from 'timers/promises';
import { promisify } from 'util';
import { deflateRaw } from 'zlib';
import {
  STILL,
  type AssessmentTableRow,
  type PartRow,
  type ReportRow,
  type RunRow,
  type ShownRow,
} from './rows';

/**
 * Rows in one statement. A database on this machine answers without giving
 * anybody else a turn, and Knex needs most of the time to write the statement.
 */
const ROWS_AT_A_TIME = 20;
/** Behind every tier, as the core orders risks. */
const NO_TIER = 255;

const deflate = promisify<string, Buffer>((text, done) =>
  deflateRaw(text, { level: 1 }, done),
);

/** An item, and what is kept with it. */
interface StagedItem {
  item: ResultItem;
  hash: string;
  repository: string | null;
}

/**
 * Stages the results of one run, in the order of refs, from the first service to
 * the last. What is equal to the newest version of a service is left alone; what
 * differs becomes a version from this run on, and the older one is said to end
 * with it. Readers of older runs see nothing of either.
 */
export class Staging {
  private lastRef = '';

  constructor(private readonly knex: Knex, private readonly runId: number) {}

  /**
   * Stages the next services. `repositoryOf` says whose freshness theirs is.
   *
   * @throws Error where a newer run began meanwhile.
   */
  async stage(
    items: ResultItem[],
    repositoryOf: (entityRef: string) => string | undefined = () => undefined,
  ): Promise<void> {
    for (let start = 0; start < items.length; start += ROWS_AT_A_TIME) {
      const some = items.slice(start, start + ROWS_AT_A_TIME).map(item => ({
        item,
        hash: hashOf(item),
        repository: repositoryOf(item.row.entityRef) ?? null,
      }));
      const upTo = some[some.length - 1].item.row.entityRef;
      await this.replace(some, upTo);
      this.lastRef = upTo;
      await nextTurn();
    }
  }

  /** Ends the staging: services behind the last one are gone. */
  async finish(): Promise<void> {
    await this.replace([], undefined);
  }

  /** Replaces what differs among the services behind the last one. */
  private async replace(
    staged: StagedItem[],
    upTo: string | undefined,
  ): Promise<void> {
    const versions = this.knex<AssessmentTableRow>('mentorship_assessments')
      .where({ until_run: STILL })
      .andWhere('entity_ref', '>', this.lastRef)
      .select('entity_ref', 'content_hash', 'repository');
    if (upTo !== undefined) {
      versions.andWhere('entity_ref', '<=', upTo);
    }
    const before = new Map(
      (await versions).map(version => [version.entity_ref, version]),
    );
    const changed = staged.filter(({ item, hash, repository }) => {
      const version = before.get(item.row.entityRef);
      before.delete(item.row.entityRef);
      return !(
        version?.content_hash === hash && version.repository === repository
      );
    });
    const ended = [
      ...before.keys(),
      ...changed.map(({ item }) => item.row.entityRef),
    ];
    if (ended.length > 0) {
      await this.write(changed, ended);
    }
  }

  private async write(changed: StagedItem[], ended: string[]): Promise<void> {
    const { knex, runId } = this;
    const reports = await Promise.all(
      changed.map(each => reportRow(runId, each)),
    );
    await knex.transaction(async transaction => {
      await requireRunning(transaction, runId);
      for (let start = 0; start < ended.length; start += ROWS_AT_A_TIME) {
        await transaction<AssessmentTableRow>('mentorship_assessments')
          .where({ until_run: STILL })
          .whereIn('entity_ref', ended.slice(start, start + ROWS_AT_A_TIME))
          .update({ until_run: runId });
        await nextTurn();
      }
      if (changed.length === 0) {
        return;
      }
      await transaction<AssessmentTableRow>('mentorship_assessments').insert(
        changed.map(each => tableRow(runId, each)),
      );
      await nextTurn();
      await transaction<ShownRow>('mentorship_rows').insert(
        changed.map(({ item: { row, risk, csv } }) => ({
          run_id: runId,
          entity_ref: row.entityRef,
          row: JSON.stringify(row),
          csv,
          risk: JSON.stringify(risk),
        })),
      );
      await nextTurn();
      await transaction<ReportRow>('mentorship_reports').insert(reports);
      const parts = changed.flatMap(each => partRows(runId, each));
      if (parts.length > 0) {
        await nextTurn();
        await transaction<PartRow>('mentorship_parts').insert(parts);
      }
    });
  }
}

/**
 * Only the newest run writes. Holds the run's row until the transaction ends, so
 * that no newer one begins in its midst.
 */
export async function requireRunning(
  transaction: Knex.Transaction,
  runId: number,
): Promise<void> {
  const running = await transaction<RunRow>('mentorship_runs')
    .where({ id: runId, outcome: 'running' })
    .forUpdate()
    .first('id');
  if (!running) {
    throw new Error(`run ${runId} was replaced by a newer one, or was cut off`);
  }
}

function tableRow(
  runId: number,
  { item: { row, risk }, hash, repository }: StagedItem,
): AssessmentTableRow {
  return {
    run_id: runId,
    until_run: STILL,
    content_hash: hash,
    repository,
    entity_ref: row.entityRef,
    title: row.title.toLowerCase(),
    kind: row.kind.toLowerCase(),
    type: row.type,
    lifecycle: row.lifecycle,
    tier: row.tier,
    owner: row.owner,
    system: row.system,
    level: row.level,
    level_rank: row.levelRank,
    score: row.score,
    coverage: row.coverage,
    mentorship_status: row.mentorshipStatus,
    apprentices: row.apprentices,
    next_milestone_due: row.nextMilestoneDue,
    steward_since: row.stewardSince,
    rotation_state: row.rotationState,
    rotation_due: row.rotationDue,
    bus_factor: row.busFactor,
    bus_factor_verdict: row.busFactorVerdict,
    failed_rules: enclosed(row.failedRules),
    words: searchable(row),
    risk_points: risk.points,
    risk_incidents: risk.incidents ?? 0,
    risk_tier: risk.tier ?? NO_TIER,
  };
}

/** Deflating is done by Node's own threads, beside whatever else goes on. */
async function reportRow(
  runId: number,
  { item: { row, named, counted } }: StagedItem,
): Promise<ReportRow> {
  const [namedBytes, countedBytes] = await Promise.all([
    deflate(named),
    deflate(counted),
  ]);
  return {
    run_id: runId,
    entity_ref: row.entityRef,
    named: namedBytes,
    counted: countedBytes,
  };
}

/** Equal where nothing changed; when evidence was collected takes no part. */
function hashOf({ row, risk, csv, named, counted }: ResultItem): string {
  const hash = createHash('sha256');
  const written = [row, risk].map(each => JSON.stringify(each));
  for (const part of [...written, csv, named, counted]) {
    hash.update(part).update('\0');
  }
  return hash.digest('base64url').slice(0, 32);
}

/** Everything that a reader may search; people are not. */
function searchable(row: AssessmentRow): string {
  return [row.title, row.entityRef, row.owner ?? '', row.system ?? '']
    .join('\n')
    .toLowerCase();
}

/** The people whom an assessment is about, whatever it says of them. */
function partRows(runId: number, { item }: StagedItem): PartRow[] {
  const { escalation, mentorship } = JSON.parse(item.named) as Assessment;
  const parts = new Map<string, PartRow>();
  const apprentices = mentorship.apprentices.map(apprentice => ({
    ...apprentice,
    role: 'apprentice' as const,
  }));
  for (const { entityRef, role } of [...escalation, ...apprentices]) {
    if (entityRef !== undefined) {
      parts.set(`${role} ${entityRef}`, {
        run_id: runId,
        entity_ref: item.row.entityRef,
        person_ref: entityRef,
        role,
      });
    }
  }
  return [...parts.values()];
}

/** `;a;b;`, so that `;a;` finds exactly `a`. */
function enclosed(values: string[]): string {
  return values.length ? `;${values.join(';')};` : '';
}
