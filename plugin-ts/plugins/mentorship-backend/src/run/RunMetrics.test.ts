import { mockServices } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import type { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import { RunMetrics } from './RunMetrics';

describe('RunMetrics', () => {
  function setup(isAway = false) {
    const callbacks = new Map<string, MetricsServiceObservableCallback>();
    const recorded = jest.fn();
    const added = jest.fn();
    const metrics = metricsServiceMock.mock({
      createHistogram: name => ({
        record: (value, attributes) => recorded(name, value, attributes),
      }),
      createCounter: name => ({
        add: (value, attributes) => added(name, value, attributes),
      }),
      createObservableGauge: name => ({
        addCallback: callback => callbacks.set(name, callback as never),
        removeCallback: () => {},
      }),
    });
    const away = <T>(value: T) => {
      if (isAway) {
        throw new Error('the database is away');
      }
      return value;
    };
    const runMetrics = new RunMetrics({
      metrics,
      runs: {
        currentRun: async () =>
          away({
            id: 1,
            asOf: '2026-11-21',
            startedAt: '2026-11-21T10:00:00.000Z',
            finishedAt: new Date(Date.now() - 60_000).toISOString(),
            outcome: 'complete',
            errors: 3,
          }),
      },
      places: {
        figures: async () =>
          away({ fresh: 5, stale: 1, failed: 2, notCollected: 0 }),
      },
      sources: [{ id: 'git' }],
      logger: mockServices.logger.mock(),
    });
    const observe = async (name: string) => {
      const observed = jest.fn();
      await callbacks.get(name)!({ observe: observed });
      return observed.mock.calls;
    };
    return { runMetrics, recorded, added, observe };
  }

  it('tells once how a run ended, and how many services it judged', () => {
    const { runMetrics, recorded, added } = setup();
    const ended = runMetrics.began();
    ended('published', 7);
    ended('failed');

    expect(recorded.mock.calls).toEqual([
      ['mentorship.run.duration', expect.any(Number), { outcome: 'published' }],
    ]);
    expect(added.mock.calls).toEqual([
      ['mentorship.run.services', 7, { outcome: 'published' }],
    ]);
  });

  it('tells of what stands in the database', async () => {
    const { observe } = setup();
    const [[age]] = await observe('mentorship.results.age');
    expect(age).toBeGreaterThanOrEqual(60);
    expect(await observe('mentorship.results.errors')).toEqual([[3]]);
    expect(await observe('mentorship.evidence.places')).toEqual([
      [5, { source: 'git', state: 'fresh' }],
      [1, { source: 'git', state: 'stale' }],
      [2, { source: 'git', state: 'failed' }],
      [0, { source: 'git', state: 'not-collected' }],
    ]);
  });

  it('breaks nothing where the database is away', async () => {
    const { observe } = setup(true);
    expect(await observe('mentorship.results.age')).toEqual([]);
    expect(await observe('mentorship.evidence.places')).toEqual([]);
  });
});
