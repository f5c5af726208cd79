/**
 * Three backend processes that begin at the same moment on a server without any
 * database, every other time one of them killed in its midst: each begins, what
 * migrations make is made once, and a migration lock that somebody left is lifted.
 *
 * `cargo xtask test` and `cargo xtask prove` start it, the second one for long.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import createKnex, { type Knex } from 'knex';
import { BackendProcess } from './BackendProcess';

const SERVER = process.env.POSTGRES!;
const BOOTS = Number(process.env.BOOTS ?? 2);
const REPLICAS = 3;
const SERVICES = 50;
const DATABASE = 'backstage_plugin_mentorship';
/** After this a run is given up that somebody began who was killed. */
const TIMEOUT_SECONDS = 15;
/** One of them is killed so long after somebody made the database, at most. */
const KILLED_WITHIN_MS = 1_000;

/** Removes the databases of all plugins. */
async function empty(knex: Knex) {
  const names: string[] = await knex('pg_database')
    .where('datname', 'like', 'backstage_plugin_%')
    .pluck('datname');
  for (const name of names) {
    await knex.raw('drop database ?? with (force)', [name]);
  }
}

async function hasDatabase(knex: Knex): Promise<boolean> {
  const found = await knex('pg_database').where('datname', DATABASE).first();
  return found !== undefined;
}

/**
 * A key for tokens between plugins. Without it the platform keeps keys in tables that
 * it makes before the plugin begins, and there it does not bear several at once.
 */
function writtenKey(folder: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = join(folder, 'key');
  writeFileSync(`${key}.public`, publicKey);
  writeFileSync(`${key}.private`, privateKey);
  return key;
}

async function begunTogether(KEY: string) {
  const replicas = await Promise.all(
    Array.from({ length: REPLICAS }, () =>
      BackendProcess.onFreePort({
        DATABASE: SERVER,
        SERVICES: String(SERVICES),
        RUN_SECONDS: '1',
        TIMEOUT_SECONDS: String(TIMEOUT_SECONDS),
        KEY,
      }),
    ),
  );
  replicas.forEach(each => each.start());
  return replicas;
}

/** What migrations made is there once, and results are. */
async function expectWhole(knex: Knex, replicas: BackendProcess[]) {
  for (const table of [
    'knex_migrations',
    'backstage_backend_tasks__knex_migrations',
  ]) {
    const applied: string[] = await knex(table).pluck('name');
    assert(applied.length > 0);
    assert.equal(new Set(applied).size, applied.length, `${table} doubled`);
    assert.deepEqual(await knex(`${table}_lock`).pluck('is_locked'), [0]);
  }
  assert.equal((await knex('mentorship_current_run')).length, 1);
  for (const replica of replicas) {
    let list: string | undefined;
    while (list === undefined) {
      list = await replica.get('/mentorship/assessments?limit=1');
      await sleep(100);
    }
    assert.equal(JSON.parse(list).totalItems, SERVICES - 1);
  }
}

test(`${BOOTS} times ${REPLICAS} replicas begin together on an empty server`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mentorship-boots-'));
  const key = writtenKey(folder);
  const server = createKnex({ client: 'pg', connection: SERVER });
  const address = new URL(SERVER);
  address.pathname = `/${DATABASE}`;
  let killed = 0;
  try {
    for (let boot = 0; boot < BOOTS; boot++) {
      await empty(server);
      const replicas = await begunTogether(key);
      const knex = createKnex({ client: 'pg', connection: address.href });
      try {
        if (boot % 2 === 1) {
          while (!(await hasDatabase(server))) {
            await sleep(5);
          }
          await sleep(Math.random() * KILLED_WITHIN_MS);
          await replicas[0].end('SIGKILL');
          replicas[0].start();
          killed += 1;
        }
        await Promise.all(replicas.map(each => each.ready()));
        const restarts = replicas.map(each => each.restarts);
        assert.deepEqual(restarts, [0, 0, 0], 'one of them could not begin');
        await expectWhole(knex, replicas);
      } finally {
        await Promise.all(replicas.map(each => each.end('SIGKILL')));
        await knex.destroy();
      }
    }
    console.log(`${BOOTS} boots, in ${killed} of them one was killed`);
  } finally {
    await server.destroy();
    rmSync(folder, { recursive: true });
  }
});
