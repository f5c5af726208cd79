import type { SchedulerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  AssessmentFacets,
  AssessmentGroups,
  AssessmentHistory,
  AssessmentList,
  AssessmentsFilter,
  FrozenBaseline,
  MentorshipStatusReport,
  Program,
  ProgramDecided,
  ProgramReport,
  RefreshReport,
  RepositoryReport,
  RiskQueue,
  RuleCatalogue,
  RuleEntry,
  SnapshotList,
  SourceReport,
  WhatIfQuestion,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidenceSource,
  OperationsSource,
} from 'backstage-plugin-mentorship-node';
import type {
  AssessmentReader,
  PageRequest,
} from '../database/AssessmentReader';
import type { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import type { OperationsStore } from '../database/OperationsStore';
import type { FacetReader, GroupsRequest } from '../database/FacetReader';
import type { IsoWeek } from '../database/isoWeek';
import type { PointStore } from '../database/PointStore';
import type { ProgramStore, SummedProgram } from '../database/ProgramStore';
import type { PushedEvidenceStore } from '../database/PushedEvidenceStore';
import type { RiskReader, RiskRequest } from '../database/RiskReader';
import type { RunStore } from '../database/RunStore';
import type { Visibility } from '../database/selection';
import type { SnapshotStore } from '../database/SnapshotStore';
import type { Core, Engine } from '../engine/Engine';
import type { StandingEngine } from '../engine/StandingEngine';
import { PUSHED_SOURCE_ID } from '../evidence/pushed/PushedEvidenceSource';
import { changesBetween } from './historyChanges';
import type { Confirmation, KnowledgeRequest } from './requests';

/** The scheduled task that judges the catalog. */
export const RUN_TASK_ID = 'mentorship-run';

/** One assessment as JSON text, or why there is none. */
export type ReportLookup =
  | { outcome: 'found'; json: string; audience: 'named' | 'counted' }
  | { outcome: 'missing'; reason?: string };

/** Answers what is asked of the stored results, whoever asks. */
export class DefaultAssessmentService {
  private readonly catalogue: RuleCatalogue;

  constructor(
    private readonly options: {
      core: Core;
      policy: string;
      reader: AssessmentReader;
      facets: FacetReader;
      risks: RiskReader;
      points: PointStore;
      programs: ProgramStore;
      snapshots: SnapshotStore;
      runs: RunStore;
      places: EvidencePlaceStore;
      sources: readonly EvidenceSource[];
      pushed: Pick<PushedEvidenceStore, 'figures'>;
      operations: Pick<OperationsStore, 'figures'>;
      operationsSources: readonly OperationsSource[];
      scheduler: SchedulerService;
      standing: Pick<StandingEngine, 'ask'>;
      /** The civil day in UTC, `YYYY-MM-DD`. */
      today: () => string;
    },
  ) {
    this.catalogue = options.core.rules(options.policy);
  }

  async list(
    request: PageRequest,
    visibility: Visibility,
  ): Promise<AssessmentList> {
    await this.requireResults();
    return this.options.reader.page(request, visibility);
  }

  /** The CSV export, piece by piece, header first. */
  async csv(
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): Promise<AsyncIterable<string>> {
    await this.requireResults();
    return withHeader(
      this.options.core.csvHeader(),
      this.options.reader.csvLines(filter, visibility),
    );
  }

  async facets(
    filter: AssessmentsFilter,
    visibility: Visibility,
  ): Promise<AssessmentFacets> {
    await this.requireResults();
    return this.options.facets.facets(filter, visibility);
  }

  async groups(
    request: GroupsRequest,
    visibility: Visibility,
  ): Promise<AssessmentGroups> {
    await this.requireResults();
    return this.options.facets.groups(request, visibility);
  }

  async riskQueue(
    request: RiskRequest,
    visibility: Visibility,
  ): Promise<RiskQueue> {
    await this.requireResults();
    return this.options.risks.page(request, visibility);
  }

  /** How a service came to be what it is; `undefined` where nothing is known of it. */
  async history(entityRef: string): Promise<AssessmentHistory | undefined> {
    await this.requireResults();
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

  async snapshots(): Promise<SnapshotList> {
    return { items: await this.options.snapshots.list() };
  }

  /** The CSV of a week; `undefined` where no snapshot of it was taken. */
  async snapshot(week: IsoWeek): Promise<AsyncIterable<string> | undefined> {
    return this.options.snapshots.csv(week);
  }

  async program(): Promise<ProgramReport> {
    const [summed, decided] = await Promise.all([
      this.summedProgram(),
      this.options.programs.decided(),
    ]);
    return {
      program: JSON.parse(summed.program),
      decided,
      isUpToDate: summed.isOfRun && summed.decided === JSON.stringify(decided),
    };
  }

  /**
   * Freezes baselines in place of all that were frozen before.
   *
   * @throws InputError where the program has no such measure.
   */
  async freezeBaselines(baselines: FrozenBaseline[]): Promise<ProgramDecided> {
    const { measures } = await this.knownProgram();
    const known = measures.map(measure => measure.id);
    for (const { measure } of baselines) {
      if (!known.includes(measure)) {
        throw new InputError(
          `There is no measure \`${measure}\`; there are ${known.join(', ')}`,
        );
      }
    }
    await this.options.programs.freeze(baselines);
    return this.decided();
  }

  /**
   * Confirms a step of the rollout, or takes that back.
   *
   * @throws NotFoundError where there is no such step, InputError where evidence
   * tells whether it is done.
   */
  async confirmStep(
    id: string,
    { confirmed, on }: Confirmation,
  ): Promise<ProgramDecided> {
    const { programs, today } = this.options;
    const { rollout } = await this.knownProgram();
    const step = rollout.find(each => each.id === id);
    if (!step) {
      const known = rollout.map(each => each.id).join(', ');
      throw new NotFoundError(
        `The rollout has no step \`${id}\`; there are ${known}`,
      );
    }
    if (!step.needsConfirmation) {
      throw new InputError(
        `Evidence tells whether \`${id}\` is done, so nobody confirms it`,
      );
    }
    await programs.confirm(id, confirmed ? on ?? today() : undefined);
    return this.decided();
  }

  async report(
    entityRef: string,
    audience: 'named' | 'counted',
  ): Promise<ReportLookup> {
    await this.requireResults();
    const found = await this.options.reader.report(entityRef, audience);
    return 'json' in found
      ? { outcome: 'found', json: found.json, audience }
      : { outcome: 'missing', reason: found.missing };
  }

  /**
   * What services lose when people leave, as JSON of `WhatIf`. Only services that
   * are visible take part.
   *
   * @throws InputError where the core does not answer the question.
   */
  async whatIf(
    question: Omit<WhatIfQuestion, 'asOf' | 'among'>,
    visibility: Visibility,
  ): Promise<string> {
    const among = isRestricted(visibility)
      ? await this.options.reader.refs(visibility)
      : undefined;
    return this.ask(async (engine, asOf) =>
      engine.whatIf({ ...question, asOf, ...(among && { among }) }),
    );
  }

  /**
   * Who knows which directory of a service, as JSON of `Knowledge`.
   *
   * @throws NotFoundError where there is no such service, InputError where the
   * path leads out of it.
   */
  async knowledge(
    entityRef: string,
    { path, depth }: KnowledgeRequest,
    audience: 'named' | 'counted',
  ): Promise<string> {
    return this.ask(async engine => {
      const answer = await engine.knowledge(
        entityRef,
        path,
        depth,
        audience === 'named',
      );
      if (!answer) {
        throw new NotFoundError(`There is no service ${entityRef}`);
      }
      return answer;
    });
  }

  private async ask(
    question: (engine: Engine, asOf: string) => Promise<Uint8Array>,
  ): Promise<string> {
    try {
      return new TextDecoder().decode(
        await this.options.standing.ask(question),
      );
    } catch (error) {
      // What the core refuses is a plain error, whose message is for readers.
      throw (error as Error).name === 'Error'
        ? new InputError((error as Error).message)
        : error;
    }
  }

  rules(): RuleCatalogue {
    return this.catalogue;
  }

  rule(id: string): RuleEntry {
    const rule = this.catalogue.rules.find(each => each.id === id);
    if (!rule) {
      throw new NotFoundError(
        `There is no rule \`${id}\`; GET /rules lists those that there are`,
      );
    }
    return rule;
  }

  async status(): Promise<Omit<MentorshipStatusReport, 'viewer'>> {
    const { core, runs } = this.options;
    const [currentRun, lastRun] = await Promise.all([
      runs.currentRun(),
      runs.lastRun(),
    ]);
    return {
      version: core.version(),
      firstPassComplete: currentRun !== undefined,
      ...(currentRun && { currentRun }),
      ...(lastRun && { lastRun }),
      sources: await this.sources(),
    };
  }

  private async sources(): Promise<SourceReport[]> {
    const { places, sources, pushed, operations, operationsSources } =
      this.options;
    const ofRepositories = sources.map(async ({ id, title }) => {
      // What was pushed counts from when it came, not from when it was used.
      const figures = await (id === PUSHED_SOURCE_ID
        ? pushed.figures()
        : places.figures(id));
      return { id, title, ...figures };
    });
    const ofOperations = operationsSources.map(async ({ id, title }) => ({
      id,
      title,
      ...(await operations.figures(id)),
    }));
    return Promise.all([...ofRepositories, ...ofOperations]);
  }

  repositories(): Promise<RepositoryReport[]> {
    return this.options.places.repositories();
  }

  async refresh(): Promise<RefreshReport> {
    try {
      await this.options.scheduler.triggerTask(RUN_TASK_ID);
      return { outcome: 'started' };
    } catch (error) {
      if ((error as Error).name === ConflictError.name) {
        return { outcome: 'joined' };
      }
      throw error;
    }
  }

  private async knownProgram(): Promise<Program> {
    return JSON.parse((await this.summedProgram()).program);
  }

  private async summedProgram(): Promise<SummedProgram & { isOfRun: boolean }> {
    await this.requireResults();
    const summed = await this.options.programs.program();
    if (!summed) {
      throw new ServiceUnavailableError(
        'No run has summed up the program yet; the next one does, and GET /status tells how it fares',
      );
    }
    return summed;
  }

  /** What is set now; a run that takes it into account is started. */
  private async decided(): Promise<ProgramDecided> {
    await this.refresh();
    return this.options.programs.decided();
  }

  private async requireResults(): Promise<void> {
    if (!(await this.options.reader.hasResults())) {
      throw new ServiceUnavailableError(
        'The first pass over the catalog is not complete yet, so nothing can be said of any service; GET /status tells how far it is',
      );
    }
  }
}

function isRestricted({ entityRefs, criteria }: Visibility): boolean {
  return entityRefs !== undefined || criteria !== undefined;
}

async function* withHeader(
  header: string,
  lines: AsyncIterable<string>,
): AsyncGenerator<string> {
  yield header;
  yield* lines;
}
