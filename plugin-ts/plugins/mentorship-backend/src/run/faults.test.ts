import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'timers/promises';
import { pages, service } from '../__testUtils__/catalogs';
import { databases, isProof, stores } from '../__testUtils__/databases';
import { PointStore } from '../database/PointStore';
import { SnapshotStore } from '../database/SnapshotStore';
import type { Core } from '../engine/Engine';
import { loadCore } from '../engine/loadCore';
import { AssessmentRunner } from './AssessmentRunner';

/** A run is broken at every so many of its writes. */
const EVERY = isProof ? 1 : 5;
/** Rounds in which runs overlap. */
const ROUNDS = isProof ? 200 : 8;

const SERVICES = 24;
const never = new AbortController().signal;

/**
 * The catalog changes from version to version: each service says which one it is
 * of, another one is missing, and each is judged otherwise than before.
 */
const versionOf = (version: number) => ({
  refs: Array.from({ length: SERVICES }, (_, n) => n)
    .filter(n => n !== version % SERVICES)
    .map(n => `component:default/svc-${String(n).padStart(2, '0')}`),
  title: `of ${version}`,
  day: new Date(Date.UTC(2026, 0, 1 + version)).toISOString().slice(0, 10),
  rotationState: version % 2 ? 'overdue' : 'unknown',
});
const catalogOf = (version: number) => {
  const { refs, title } = versionOf(version);
  return pages(
    refs.map(ref =>
      service(ref.split('/')[1], {
        title,
        annotations: {
          'mentorship/steward-since': version % 2 ? '2024-01-01' : '',
        },
      }),
    ),
    10,
  );
};

describe.each(databases().eachSupportedId())('a run that breaks on %s', id => {
  const database = databases();
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
  });

  /** One process with the plugin in it; several of them share a database. */
  async function replica(knex: Knex, state: { version: number }) {
    const all = await stores(knex);
    const points = new PointStore(knex, { keepDays: 3650 });
    const snapshots = new SnapshotStore(knex, async () => ({
      year: 2026,
      week: state.version,
    }));
    const runner = new AssessmentRunner({
      ...all,
      points,
      snapshots,
      core,
      policy: '{}',
      listing: {
        page: async cursor => {
          await sleep(Math.random() * 10);
          const at = cursor === undefined ? 0 : Number(cursor) / 10;
          return new TextEncoder().encode(catalogOf(state.version)[at]);
        },
      },
      sources: [],
      operationsSources: [],
      reviewsSources: [],
      logger: mockServices.logger.mock(),
      today: () => versionOf(state.version).day,
      settleMs: 0,
      timeoutMs: 600_000,
      cutOffMs: 3_600_000,
    });
    return { ...all, runner, points, snapshots };
  }
  type Replica = Awaited<ReturnType<typeof replica>>;

  /** The one version that a reader sees, whole; 0 where nothing is published. */
  const seen = async ({ reader, facets }: Replica): Promise<number> => {
    if (!(await reader.hasResults())) {
      return 0;
    }
    const { items } = await reader.page(
      {
        filter: {},
        order: { field: 'entityRef', direction: 'asc' },
        limit: 99,
      },
      {},
    );
    const version = Number(items[0].title.slice('of '.length));
    const { refs, title } = versionOf(version);
    expect(items.map(each => [each.entityRef, each.title])).toEqual(
      refs.map(ref => [ref, title]),
    );
    let csv = '';
    for await (const piece of reader.csvLines({}, {})) {
      csv += piece;
    }
    expectOneVersion(csv);
    const { kind } = await facets.facets({}, {});
    expect(kind.values).toEqual([
      { value: 'component', services: refs.length },
    ]);
    return version;
  };

  const expectOneVersion = (csv: string) => {
    const lines = csv.trimEnd().split('\r\n');
    const [, version] = /,of (\d+),/.exec(lines[0])!;
    const { refs, title } = versionOf(Number(version));
    expect(lines).toEqual(
      refs.map(ref => expect.stringContaining(`,${ref},${title},`)),
    );
    return Number(version);
  };

  /** Every week was taken once and whole; every change has its point. */
  const expectHistory = async (
    { points, snapshots, knex }: Replica,
    published: number[],
  ) => {
    for (const { week } of await snapshots.list()) {
      const number = Number(week.slice(-2));
      let csv = '';
      for await (const piece of (await snapshots.csv({
        year: 2026,
        week: number,
      }))!) {
        csv += piece;
      }
      expect(expectOneVersion(csv.slice(csv.indexOf('\r\n') + 2))).toBe(number);
    }
    for (const ref of versionOf(-1).refs) {
      let state: string | undefined;
      const expected = published.flatMap(version => {
        const { refs, day, rotationState } = versionOf(version);
        if (!refs.includes(ref) || rotationState === state) {
          return [];
        }
        state = rotationState;
        return [[day, state]];
      });
      expect(
        (await points.of(ref)).map(each => [each.day, each.rotationState]),
      ).toEqual(expected);
    }
    const [{ count }] = await knex('mentorship_runs')
      .where({ outcome: 'running' })
      .count({ count: '*' });
    expect(Number(count)).toBe(0);
    const versions = (table: string) =>
      knex(table)
        .orderBy(['entity_ref', 'run_id'])
        .select('run_id', 'entity_ref');
    expect(await versions('mentorship_rows')).toEqual(
      await versions('mentorship_assessments'),
    );
    expect(await versions('mentorship_reports')).toEqual(
      await versions('mentorship_rows'),
    );
  };

  /** Does something to a run that is about to write; `at` is the write to break. */
  type Fault = (
    write: number,
    at: number,
    stop: AbortController,
  ) => Promise<unknown> | void;
  const FAULTS: Array<[string, (knex: Knex) => Fault]> = [
    [
      // Whatever it would write from then on, word of its failure included.
      'dies',
      () => (write, at) => {
        if (write >= at) {
          throw new Error('killed');
        }
      },
    ],
    [
      'is told to stop',
      () => (write, at, stop) => {
        if (write === at) {
          stop.abort(new Error('time-out'));
        }
      },
    ],
    ...(id.startsWith('POSTGRES')
      ? ([
          [
            'loses its database',
            knex => (write, at) =>
              write === at ? cutConnections(knex) : undefined,
          ],
        ] as Array<[string, (knex: Knex) => Fault]>)
      : []),
  ];

  /** What came of a run that is broken, and how often it wrote or tried to. */
  const brokenRun = async (
    { knex, runner }: Replica,
    fault: Fault,
    at: number,
  ) => {
    const stop = new AbortController();
    let write = 0;
    let done: Promise<unknown> | void;
    const onQuery = ({ sql }: { sql: string }) => {
      if (/^\s*(insert|update|delete)\b/i.test(sql)) {
        write += 1;
        done = fault(write, at, stop) ?? done;
      }
    };
    knex.on('query', onQuery);
    const outcome = await runner.run(stop.signal).catch(error => error);
    knex.removeListener('query', onQuery);
    await done!;
    await connected(knex);
    return { outcome, write };
  };

  it.each(FAULTS)(
    'loses, mixes and doubles nothing where it %s at any write',
    async (_, faultOn) => {
      const knex = await database.init(id);
      const state = { version: 1 };
      const all = await replica(knex, state);
      await all.runner.run(never);
      const published = [await seen(all)];
      const fault = faultOn(knex);

      let outcome: unknown;
      let write = 0;
      for (let at = 1; write >= at - EVERY; at += EVERY) {
        state.version += 1;
        ({ outcome, write } = await brokenRun(all, fault, at));
        const now = await seen(all);
        expect([state.version - 1, state.version]).toContain(now);
        await all.runner.run(never);
        expect(await seen(all)).toBe(state.version);
        expect((await all.snapshots.list())[0].week).toBe(
          `2026-W${String(state.version).padStart(2, '0')}`,
        );
        published.push(state.version);
      }
      // The last one had no write left to be broken at.
      expect(outcome).toBe(SERVICES - 1);
      await expectHistory(all, published);
      expect(published.length).toBeGreaterThan(5);
    },
    600_000,
  );

  it('mixes nothing where runs overlap', async () => {
    const knex = await database.init(id);
    const states = [1, 2, 3].map(version => ({ version }));
    const replicas: Replica[] = [];
    for (const state of states) {
      replicas.push(await replica(knex, state));
    }
    const reading = { goesOn: true, answers: 0 };
    const read = async () => {
      while (reading.goesOn) {
        await seen(replicas[0]);
        reading.answers += 1;
        await sleep(1);
      }
    };
    const reader = read();
    try {
      for (let round = 1; round <= ROUNDS; round++) {
        const outcomes = await Promise.allSettled(
          replicas.map(async ({ runner }) => {
            await sleep(Math.random() * 50);
            await runner.run(never);
          }),
        );
        // The newest run is nobody's loss.
        expect(outcomes.map(each => each.status)).toContain('fulfilled');
        states.forEach(each => (each.version += 3));
      }
    } finally {
      reading.goesOn = false;
      await reader;
    }
    await replicas[2].runner.run(never);
    expect(await seen(replicas[1])).toBe(states[2].version);
    expect(reading.answers).toBeGreaterThan(ROUNDS);
    expect((await replicas[0].runs.lastRun())?.outcome).toBe('complete');
  }, 600_000);
});

/** As a server does that is restarted: nobody is asked. */
async function cutConnections(knex: Knex) {
  await knex.raw(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

/** Idle connections learn that they were cut when they are used first. */
async function connected(knex: Knex) {
  const use = () => knex.raw('select 1');
  let used;
  do {
    used = await Promise.allSettled(Array.from({ length: 20 }, use));
  } while (used.some(each => each.status === 'rejected'));
}
