/**
 * Three backend processes on one PostgreSQL that are killed, paused and cut off in the
 * midst of runs, and whose server is killed too, while somebody reads: nothing may be
 * lost, mixed or doubled.
 *
 * `cargo xtask test` and `cargo xtask prove` start it, the second one for long.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import createKnex, { type Knex } from 'knex';
import type { AssessmentList } from 'backstage-plugin-mentorship-common';
import { BackendProcess } from './BackendProcess';

const SERVER = process.env.POSTGRES!;
/** Where the server writes its number; whoever started us starts it again. */
const SERVER_PID_FILE = process.env.POSTGRES_PID_FILE!;
const ROUNDS = Number(process.env.ROUNDS ?? 8);
/** A fault may meet a process that runs nothing; some run is to be broken. */
const MOST_ROUNDS = ROUNDS + 20;
const SERVICES = Number(process.env.SERVICES ?? 600);
/** Longer than a run takes, shorter than a pause. */
const TIMEOUT_SECONDS = 8;

/** Reads as people do, and remembers what can never be taken back. */
class Reader {
  answers = 0;
  private newestVersion = 0;
  private newestRun = 0;

  async read(replica: BackendProcess) {
    // What was seen before a question was asked must be in its answer.
    const { newestVersion, newestRun } = this;
    const [list, csv, status] = await Promise.all(
      [
        '/mentorship/assessments?order=entityRef,asc&limit=100',
        '/mentorship/assessments.csv',
        '/mentorship/status',
      ].map(path => replica.get(path)),
    );
    for (const version of [
      list && this.versionOfList(JSON.parse(list)),
      csv && versionOfCsv(csv),
    ]) {
      if (version) {
        assert(version >= newestVersion, 'what was published was lost');
        this.newestVersion = Math.max(this.newestVersion, version);
        this.answers += 1;
      }
    }
    const run = status && JSON.parse(status).currentRun?.id;
    if (run) {
      assert(run >= newestRun, 'a run that was current was lost');
      this.newestRun = Math.max(this.newestRun, run);
    }
  }

  private versionOfList({ items, totalItems, totals }: AssessmentList) {
    if (items.length === 0) {
      return undefined;
    }
    const byLevel = Object.values(totals.byLevel);
    assert.equal(totalItems, SERVICES - 1);
    assert.equal(
      byLevel.reduce((sum, each) => sum + each),
      SERVICES - 1,
    );
    assert.equal(items.length, 100);
    return onlyVersion(items.map(each => each.title));
  }
}

function versionOfCsv(csv: string) {
  const titles = [...csv.matchAll(/,(of \d+),/g)].map(([, title]) => title);
  if (titles.length === 0) {
    return undefined;
  }
  assert.equal(titles.length, SERVICES - 1, 'an export is short');
  return onlyVersion(titles);
}

function onlyVersion(titles: string[]): number {
  const versions = new Set(titles);
  assert.equal(versions.size, 1, `mixed: ${[...versions].join(', ')}`);
  return Number(titles[0].slice('of '.length));
}

/** What happens to processes, and to what they hold. */
const FAULTS: Array<(replica: BackendProcess, knex: Knex) => Promise<unknown>> =
  [
    killed,
    killed,
    killed,
    async replica => {
      // The scheduler gives its run to another one, and then it wakes up.
      replica.signal('SIGSTOP');
      await sleep((TIMEOUT_SECONDS + 4) * 1000);
      replica.signal('SIGCONT');
    },
    async (_, knex) => {
      await knex.raw(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
    },
    async (_, knex) => {
      const begun = await startOfServer(knex);
      process.kill(
        Number(readFileSync(SERVER_PID_FILE, 'utf8').split('\n')[0]),
        'SIGKILL',
      );
      let since: string | undefined;
      do {
        await sleep(100);
        since = await startOfServer(knex).catch(() => undefined);
      } while (since === undefined || since === begun);
      restarts += 1;
    },
  ];
let restarts = 0;

/** When the server began, as text. */
async function startOfServer(knex: Knex): Promise<string> {
  const { rows } = await knex.raw(
    'select pg_postmaster_start_time()::text as since',
  );
  return rows[0].since;
}

async function killed(replica: BackendProcess) {
  await replica.end('SIGKILL');
  replica.start();
  await replica.ready();
}

/** How many runs there are; asked again while the server is away. */
async function runs(knex: Knex, outcome: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await countOfRuns(knex, outcome);
    } catch (error) {
      if (attempt === 100) {
        throw error;
      }
      await sleep(100);
    }
  }
}

async function countOfRuns(knex: Knex, outcome: string): Promise<number> {
  const [{ count }] = await knex('mentorship_runs')
    .where({ outcome })
    .count({ count: '*' });
  return Number(count);
}

test(`${ROUNDS} faults of three replicas lose, mix and double nothing`, async () => {
  const replicas: BackendProcess[] = [];
  for (let n = 0; n < 3; n++) {
    replicas.push(
      await BackendProcess.onFreePort({
        DATABASE: SERVER,
        SERVICES: String(SERVICES),
        VERSION_SECONDS: '1',
        RUN_SECONDS: '1',
        TIMEOUT_SECONDS: String(TIMEOUT_SECONDS),
      }),
    );
  }
  // Of several that make the platform's own tables at once, one may fail and stay so.
  replicas[0].start();
  await replicas[0].ready();
  replicas.slice(1).forEach(each => each.start());
  const reader = new Reader();
  const state = { goesOn: true };
  const reading = (async () => {
    while (state.goesOn) {
      for (const replica of replicas) {
        await reader.read(replica);
      }
      await sleep(50);
    }
  })();
  reading.catch(() => (state.goesOn = false));
  const address = new URL(SERVER);
  address.pathname = '/backstage_plugin_mentorship';
  let knex: Knex | undefined;
  try {
    await Promise.all(replicas.map(each => each.ready()));
    knex = createKnex({ client: 'pg', connection: address.href });
    for (let round = 0; state.goesOn && round < MOST_ROUNDS; round++) {
      if (round >= ROUNDS && (await runs(knex, 'failed')) > 0) {
        break;
      }
      while ((await runs(knex, 'running')) === 0) {
        await sleep(20);
      }
      await sleep(Math.random() * 500);
      const replica = replicas[Math.floor(Math.random() * replicas.length)];
      await FAULTS[round % FAULTS.length](replica, knex);
    }
    // Whoever holds the task may be dead; another one takes over by itself.
    const complete = await runs(knex, 'complete');
    while (state.goesOn && (await runs(knex, 'complete')) < complete + 2) {
      await sleep(200);
    }
    state.goesOn = false;
    await reading;
    await Promise.all(replicas.map(each => each.end('SIGTERM')));

    assert((await runs(knex, 'failed')) > 0, 'no run was broken');
    assert((await runs(knex, 'running')) <= 1, 'two runs at once');
    assert(reader.answers > ROUNDS);
    assert(restarts > 0 || ROUNDS < FAULTS.length, 'no server was killed');
    await expectWhole(knex);
    console.log(
      `${await runs(knex, 'complete')} runs complete, ${await runs(
        knex,
        'failed',
      )} broken, ${restarts} restarts of the server, ${
        reader.answers
      } answers read`,
    );
  } finally {
    state.goesOn = false;
    await Promise.all(replicas.map(each => each.end('SIGKILL')));
    await knex?.destroy();
  }
});

/** What is left in the tables is of one run, and everything of it is there once. */
async function expectWhole(knex: Knex) {
  const { run_id: current } = await knex('mentorship_current_run').first();
  const shown = () =>
    knex('mentorship_assessments as version')
      .where('version.run_id', '<=', current)
      .andWhere('until_run', '>', current);
  const refs: string[] = await shown().pluck('version.entity_ref');
  assert.equal(refs.length, SERVICES - 1);
  assert.equal(new Set(refs).size, refs.length);
  onlyVersion(await shown().pluck('title'));
  for (const table of ['mentorship_rows', 'mentorship_reports']) {
    const kept = await shown()
      .join(table, join =>
        join
          .on(`${table}.run_id`, 'version.run_id')
          .on(`${table}.entity_ref`, 'version.entity_ref'),
      )
      .count({ count: '*' });
    assert.equal(Number(kept[0].count), refs.length);
  }
  const weeks = await knex('mentorship_snapshots');
  assert(weeks.length >= 1 && weeks.length <= 2, 'a week was taken twice');
  assert.equal(weeks[0].services, SERVICES - 1);
}
