import type {
  AssessmentRow,
  Involvement,
  ServiceRisk,
} from 'backstage-plugin-mentorship-common';
import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { setImmediate as nextTurn } from 'timers/promises';
import { promisify } from 'util';
import { deflateRaw } from 'zlib';
import { listIn, type ServiceResults } from '../engine/results';
import {
  STILL,
  type AssessmentTableRow,
  type PartRow,
  type RunRow,
} from './rows';
import { insertPieces, insertRows, rowsAtATime } from './statements';

/** Results that are hashed or looked into without a turn for others. */
const RESULTS_AT_A_TIME = 20;
/** Behind every tier, as the core orders risks. */
const NO_TIER = 255;

/** Deflating is done by Node's own threads, beside whatever else goes on. */
const deflate = promisify<Buffer, Buffer>((text, done) =>
  deflateRaw(text, { level: 1 }, done),
);

/** What the results of a service were read from. */
export interface Reading {
  /** Whose freshness is that of the service. */
  repository: string;
  /**
   * Texts that each reading of it says anew: its commit, which stands in every link,
   * and when it was collected. Where nothing else differs, nothing did.
   */
  passing: string[];
}

/** An item, and what is kept with it. */
interface StagedItem {
  item: ServiceResults;
  hash: string;
  repository: string | null;
}

/** What the database has of the newest version of a service. */
type Newest = Pick<
  AssessmentTableRow,
  'entity_ref' | 'run_id' | 'content_hash' | 'repository'
>;

/**
 * Stages the results of one run, in the order of refs, from the first service to
 * the last. What is equal to the newest version of a service is left alone, also
 * where a run wrote it that never became current: so a run that was cut off is
 * gone on from. What differs becomes a version from this run on, and the older one
 * is said to end with it. Readers of older runs see nothing of either.
 */
export class Staging {
  private readonly rowsAtATime: number;
  private waiting: StagedItem[] = [];
  /** The rows that are being written while the next ones are judged. */
  private writing: Promise<void> = Promise.resolve();
  private lastRef = '';

  constructor(
    private readonly knex: Knex,
    private readonly run: {
      id: number;
      /** The run that is read; what newer ones wrote was never shown. */
      current: number;
    },
  ) {
    this.rowsAtATime = rowsAtATime(knex);
  }

  /**
   * Stages the next services; what was staged before may still be on its way.
   * `readingOf` says what each was read from.
   *
   * @throws Error where a newer run began meanwhile.
   */
  async stage(
    items: ServiceResults[],
    readingOf: (entityRef: string) => Reading | undefined = () => undefined,
  ): Promise<void> {
    for (let start = 0; start < items.length; start += RESULTS_AT_A_TIME) {
      for (const item of items.slice(start, start + RESULTS_AT_A_TIME)) {
        const reading = readingOf(item.entityRef);
        this.waiting.push({
          item,
          hash: hashOf(item.contents, reading?.passing ?? []),
          repository: reading?.repository ?? null,
        });
      }
      if (this.waiting.length >= this.rowsAtATime) {
        await this.send();
      }
      await nextTurn();
    }
  }

  /** Ends the staging: services behind the last one are gone. */
  async finish(): Promise<void> {
    await this.send();
    await this.writing;
    await this.replace([], { after: this.lastRef });
  }

  /** Begins to write what waits, once what was sent before is written. */
  private async send(): Promise<void> {
    const staged = this.waiting;
    const last = staged.at(-1)?.item.entityRef;
    await this.writing;
    if (last !== undefined) {
      this.waiting = [];
      this.writing = this.replace(staged, { after: this.lastRef, upTo: last });
      // Told to whoever waits for it next, if anybody still does.
      this.writing.catch(() => {});
      this.lastRef = last;
    }
  }

  /** Replaces what differs among the services of a range of refs. */
  private async replace(
    staged: StagedItem[],
    { after, upTo }: { after: string; upTo?: string },
  ): Promise<void> {
    const newest = this.knex<AssessmentTableRow>('mentorship_assessments')
      .where({ until_run: STILL })
      .andWhere('entity_ref', '>', after)
      .select('entity_ref', 'run_id', 'content_hash', 'repository');
    if (upTo !== undefined) {
      newest.andWhere('entity_ref', '<=', upTo);
    }
    const over = new Map<string, Newest>(
      (await newest).map(version => [version.entity_ref, version]),
    );
    const changed = staged.filter(({ item, hash, repository }) => {
      const version = over.get(item.entityRef);
      const isSame =
        version?.content_hash === hash && version.repository === repository;
      if (isSame) {
        over.delete(item.entityRef);
      }
      return !isSame;
    });
    if (over.size > 0 || changed.length > 0) {
      await this.write(changed, [...over.values()]);
    }
  }

  private async write(changed: StagedItem[], over: Newest[]): Promise<void> {
    const { knex, run } = this;
    const rows: AssessmentTableRow[] = [];
    const parts: PartRow[] = [];
    const named: Buffer[] = [];
    const counted: Buffer[] = [];
    for (let start = 0; start < changed.length; start += RESULTS_AT_A_TIME) {
      const some = changed.slice(start, start + RESULTS_AT_A_TIME);
      rows.push(...some.map(each => tableRow(run.id, each)));
      parts.push(...some.flatMap(each => partRows(run.id, each)));
      const deflated = (of: 'named' | 'counted') =>
        Promise.all(some.map(({ item }) => deflate(item[of])));
      named.push(...(await deflated('named')));
      counted.push(...(await deflated('counted')));
    }
    const items = changed.map(({ item }) => item);
    const versions = items.map(({ entityRef }) => ({
      run_id: run.id,
      entity_ref: entityRef,
    }));
    await knex.transaction(async transaction => {
      await requireRunning(transaction, run.id);
      await this.end(transaction, over);
      const insert = async (table: string, some: object[]) => {
        await insertRows(transaction, table, some);
        await nextTurn();
      };
      await insert('mentorship_assessments', rows);
      await insertPieces(transaction, 'mentorship_rows', versions, {
        row: { text: items.map(({ row }) => row) },
        csv: { text: items.map(({ csv }) => csv) },
        risk: { text: items.map(({ risk }) => risk) },
      });
      await nextTurn();
      await insertPieces(transaction, 'mentorship_reports', versions, {
        named: { bytes: named },
        counted: { bytes: counted },
      });
      await nextTurn();
      for (let start = 0; start < parts.length; start += this.rowsAtATime) {
        await insert(
          'mentorship_parts',
          parts.slice(start, start + this.rowsAtATime),
        );
      }
    });
  }

  /** Versions end with this run; those that nobody was shown are removed. */
  private async end(
    transaction: Knex.Transaction,
    over: Newest[],
  ): Promise<void> {
    const { id, current } = this.run;
    for (let start = 0; start < over.length; start += this.rowsAtATime) {
      const some = over.slice(start, start + this.rowsAtATime);
      const shown = some.filter(version => version.run_id <= current);
      if (shown.length > 0) {
        await transaction<AssessmentTableRow>('mentorship_assessments')
          .where({ until_run: STILL })
          .whereIn(
            'entity_ref',
            shown.map(version => version.entity_ref),
          )
          .update({ until_run: id });
        await nextTurn();
      }
      await removeVersions(
        transaction,
        some.filter(version => version.run_id > current),
      );
    }
  }
}

/** Removes versions, and everything that is kept of them. */
export async function removeVersions(
  transaction: Knex.Transaction,
  versions: Array<Pick<AssessmentTableRow, 'run_id' | 'entity_ref'>>,
): Promise<void> {
  if (versions.length === 0) {
    return;
  }
  const removed = versions.map(({ run_id, entity_ref }) => [
    run_id,
    entity_ref,
  ]);
  for (const table of [
    'mentorship_rows',
    'mentorship_reports',
    'mentorship_parts',
    'mentorship_assessments',
  ]) {
    await transaction(table)
      .whereIn(['run_id', 'entity_ref'], removed)
      .delete();
    await nextTurn();
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
  { item, hash, repository }: StagedItem,
): AssessmentTableRow {
  const row: AssessmentRow = JSON.parse(item.row.toString());
  const risk: ServiceRisk = JSON.parse(item.risk.toString());
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

/** Equal where nothing changed but what passes. */
function hashOf(contents: Buffer, passing: string[]): string {
  // A character a byte, so that nothing is lost between two readings of it.
  let rest = contents.toString('latin1');
  for (const text of passing) {
    rest = rest.replaceAll(text, '\0');
  }
  const hash = createHash('sha256').update(rest, 'latin1');
  return hash.digest('base64url').slice(0, 32);
}

/** Everything that a reader may search; people are not. */
function searchable(row: AssessmentRow): string {
  return [row.title, row.entityRef, row.owner ?? '', row.system ?? '']
    .join('\n')
    .toLowerCase();
}

function partRows(runId: number, { item }: StagedItem): PartRow[] {
  const involved = listIn<Involvement>(item.involved);
  return involved.map(({ entityRef, role }) => ({
    run_id: runId,
    entity_ref: item.entityRef,
    person_ref: entityRef,
    role,
  }));
}

/** `;a;b;`, so that `;a;` finds exactly `a`. */
function enclosed(values: string[]): string {
  return values.length ? `;${values.join(';')};` : '';
}
