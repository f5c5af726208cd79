/**
 * Measures the routes and runs of a backend with a large catalog, from outside, and
 * beside them the check run of Tech Insights on the same server of databases.
 *
 * Requests are sent at a fixed rate, whether earlier ones were answered or not, and
 * one that had to wait counts from when it was due. `cargo xtask bench routes` starts
 * it and shows the last line, which is JSON.
 */
import autocannon from 'autocannon';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AssessmentList } from 'backstage-plugin-mentorship-common';
import { encodeCursor } from '../src/database/paging';
import { BackendProcess } from './BackendProcess';
import { CHECKS } from './techInsightsChecks';

const SERVICES = Number(process.env.SERVICES ?? 100_000);
/** As many as Tech Insights is asked for. */
const COMPARED_SERVICES = Number(process.env.COMPARED_SERVICES ?? 1_000);
const SECONDS = Number(process.env.SECONDS ?? 10);
/** The folder with the packages of Tech Insights; without it, it is left out. */
const { PEER } = process.env;
/** One service in so many changes for the incremental run. */
const PERIOD = 100;
const GROUPS = 400;
/** The catalog lacks this service by the time that routes are measured. */
const MISSING = 2;
/** How often the compared readings are taken; the median counts. */
const READINGS = 5;
/** For how long both sides are asked before: code is compiled and caches are warm then. */
const WARMING_MILLISECONDS = 5_000;

const ORDERS = ['level,asc', 'title,asc', 'entityRef,desc', 'score,asc'];
const FILTERS = ['', '&rotationState=overdue', '&text=svc-0001', '&tier=1'];

type PathOf = (n: number) => string;

/** What people read, and how often a second; what differs is asked for in turn. */
const ROUTES: Record<string, { rate: number; pathOf: PathOf }> = {
  card: {
    rate: 100,
    pathOf: n =>
      `/assessments/by-entity/component/default/${nameOf(
        MISSING + 1 + ((n * 7919) % (SERVICES - MISSING - 1)),
      )}`,
  },
  list: {
    rate: 10,
    pathOf: n =>
      `/assessments?limit=50&order=${ORDERS[n % 4]}${FILTERS[(n >> 2) % 4]}`,
  },
  deep: {
    rate: 10,
    pathOf: n => `/assessments?limit=50&order=title,asc&cursor=${deep(n)}`,
  },
  facets: { rate: 10, pathOf: () => '/assessments/facets' },
  facetsOfOwner: {
    rate: 10,
    pathOf: n => `/assessments/facets?owner=${group(n % GROUPS)}`,
  },
  groups: {
    rate: 10,
    pathOf: n =>
      `/assessments/groups?by=${n % 2 ? 'owner' : 'system'}&limit=20`,
  },
  riskQueue: { rate: 10, pathOf: () => '/risk-queue?limit=20' },
};

(async () => {
  console.log(
    JSON.stringify({
      ...(await measured(SERVICES, measure)),
      ...(PEER && { compared: await compared(PEER) }),
    }),
  );
})().catch(error => {
  console.error(error);
  process.exitCode = 1;
});

/** Does something with a backend that judges so many services. */
async function measured<T>(
  services: number,
  work: (server: BackendProcess) => Promise<T>,
): Promise<T> {
  const server = await BackendProcess.onFreePort({
    DATABASE: process.env.DATABASE!,
    SERVICES: String(services),
    PERIOD: String(PERIOD),
    TIMEOUT_SECONDS: '7200',
  });
  return ended(server, work);
}

async function ended<T>(
  server: BackendProcess,
  work: (server: BackendProcess) => Promise<T>,
): Promise<T> {
  server.start();
  try {
    await server.ready();
    return await work(server);
  } finally {
    await server.end('SIGKILL');
  }
}

async function measure(server: BackendProcess) {
  const full = await run(server);
  await server.fetch('/catalog/version', { method: 'POST' });
  const incremental = await run(server);
  const unchanged = await run(server);
  // What follows a run, such as the snapshot of the week, is no reader's doing.
  await settled(server);
  // Caches of the database and compiled code are warm in a portal that is in use.
  await load(server, { rate: 50, pathOf: ROUTES.card.pathOf });
  const routes: Record<string, object> = {};
  for (const [name, route] of Object.entries(ROUTES)) {
    routes[name] = await load(server, route);
  }
  return {
    services: SERVICES,
    run: { full, incremental, unchanged },
    ...routes,
    csv: await exported(server),
  };
}

/**
 * A run and what it cost, after everything that was begun before has ended. What
 * follows a run, such as the snapshot of the week, belongs to the next measurement.
 */
async function run(server: BackendProcess) {
  const before = await settled(server);
  await state(server);
  await server.fetch('/mentorship/refresh', { method: 'POST' });
  for (;;) {
    await sleep(100);
    const after = await lastRun(server);
    if (after && after.id !== before?.id && after.outcome !== 'running') {
      if (after.outcome !== 'complete') {
        throw new Error(`the run failed: ${after.failure}`);
      }
      return {
        milliseconds:
          Date.parse(after.finishedAt) - Date.parse(after.startedAt),
        ...(await state(server)),
      };
    }
  }
}

/** The last run, once none is under way nor will follow. */
async function settled(server: BackendProcess) {
  for (;;) {
    const tasks = await server.get('/mentorship/.backstage/scheduler/v1/tasks');
    const running = tasks && /"status":"running"/.test(tasks);
    const last = await lastRun(server);
    if (!running && last?.outcome !== 'running') {
      return last;
    }
    await sleep(200);
  }
}

async function load(
  server: BackendProcess,
  { rate, pathOf }: { rate: number; pathOf: PathOf },
): Promise<object> {
  const address = new URL(server.address(''));
  let sent = 0;
  await state(server);
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
}

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
  const lines = await linesOfExport(server);
  const milliseconds = performance.now() - begun;
  watching = false;
  await watch;
  if (lines !== SERVICES) {
    throw new Error(`the export has ${lines - 1} of ${SERVICES - 1} services`);
  }
  return { milliseconds, grownBytes: largest - before };
}

async function linesOfExport(server: BackendProcess): Promise<number> {
  const response = await server.fetch('/mentorship/assessments.csv');
  let lines = 0;
  for await (const piece of response.body!) {
    for (const byte of piece as Uint8Array) {
      lines += byte === 10 ? 1 : 0;
    }
  }
  return lines;
}

/** Everything about some services, as it is read from us and from Tech Insights. */
async function compared(peer: string) {
  const services = COMPARED_SERVICES - 1;
  const theirs = await ended(
    await BackendProcess.onFreePort(
      {
        PEER: peer,
        DATABASE: process.env.DATABASE!,
        SERVICES: String(COMPARED_SERVICES),
      },
      './techInsights',
      '/tech-insights/checks',
    ),
    async server => {
      await checked(server, services);
      return {
        checks: Object.keys(CHECKS).length,
        milliseconds: await median(() => checked(server, services)),
      };
    },
  );
  const ours = await measured(COMPARED_SERVICES, async server => {
    const { milliseconds } = await run(server);
    await settled(server);
    const again = await run(server);
    return {
      firstRun: milliseconds,
      run: again.milliseconds,
      list: await median(() => listed(server, services)),
      export: await median(() => linesOfExport(server)),
    };
  });
  return { services, theirs, ours };
}

/** All checks of all services, after the facts were collected. */
async function checked(server: BackendProcess, services: number) {
  const answered = async () => {
    const response = await server.fetch('/tech-insights/checks/run', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ checks: Object.keys(CHECKS), entities: [] }),
    });
    return (await response.json()) as Array<{ results: unknown[] }>;
  };
  let results = await answered();
  if (results.length === 0) {
    await server.fetch(
      '/tech-insights/.backstage/scheduler/v1/tasks/services/trigger',
      { method: 'POST' },
    );
    while (results.length < services) {
      await sleep(200);
      results = await answered();
    }
  }
  const verdicts = results.flatMap(each => each.results).length;
  if (verdicts !== services * Object.keys(CHECKS).length) {
    throw new Error(`Tech Insights gave ${verdicts} results`);
  }
}

/** All services with the rules that each fails, page by page. */
async function listed(server: BackendProcess, services: number) {
  let read = 0;
  let cursor: string | undefined;
  do {
    const response = await server.fetch(
      `/mentorship/assessments?limit=100&order=entityRef,asc${
        cursor === undefined ? '' : `&cursor=${cursor}`
      }`,
    );
    const { items, pageInfo }: AssessmentList = await response.json();
    read += items.length;
    cursor = pageInfo.nextCursor;
  } while (cursor !== undefined);
  if (read !== services) {
    throw new Error(`the list has ${read} of ${services} services`);
  }
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const timed = async () => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  for (let spent = 0; spent < WARMING_MILLISECONDS; ) {
    spent += await timed();
  }
  const times: number[] = [];
  for (let n = 0; n < READINGS; n++) {
    times.push(await timed());
  }
  return times.sort((a, b) => a - b)[READINGS >> 1];
}

/** A place in the midst of the order of titles, as a page before it would name it. */
function deep(n: number): string {
  const name = nameOf(Math.floor(SERVICES / 2) + ((n * 7919) % 1000));
  return encodeCursor(
    { key: 'of 1', entity_ref: `component:default/${name}` },
    { field: 'title', direction: 'asc' },
    false,
  );
}

function nameOf(service: number): string {
  return `svc-${String(service).padStart(6, '0')}`;
}

function group(n: number): string {
  return encodeURIComponent(`group:default/group-${n}`);
}

/** How the process fared since this was asked last, and its memory. */
async function state(server: BackendProcess): Promise<{
  blockedMs: number;
  computedMs: number;
  residentBytes: number;
  processorMs: number;
}> {
  return (await server.fetch('/catalog/process')).json();
}

async function lastRun(server: BackendProcess) {
  const response = await server.fetch('/mentorship/status');
  return (await response.json()).lastRun;
}
