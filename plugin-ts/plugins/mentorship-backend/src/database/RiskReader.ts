import type {
  AssessmentsFilter,
  RiskQueue,
  ServiceRisk,
} from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { currentRunId } from './currentRun';
import { readCursor, writeCursor } from './paging';
import { PublishedAnswers } from './PublishedAnswers';
import type { AssessmentTableRow, ShownRow } from './rows';
import { matches, visible, type Visibility } from './selection';

/** A page of the queue to be read. */
export interface RiskRequest {
  filter: AssessmentsFilter;
  cursor?: string;
  limit: number;
}

/** Where a service stands in the core's order of risks. */
type Place = Pick<
  AssessmentTableRow,
  'risk_points' | 'risk_incidents' | 'risk_tier' | 'entity_ref'
>;

/**
 * Reads the risk queue of the current run. The core gave each service its points;
 * the order is the core's too: points, then incidents, tier and ref.
 */
export class RiskReader {
  private readonly answers = new PublishedAnswers();

  constructor(private readonly knex: Knex) {}

  async page(
    { filter, cursor, limit }: RiskRequest,
    visibility: Visibility,
  ): Promise<RiskQueue> {
    const runId = await currentRunId(this.knex);
    const atRisk = () =>
      visible(this.knex, runId, visibility)
        .where(matches(filter))
        .andWhere('risk_points', '>', 0);
    const query = atRisk()
      .select(
        'run_id',
        'entity_ref',
        'risk_points',
        'risk_incidents',
        'risk_tier',
      )
      .orderBy([
        { column: 'risk_points', order: 'desc' },
        { column: 'risk_incidents', order: 'desc' },
        { column: 'risk_tier' },
        { column: 'entity_ref' },
      ])
      .limit(limit + 1);
    if (cursor !== undefined) {
      query.where(behind(decode(cursor)));
    }
    const found: Array<Place & Pick<ShownRow, 'run_id'>> = await query;
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    const totalItems = await this.answers.of(
      runId,
      ['at risk', filter],
      visibility,
      async () => {
        const [{ count }] = await atRisk().count({ count: '*' });
        return Number(count);
      },
    );
    return {
      items: await this.risks(shown),
      totalItems,
      pageInfo: { ...(last && { nextCursor: encode(last) }) },
    };
  }

  private async risks(
    versions: Array<Pick<ShownRow, 'run_id' | 'entity_ref'>>,
  ): Promise<ServiceRisk[]> {
    const found = await this.knex<ShownRow>('mentorship_rows')
      .whereIn(
        ['run_id', 'entity_ref'],
        versions.map(({ run_id, entity_ref }) => [run_id, entity_ref]),
      )
      .select('entity_ref', 'risk');
    const byRef = new Map(found.map(each => [each.entity_ref, each.risk]));
    return versions.map(({ entity_ref }) => {
      const risk = byRef.get(entity_ref);
      if (!risk) {
        throw new Error(
          'the run was replaced while its risks were read; ask again',
        );
      }
      return JSON.parse(risk);
    });
  }
}

const writtenPlace = z.tuple([z.int(), z.int(), z.int(), z.string()]);

function encode(place: Place): string {
  const { risk_points, risk_incidents, risk_tier, entity_ref } = place;
  return writeCursor([risk_points, risk_incidents, risk_tier, entity_ref]);
}

function decode(cursor: string): Place {
  const [risk_points, risk_incidents, risk_tier, entity_ref] = readCursor(
    writtenPlace,
    cursor,
  );
  return { risk_points, risk_incidents, risk_tier, entity_ref };
}

/** Narrows a query to what stands behind a place. */
function behind(place: Place): Knex.QueryCallback {
  return query => {
    query
      // Says again what the rest implies, so that an index is read from here on.
      .where('risk_points', '<=', place.risk_points)
      .whereRaw(
        `(-risk_points, -risk_incidents, risk_tier, entity_ref) > (?, ?, ?, ?)`,
        [
          -place.risk_points,
          -place.risk_incidents,
          place.risk_tier,
          place.entity_ref,
        ],
      );
  };
}
