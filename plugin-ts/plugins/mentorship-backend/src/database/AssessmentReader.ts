import type {
  Assessment,
  AssessmentList,
  AssessmentRow,
  AssessmentsFilter,
  AssessmentsOrder,
  Level,
} from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { promisify } from 'util';
import { inflateRaw } from 'zlib';
import { currentRunId } from './currentRun';
import type {
  AssessmentTableRow,
  CurrentRunRow,
  EvidencePlaceRow,
  PartRow,
  ReportRow,
  RunErrorRow,
  ShownRow,
} from './rows';
import { after, columnOf, decodeCursor, encodeCursor, inOrder } from './paging';
import { PublishedAnswers } from './PublishedAnswers';
import { matches, visible, type Visibility } from './selection';
import { joined } from './statements';

const CSV_LINES_AT_A_TIME = 500;

const inflate = promisify<Buffer, Buffer>(inflateRaw);

/** What permission rules know of an assessment. */
export interface AssessmentResource {
  entityRef: string;
  kind: string;
  owner: string | null;
  people: string[];
}

/** One version of a service's results. */
type Version = Pick<AssessmentTableRow, 'run_id' | 'entity_ref'>;

/** Some lines of the export as one text, and whose the last one is. */
interface CsvLines {
  count: number | string;
  last: string | null;
  text: string | null;
}

/** A page to be read. */
export interface PageRequest {
  filter: AssessmentsFilter;
  order: AssessmentsOrder;
  cursor?: string;
  limit: number;
}

/** Reads the results of the current run; every answer is of one run. */
export class AssessmentReader {
  private readonly answers = new PublishedAnswers();

  constructor(private readonly knex: Knex) {}

  async hasResults(): Promise<boolean> {
    return (await currentRunId(this.knex)) !== null;
  }

  async page(
    request: PageRequest,
    visibility: Visibility,
  ): Promise<AssessmentList> {
    const { filter, order, limit } = request;
    const cursor = decodeCursor(request.cursor, order);
    const runId = await currentRunId(this.knex);
    const inAllLevels = { ...filter, level: undefined };
    const byLevel = await this.answers.of(
      runId,
      ['by level', inAllLevels],
      visibility,
      () => this.countByLevel(runId, inAllLevels, visibility),
    );
    const wanted = filter.level?.length
      ? filter.level
      : (Object.keys(byLevel) as Level[]);

    const query = this.visible(runId, visibility)
      .where(matches(filter))
      .select('entity_ref', 'run_id', `${columnOf(order)} as key`)
      .limit(limit + 1);
    inOrder(query, order, cursor?.backwards ?? false);
    if (cursor) {
      query.where(after(cursor, order));
    }
    const found: Array<Version & { key: string | number | null }> = await query;
    const more = found.length > limit;
    const shown = found.slice(0, limit);
    if (cursor?.backwards) {
      shown.reverse();
    }

    const first = shown.at(0);
    const last = shown.at(-1);
    const hasPrevious = cursor?.backwards ? more : cursor !== undefined;
    const hasNext = cursor?.backwards ? true : more;
    return {
      items: await this.rows(runId, shown),
      totalItems: wanted.reduce((sum, level) => sum + byLevel[level], 0),
      pageInfo: {
        ...(last &&
          hasNext && { nextCursor: encodeCursor(last, order, false) }),
        ...(first &&
          hasPrevious && { prevCursor: encodeCursor(first, order, true) }),
      },
      totals: { byLevel },
    };
  }

  /** The rows of services in the order asked for; null where there is none. */
  async byRefs(
    entityRefs: string[],
    visibility: Visibility,
  ): Promise<Array<AssessmentRow | null>> {
    const runId = await currentRunId(this.knex);
    const versions: Version[] = await this.visible(runId, visibility)
      .whereIn('entity_ref', entityRefs)
      .select('entity_ref', 'run_id');
    const rows = await this.rows(runId, versions);
    const byRef = new Map(
      versions.map(({ entity_ref }, at) => [entity_ref, rows[at]]),
    );
    return entityRefs.map(entityRef => byRef.get(entityRef) ?? null);
  }

  /**
   * Lines of the CSV export in the order of refs, some at a time.
   *
   * @throws Error where the run was removed before its end, so that an export
   * is never shorter than what it counted.
   */
  async *csvLines(
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): AsyncGenerator<string> {
    const runId = await currentRunId(this.knex);
    const all = () => this.visible(runId, visibility).where(matches(filter));
    const [{ count }] = await all().count({ count: '*' });
    let left = Number(count);
    const linesAfter = async (ref: string): Promise<CsvLines> =>
      this.knex
        .from(
          all()
            .select('run_id', 'entity_ref')
            .where('entity_ref', '>', ref)
            .orderBy('entity_ref')
            .limit(CSV_LINES_AT_A_TIME)
            .as('version'),
        )
        .join('mentorship_rows as line', join =>
          join
            .on('line.run_id', 'version.run_id')
            .on('line.entity_ref', 'version.entity_ref'),
        )
        .count({ count: '*' })
        .max({ last: 'line.entity_ref' })
        .select({ text: joined(this.knex, 'line.csv', 'line.entity_ref') })
        .first() as never;
    let coming = left > 0 ? linesAfter('') : undefined;
    while (coming) {
      const { count: lines, last, text }: CsvLines = await coming;
      if (last === null || text === null) {
        throw new Error(
          `run ${runId} was replaced while it was exported; ${left} services are missing`,
        );
      }
      left -= Number(lines);
      // The next lines are read while these are sent.
      coming = left > 0 ? linesAfter(last) : undefined;
      // Told to whoever goes on, if anybody does.
      coming?.catch(() => {});
      yield text;
    }
  }

  /** One assessment as JSON text, or why there is none. */
  async report(
    entityRef: string,
    audience: 'named' | 'counted',
  ): Promise<{ json: string } | { missing: string | undefined }> {
    const version = await this.ofCurrentRun()
      .where('version.entity_ref', entityRef)
      .join('mentorship_reports as report', join =>
        join
          .on('report.run_id', 'version.run_id')
          .on('report.entity_ref', 'version.entity_ref'),
      )
      .first<(ReportRow & { collected_at: string | null }) | undefined>(
        `report.${audience}`,
        this.knex<EvidencePlaceRow>('mentorship_evidence_places')
          .where({ repository: this.knex.ref('version.repository') as never })
          .max('succeeded_at')
          .as('collected_at'),
      );
    if (version) {
      const json = (await inflate(version[audience])).toString();
      return { json: withFreshness(json, version.collected_at) };
    }
    const error = await this.knex<RunErrorRow>('mentorship_run_errors')
      .where('place', entityRef)
      .where('run_id', this.currentRun())
      .first('message');
    return { missing: error?.message };
  }

  /** What permission rules know of these services, in the order asked for. */
  async resources(
    entityRefs: string[],
  ): Promise<Array<AssessmentResource | undefined>> {
    const found: AssessmentTableRow[] = await this.ofCurrentRun()
      .whereIn('entity_ref', entityRefs)
      .select('run_id', 'entity_ref', 'kind', 'owner');
    const parts = await this.knex<PartRow>('mentorship_parts')
      .whereIn(
        ['run_id', 'entity_ref'],
        found.map(row => [row.run_id, row.entity_ref]),
      )
      .select('entity_ref', 'person_ref');
    const byRef = new Map(
      found.map(row => [
        row.entity_ref,
        {
          entityRef: row.entity_ref,
          kind: row.kind,
          owner: row.owner,
          people: [] as string[],
        },
      ]),
    );
    for (const { entity_ref, person_ref } of parts) {
      byRef.get(entity_ref)?.people.push(person_ref);
    }
    return entityRefs.map(ref => byRef.get(ref));
  }

  /** Refs of the services that the reader may see, in order. */
  async refs(visibility: Visibility): Promise<string[]> {
    return this.visible(await currentRunId(this.knex), visibility)
      .orderBy('entity_ref')
      .pluck('entity_ref');
  }

  /** The kinds of all services, in lower case. */
  async kinds(): Promise<string[]> {
    return this.ofCurrentRun().distinct('kind').orderBy('kind').pluck('kind');
  }

  /** The rows of these versions, in the order asked for. */
  private async rows(
    runId: number | null,
    versions: Version[],
  ): Promise<AssessmentRow[]> {
    const found = await this.knex<ShownRow>('mentorship_rows')
      .whereIn(
        ['run_id', 'entity_ref'],
        versions.map(({ run_id, entity_ref }) => [run_id, entity_ref]),
      )
      .select('entity_ref', 'row');
    const byRef = new Map(found.map(each => [each.entity_ref, each.row]));
    return versions.map(({ entity_ref }) => {
      const row = byRef.get(entity_ref);
      if (row === undefined) {
        throw new Error(
          `run ${runId} was replaced while it was read; ask again`,
        );
      }
      return JSON.parse(row);
    });
  }

  private async countByLevel(
    runId: number | null,
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): Promise<Record<Level, number>> {
    const counts: Array<{ level: Level; count: number | string }> =
      (await this.visible(runId, visibility)
        .where(matches(filter))
        .groupBy('level')
        .select('level')
        .count({ count: '*' })) as never;
    const byLevel: Record<Level, number> = {
      exposed: 0,
      developing: 0,
      covered: 0,
      resilient: 0,
      unknown: 0,
      'not-enrolled': 0,
    };
    for (const { level, count } of counts) {
      byLevel[level] = Number(count);
    }
    return byLevel;
  }

  /** Rows of one run that the reader may see. */
  private visible(runId: number | null, visibility: Visibility) {
    return visible(this.knex, runId, visibility);
  }

  /** Versions that the current run shows, as `version`. */
  private ofCurrentRun() {
    return this.knex('mentorship_assessments as version')
      .where('version.run_id', '<=', this.currentRun())
      .andWhere('version.until_run', '>', this.currentRun());
  }

  private currentRun() {
    return this.knex<CurrentRunRow>('mentorship_current_run')
      .where({ slot: 'current' })
      .select('run_id');
  }
}

/**
 * Results that did not change are kept as they were, when they were collected
 * included; when their repository was read last is known apart.
 */
function withFreshness(json: string, collectedAt: string | null): string {
  if (collectedAt === null) {
    return json;
  }
  const assessment = JSON.parse(json) as Assessment;
  for (const evidence of assessment.evidence) {
    if (evidence.collectedAt !== undefined) {
      evidence.collectedAt = collectedAt;
    }
  }
  return JSON.stringify(assessment);
}
