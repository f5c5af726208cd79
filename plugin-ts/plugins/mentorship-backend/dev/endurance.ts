/**
 * A backend that is asked for several times what it can answer, and one that is used
 * for a while: it refuses rather than falls over, answers again afterwards, and its
 * memory stays what it was.
 *
 * `cargo xtask prove endurance` starts it.
 */
import autocannon from 'autocannon';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendProcess } from './BackendProcess';

const SERVICES = 2_000;
const SOAK_SECONDS = Number(process.env.SOAK_SECONDS ?? 120);
const OVERLOAD_SECONDS = 20;
/** Of what it can answer at most. */
const OVERLOAD = 4;
const ANSWERS_AGAIN_WITHIN_MS = 10_000;
/** What the heap may have grown by from the soak's first third to its last. */
const GROWTH_BYTES = 30e6;

const PATHS = [
  (n: number) =>
    `/assessments/by-entity/component/default/svc-${String(
      n % (SERVICES - 1),
    ).padStart(6, '0')}`,
  (n: number) => `/assessments?limit=50&order=title,asc&tier=${n % 4}`,
  () => '/assessments/facets',
  (n: number) => `/assessments/groups?by=owner&limit=20&tier=${n % 4}`,
  () => '/risk-queue?limit=20',
];

async function asked(
  server: BackendProcess,
  options: Pick<
    autocannon.Options,
    'overallRate' | 'connections' | 'duration' | 'timeout'
  >,
) {
  let n = 0;
  return autocannon({
    ...options,
    url: new URL(server.address('')).origin,
    requests: [
      {
        method: 'GET',
        headers: server.headers,
        setupRequest: request => {
          n += 1;
          const path = PATHS[n % PATHS.length](n);
          return { ...request, path: `/api/mentorship${path}` };
        },
      },
    ],
  });
}

test('a backend under too much load, and in long use', async t => {
  const server = await BackendProcess.onFreePort({
    DATABASE: process.env.DATABASE!,
    SERVICES: String(SERVICES),
    PERIOD: '100',
    RUN_SECONDS: '10',
    // A version of the catalog lasts long enough for runs that find it unchanged.
    VERSION_SECONDS: '30',
    NODE_OPTIONS: '--expose-gc',
  });
  const memory = async () => {
    const response = await server.fetch('/catalog/process?collected=true');
    return (await response.json()) as {
      heapBytes: number;
      residentBytes: number;
    };
  };
  server.start();
  try {
    await server.ready();
    while (!(await server.get('/mentorship/assessments?limit=1'))) {
      await sleep(500);
    }

    await t.test(
      'refuses what is too much and answers afterwards',
      async () => {
        const able = await asked(server, { connections: 50, duration: 5 });
        const before = await memory();
        const over = await asked(server, {
          connections: 1_000,
          overallRate: Math.max(200, able.requests.average * OVERLOAD),
          duration: OVERLOAD_SECONDS,
          timeout: 60,
        });
        console.log(
          `answers ${
            able.requests.average
          } a second; asked for ${OVERLOAD} times that: ${JSON.stringify(
            over.statusCodeStats,
          )}, ${over.errors} connections broken`,
        );
        assert.deepEqual(unexpected(over, '503'), []);
        assert(over['2xx'] > 0, 'nothing was answered');
        assert.equal(over.errors, 0, 'connections broke');
        const begun = performance.now();
        while (!(await server.get('/mentorship/assessments?limit=1'))) {
          assert(
            performance.now() - begun < ANSWERS_AGAIN_WITHIN_MS,
            'it does not answer again',
          );
          await sleep(100);
        }
        const after = await memory();
        console.log(
          `heap before ${megabytes(before.heapBytes)}, after ${megabytes(
            after.heapBytes,
          )}; resident ${megabytes(before.residentBytes)}, ${megabytes(
            after.residentBytes,
          )}`,
        );
      },
    );

    await t.test(`keeps its memory for ${SOAK_SECONDS} seconds`, async () => {
      const heaps: number[] = [];
      const until = performance.now() + SOAK_SECONDS * 1000;
      while (performance.now() < until) {
        const used = await asked(server, {
          connections: 10,
          overallRate: 30,
          duration: 10,
          timeout: 60,
        });
        assert.deepEqual(unexpected(used), []);
        assert.equal(used.errors, 0, 'connections broke');
        heaps.push((await memory()).heapBytes);
      }
      const third = Math.ceil(heaps.length / 3);
      const smallest = (some: number[]) => Math.min(...some);
      const growth =
        smallest(heaps.slice(-third)) - smallest(heaps.slice(0, third));
      console.log(
        `heap by ten seconds: ${heaps
          .map(megabytes)
          .join(', ')}; resident ${megabytes((await memory()).residentBytes)}`,
      );
      assert(growth < GROWTH_BYTES, `the heap grew by ${megabytes(growth)}`);
    });
  } finally {
    await server.end('SIGKILL');
  }
});

/** Statuses that nobody should see; each version of the catalog lacks a service. */
function unexpected(
  { statusCodeStats }: autocannon.Result,
  ...allowed: string[]
): string[] {
  const seen = Object.keys(statusCodeStats ?? {});
  return seen.filter(status => !['200', '404', ...allowed].includes(status));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
