import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
  MetricsServiceObservableResult,
} from '@backstage/backend-plugin-api/alpha';
import type { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import type { RunStore } from '../database/RunStore';

/** How a run ended. */
export type RunEnd = 'published' | 'superseded' | 'failed' | 'stopped';

/**
 * Tells the platform's metrics how runs fare. What a run did is told by the process
 * that did it; what stands in the database is told by every process alike.
 */
export class RunMetrics {
  private readonly duration: MetricsServiceHistogram;
  private readonly services: MetricsServiceCounter;

  constructor(
    private readonly options: {
      metrics: MetricsService;
      runs: Pick<RunStore, 'currentRun'>;
      places: Pick<EvidencePlaceStore, 'figures'>;
      /** Sources that are read place by place. */
      sources: ReadonlyArray<{ id: string }>;
      logger: LoggerService;
    },
  ) {
    const { metrics } = options;
    this.duration = metrics.createHistogram('mentorship.run.duration', {
      description: 'How long a run took',
      unit: 's',
    });
    this.services = metrics.createCounter('mentorship.run.services', {
      description: 'Services that runs judged',
      unit: '{service}',
    });
    metrics
      .createObservableGauge('mentorship.results.age', {
        description: 'Time since the results that are read were published',
        unit: 's',
      })
      .addCallback(this.guarded(result => this.observeAge(result)));
    metrics
      .createObservableGauge('mentorship.results.errors', {
        description: 'What the run of these results could not judge or read',
        unit: '{error}',
      })
      .addCallback(this.guarded(result => this.observeErrors(result)));
    metrics
      .createObservableGauge('mentorship.evidence.places', {
        description: 'Places of a source by how it fared there last',
        unit: '{place}',
      })
      .addCallback(this.guarded(result => this.observePlaces(result)));
  }

  /** A run began; the answer is to be told how it ended, and listens once. */
  began(): (end: RunEnd, services?: number) => void {
    const begun = performance.now();
    let isTold = false;
    return (end, services) => {
      if (isTold) {
        return;
      }
      isTold = true;
      this.duration.record((performance.now() - begun) / 1000, {
        outcome: end,
      });
      if (services !== undefined) {
        this.services.add(services, { outcome: end });
      }
    };
  }

  private async observeAge(result: MetricsServiceObservableResult) {
    const run = await this.options.runs.currentRun();
    if (run?.finishedAt !== undefined) {
      result.observe((Date.now() - Date.parse(run.finishedAt)) / 1000);
    }
  }

  private async observeErrors(result: MetricsServiceObservableResult) {
    const run = await this.options.runs.currentRun();
    if (run?.errors !== undefined) {
      result.observe(run.errors);
    }
  }

  private async observePlaces(result: MetricsServiceObservableResult) {
    for (const { id: source } of this.options.sources) {
      const { fresh, stale, failed, notCollected } =
        await this.options.places.figures(source);
      const figures = { fresh, stale, failed, 'not-collected': notCollected };
      for (const [state, places] of Object.entries(figures)) {
        result.observe(places, { source, state });
      }
    }
  }

  /** A database that is away costs a figure and not the collection of all others. */
  private guarded(
    observe: (result: MetricsServiceObservableResult) => Promise<void>,
  ) {
    return async (result: MetricsServiceObservableResult) => {
      try {
        await observe(result);
      } catch (error) {
        this.options.logger.debug(`a figure could not be read: ${error}`);
      }
    };
  }
}
