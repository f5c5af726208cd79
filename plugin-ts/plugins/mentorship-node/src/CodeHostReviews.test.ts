import { mockServices } from '@backstage/backend-test-utils';
import { CodeHostReviews, type CodeHost } from './CodeHostReviews';
import { CodeHostError } from './GraphQlClient';
import type { LastReviews, ReviewedChange, ReviewsSink } from './ReviewsSource';

const TODAY = '2026-11-21';
const ONE = 'https://host.example/org/one';
const TWO = 'https://host.example/org/two';

const change = (id: string, updatedAt: string): ReviewedChange => ({
  id,
  updatedAt,
  reviews: [{ reviewer: 'ann', at: updatedAt, paths: ['a'] }],
});

class MemorySink implements ReviewsSink {
  readonly lastOf = new Map<string, LastReviews>();
  readonly put = async (
    repository: string,
    changes: readonly ReviewedChange[],
  ) => {
    this.told.push(`${repository} put ${changes.map(({ id }) => id)}`);
  };
  told: string[] = [];
  async last(repository: string) {
    return this.lastOf.get(repository);
  }
  async succeed(repository: string, { since }: { since: string }) {
    this.told.push(`${repository} since ${since}`);
  }
  async fail(repository: string, reason: string) {
    this.told.push(`${repository} failed: ${reason}`);
  }
}

describe('CodeHostReviews', () => {
  function setup(changes: CodeHost['changes']) {
    const asked: string[] = [];
    const source = new CodeHostReviews({
      host: {
        id: 'host',
        title: 'Host',
        reads: () => true,
        changes(repository, since, signal) {
          asked.push(`${repository} ${since.toISOString()}`);
          return changes(repository, since, signal);
        },
      },
      days: 180,
      concurrency: 1,
    });
    const sink = new MemorySink();
    const collect = (signal = new AbortController().signal) =>
      source.collect({
        repositories: [ONE, TWO],
        today: TODAY,
        sink,
        logger: mockServices.logger.mock(),
        signal,
      });
    return { asked, sink, collect };
  }

  it('asks for half a year first, and then for what is new', async () => {
    const { asked, sink, collect } = setup(async function* pages() {
      yield [change('3', '2026-11-20T00:00:00Z')];
      yield [change('2', '2026-05-26T00:00:00Z'), change('1', '2026-01-01')];
      throw new Error('nobody asks for older ones');
    });
    sink.lastOf.set(TWO, {
      collectedAt: '2026-11-20T09:30:00Z',
      since: '2026-05-01',
    });
    await collect();
    expect(asked).toEqual([
      `${ONE} 2026-05-25T00:00:00.000Z`,
      `${TWO} 2026-11-20T08:30:00.000Z`,
    ]);
    expect(sink.told).toEqual([
      `${ONE} put 3`,
      `${ONE} put 2`,
      `${ONE} since 2026-05-25`,
      `${TWO} put `,
      `${TWO} since 2026-05-25`,
    ]);
  });

  it('asks for everything again where more days are to be known', async () => {
    const { asked, sink, collect } = setup(async function* pages() {});
    sink.lastOf.set(ONE, { collectedAt: TODAY, since: '2026-10-01' });
    await collect();
    expect(asked).toContain(`${ONE} 2026-05-25T00:00:00.000Z`);
  });

  it('keeps what came before a failure, and reads the others', async () => {
    const { sink, collect } = setup(async function* pages(repository) {
      yield [change('1', '2026-11-20')];
      if (repository === ONE) {
        throw new CodeHostError('Host broke off');
      }
    });
    await collect();
    expect(sink.told).toEqual([
      `${ONE} put 1`,
      `${ONE} failed: Host broke off`,
      `${TWO} put 1`,
      `${TWO} since 2026-05-25`,
    ]);
  });

  it('leaves a host alone that asks for patience, and begins with those that waited', async () => {
    // eslint-disable-next-line require-yield -- a host that fails before its first page
    const { asked, sink, collect } = setup(async function* pages() {
      throw new CodeHostError('Host asks for patience', { isLimit: true });
    });
    sink.lastOf.set(ONE, { collectedAt: '2026-11-20', since: '2026-05-01' });
    await collect();
    expect(asked).toHaveLength(1);
    expect(sink.told).toEqual([
      `${TWO} failed: Host asks for patience`,
      `${ONE} failed: Host asks for patience`,
    ]);
  });

  it.each([
    ['the oldest first', '2026-11-01', '2026-11-02'],
    ['changes of no day', '2026-11-02', 'yesterday'],
  ])('does not believe a host that sends %s', async (_, first, second) => {
    const { sink, collect } = setup(async function* pages() {
      yield [change('1', first), change('2', second)];
    });
    await collect();
    expect(sink.told[0]).toMatch(/failed: Host does not send .* order/);
  });

  it('ends with the run, and tells of no failure', async () => {
    const controller = new AbortController();
    const { sink, collect } = setup(async function* pages() {
      controller.abort(new Error('stopped'));
      yield [change('1', '2026-11-20')];
    });
    await expect(collect(controller.signal)).rejects.toThrow('stopped');
    expect(sink.told).toEqual([]);
  });
});
