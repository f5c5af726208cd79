/**
 * Measures the routes and runs of a backend with a large catalog, from outside.
 *
 * Requests are sent at a fixed rate, whether earlier ones were answered or not, and
 * one that had to wait counts from when it was due. `cargo xtask bench routes` starts
 * it and shows the last line, which is JSON.
 */
import autocannon from 'autocannon';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendProcess } from './BackendProcess';

const SERVICES = Number(process.env.SERVICES ?? 100_000);
const SECONDS = Number(process.env.SECONDS ?? 20);
/** One service in so many changes for the incremental run. */
const PERIOD = 100;
/** Longer than the plugin waits for a catalog that still changes. */
const SETTLED_MS = 8_000;

async function measure(server: BackendProcess) {
  const run = async () => {
    let before = await lastRun(server);
    while (before?.outcome === 'running') {
      await sleep(100);
      before = await lastRun(server);
    }
    await server.fetch('/mentorship/refresh', { method: 'POST' });
    for (;;) {
      const after = await lastRun(server);
      if (after && after.id !== before?.id && after.outcome !== 'running') {
        if (after.outcome !== 'complete') {
          throw new Error(`the run failed: ${after.failure}`);
        }
        return Date.parse(after.finishedAt) - Date.parse(after.startedAt);
      }
      await sleep(100);
    }
  };
  const load = async (
    pathOf: (n: number) => string,
    rate: number,
  ): Promise<object> => {
    const address = new URL(server.address(''));
    let sent = 0;
    const result = await autocannon({
      url: address.origin,
      connections: Math.min(50, rate),
      overallRate: rate,
      duration: SECONDS,
      requests: [
        {
          method: 'GET',
          headers: server.headers,
          setupRequest: request => ({
            ...request,
            path: `/api/mentorship${pathOf(sent++)}`,
          }),
        },
      ],
    });
    const { p50, p97_5, p99, max } = result.latency;
    return {
      rate,
      answered: result.requests.total,
      failed: result.non2xx + result.errors,
      p50,
      p97_5,
      p99,
      max,
      blockedMs: (await state(server)).blockedMs,
    };
  };

  await state(server);
  const full = await run();
  // The first run is followed by another one, which finds the catalog settled.
  await sleep(SETTLED_MS);
  const whileJudging = (await state(server)).blockedMs;
  await server.fetch('/catalog/version', { method: 'POST' });
  const incremental = await run();
  const unchanged = await run();
  await state(server);

  const card = (n: number) => {
    const service = (n * 7919) % (SERVICES - 1);
    return `/assessments/by-entity/component/default/svc-${String(
      service,
    ).padStart(6, '0')}`;
  };
  // Caches of the database and compiled code are warm in a portal that is in use.
  await load(card, 50);
  return {
    services: SERVICES,
    run: { full, incremental, unchanged, blockedMs: whileJudging },
    card: await load(card, 100),
    list: await load(n => `/assessments?limit=50&order=${ORDERS[n % 3]}`, 10),
    facets: await load(() => '/assessments/facets', 1),
    riskQueue: await load(() => '/risk-queue?limit=20', 10),
    csv: await exported(server),
  };
}

const ORDERS = ['level,asc', 'title,asc', 'entityRef,desc'];

/** The export, and by how much the process grew meanwhile. */
async function exported(server: BackendProcess) {
  const before = (await state(server)).residentBytes;
  let largest = before;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      largest = Math.max(largest, (await state(server)).residentBytes);
      await sleep(20);
    }
  })();
  const begun = performance.now();
  const response = await server.fetch('/mentorship/assessments.csv');
  let lines = 0;
  for await (const piece of response.body!) {
    for (const byte of piece as Uint8Array) {
      lines += byte === 10 ? 1 : 0;
    }
  }
  const milliseconds = performance.now() - begun;
  watching = false;
  await watch;
  if (lines !== SERVICES) {
    throw new Error(`the export has ${lines - 1} of ${SERVICES - 1} services`);
  }
  return { milliseconds, grownBytes: largest - before };
}

/** How long the event loop was blocked since this was asked last, and the memory. */
async function state(
  server: BackendProcess,
): Promise<{ blockedMs: number; residentBytes: number }> {
  return (await server.fetch('/catalog/process')).json();
}

async function lastRun(server: BackendProcess) {
  const response = await server.fetch('/mentorship/status');
  return (await response.json()).lastRun;
}

(async () => {
  const server = await BackendProcess.onFreePort({
    DATABASE: process.env.DATABASE!,
    SERVICES: String(SERVICES),
    PERIOD: String(PERIOD),
    TIMEOUT_SECONDS: '3600',
  });
  server.start();
  try {
    await server.ready();
    console.log(JSON.stringify(await measure(server)));
  } finally {
    await server.end('SIGKILL');
  }
})().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
