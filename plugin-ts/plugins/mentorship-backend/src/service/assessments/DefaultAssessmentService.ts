import type {
  AssessmentFacets,
  AssessmentGroups,
  AssessmentHistory,
  AssessmentList,
  AssessmentRow,
  AssessmentsFilter,
  RiskQueue,
} from 'backstage-plugin-mentorship-common';
import type {
  AssessmentReader,
  PageRequest,
} from '../../database/AssessmentReader';
import type { FacetReader, GroupsRequest } from '../../database/FacetReader';
import type { PointStore } from '../../database/PointStore';
import type { RiskReader, RiskRequest } from '../../database/RiskReader';
import type { RunStore } from '../../database/RunStore';
import type { Visibility } from '../../database/selection';
import type { Core } from '../../engine/Engine';
import { requireResults } from '../requireResults';
import { changesBetween } from './historyChanges';

/** What is said of one service as JSON text, or why there is nothing. */
export type ReportLookup =
  | { outcome: 'found'; json: string; audience: 'named' | 'counted' }
  | { outcome: 'missing'; reason?: string };

/** Answers what is asked of the stored results, whoever asks. */
export class DefaultAssessmentService {
  constructor(
    private readonly options: {
      core: Pick<Core, 'csvHeader'>;
      reader: AssessmentReader;
      facets: FacetReader;
      risks: RiskReader;
      points: PointStore;
      runs: Pick<RunStore, 'currentRun'>;
    },
  ) {}

  async list(
    request: PageRequest,
    visibility: Visibility,
  ): Promise<AssessmentList> {
    await requireResults(this.options.reader);
    return this.options.reader.page(request, visibility);
  }

  /** The rows of services in the order asked for; null where there is none. */
  async byRefs(
    entityRefs: string[],
    visibility: Visibility,
  ): Promise<Array<AssessmentRow | null>> {
    await requireResults(this.options.reader);
    return this.options.reader.byRefs(entityRefs, visibility);
  }

  /** The CSV export, piece by piece, header first. */
  async csv(
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): Promise<AsyncIterable<string>> {
    await requireResults(this.options.reader);
    return withHeader(
      this.options.core.csvHeader(),
      this.options.reader.csvLines(filter, visibility),
    );
  }

  async facets(
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): Promise<AssessmentFacets> {
    await requireResults(this.options.reader);
    return this.options.facets.facets(filter, visibility);
  }

  async groups(
    request: GroupsRequest,
    visibility: Visibility,
  ): Promise<AssessmentGroups> {
    await requireResults(this.options.reader);
    return this.options.facets.groups(request, visibility);
  }

  async riskQueue(
    request: RiskRequest,
    visibility: Visibility,
  ): Promise<RiskQueue> {
    await requireResults(this.options.reader);
    return this.options.risks.page(request, visibility);
  }

  /** How a service came to be what it is; `undefined` where nothing is known of it. */
  async history(entityRef: string): Promise<AssessmentHistory | undefined> {
    await requireResults(this.options.reader);
    const [points, run] = await Promise.all([
      this.options.points.of(entityRef),
      this.options.runs.currentRun(),
    ]);
    return points.length > 0 && run
      ? {
          entityRef,
          until: run.asOf,
          points,
          changes: changesBetween(points),
        }
      : undefined;
  }

  async report(
    entityRef: string,
    audience: 'named' | 'counted',
  ): Promise<ReportLookup> {
    const { reader } = this.options;
    const found = await reader.report(entityRef, audience);
    if ('json' in found) {
      return { outcome: 'found', json: found.json, audience };
    }
    await requireResults(reader);
    return { outcome: 'missing', reason: found.missing };
  }
}

async function* withHeader(
  header: string,
  lines: AsyncIterable<string>,
): AsyncGenerator<string> {
  yield header;
  yield* lines;
}
