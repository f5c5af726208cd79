import type { SchedulerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  MentorshipStatusReport,
  OperationsKind,
  RefreshReport,
  RepositoryReport,
  RuleCatalogue,
  RuleEntry,
  RunReport,
  SourceReport,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidenceSource,
  OperationsSource,
  ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import type { EvidencePlaceStore } from '../../database/EvidencePlaceStore';
import type { OperationsStore } from '../../database/OperationsStore';
import type { PushedEvidenceStore } from '../../database/PushedEvidenceStore';
import type { ReviewStore } from '../../database/ReviewStore';
import type { RunStore } from '../../database/RunStore';
import type { Core } from '../../engine/Engine';
import { PUSHED_SOURCE_ID } from '../../evidence/pushed/PushedEvidenceSource';

/** The scheduled task that judges the catalog. */
export const RUN_TASK_ID = 'mentorship-run';

/** Of its time-out, how much a run may take before somebody should know. */
const SHARE_OF_TIMEOUT = 0.5;

/** Answers how runs and sources fare and which rules there are; starts runs. */
export class DefaultStatusService {
  private readonly catalogue: RuleCatalogue;

  constructor(
    private readonly options: {
      core: Pick<Core, 'rules' | 'version'>;
      policy: string;
      runs: Pick<RunStore, 'currentRun' | 'lastRun'>;
      places: Pick<EvidencePlaceStore, 'figures' | 'repositories'>;
      sources: readonly EvidenceSource[];
      pushed: Pick<PushedEvidenceStore, 'figures'>;
      operations: Pick<OperationsStore, 'figures'>;
      operationsSources: readonly OperationsSource[];
      reviews: Pick<ReviewStore, 'figures'>;
      reviewsSources: readonly ReviewsSource[];
      /** Kinds of theirs that do not count, with what to do about it. */
      uncounted: ReadonlyMap<OperationsKind, string>;
      scheduler: SchedulerService;
      /** After how long the schedule stops a run. */
      timeoutMs: number;
      /** Milliseconds since the epoch; replaced in tests. */
      now?: () => number;
    },
  ) {
    this.catalogue = options.core.rules(options.policy);
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
      ...(lastRun && this.warnOfTimeout(lastRun)),
    };
  }

  /** Told while there is still time to do something about it. */
  private warnOfTimeout({
    startedAt,
    finishedAt,
    outcome,
  }: RunReport): Pick<MentorshipStatusReport, 'warnings'> {
    const { timeoutMs, now = Date.now } = this.options;
    const end = finishedAt === undefined ? now() : Date.parse(finishedAt);
    const took = end - Date.parse(startedAt);
    if (outcome === 'failed' || took < timeoutMs * SHARE_OF_TIMEOUT) {
      return {};
    }
    const verb = finishedAt === undefined ? 'has taken' : 'took';
    return {
      warnings: [
        `the last run ${verb} ${minutes(took)} of the ${minutes(
          timeoutMs,
        )} minutes after which it is stopped; set \`mentorship.schedule.timeout\` to several times what a run takes`,
      ],
    };
  }

  private async sources(): Promise<SourceReport[]> {
    const {
      places,
      sources,
      pushed,
      operations,
      operationsSources,
      reviews,
      reviewsSources,
    } = this.options;
    const ofRepositories = sources.map(async ({ id, title }) => {
      // What was pushed counts from when it came, not from when it was used.
      const figures = await (id === PUSHED_SOURCE_ID
        ? pushed.figures()
        : places.figures(id));
      return { id, title, ...figures };
    });
    const ofOperations = operationsSources.map(
      async ({ id, title, kinds }) => ({
        id,
        title,
        ...(await operations.figures(id)),
        ...this.warnings(kinds),
      }),
    );
    const ofReviews = reviewsSources.map(async ({ id, title }) => ({
      id,
      title,
      ...(await reviews.figures(id)),
      ...this.warnings(['reviews']),
    }));
    return Promise.all([...ofRepositories, ...ofOperations, ...ofReviews]);
  }

  private warnings(
    kinds: readonly OperationsKind[],
  ): Pick<SourceReport, 'warnings'> {
    const { uncounted } = this.options;
    const warnings = kinds.flatMap(kind => uncounted.get(kind) ?? []);
    return warnings.length > 0 ? { warnings } : {};
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
}

function minutes(milliseconds: number): string {
  return (milliseconds / 60_000).toFixed(1).replace(/\.0$/, '');
}
