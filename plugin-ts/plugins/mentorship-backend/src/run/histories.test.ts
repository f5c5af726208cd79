import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type { Knex } from 'knex';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { alice, listingOf, pages, service } from '../__testUtils__/catalogs';
import { databases, stores } from '../__testUtils__/databases';
import {
  addCommits,
  git,
  makeRepository,
  temporaryFolder,
  type Commit,
} from '../__testUtils__/gitRepositories';
import { trapping, type Traps } from '../__testUtils__/trapping';
import type { Core } from '../engine/Engine';
import type { HistoryPartRow } from '../database/rows';
import { loadCore } from '../engine/loadCore';
import { GitEvidenceSource } from '../evidence/git/GitEvidenceSource';
import { AssessmentRunner } from './AssessmentRunner';

const root = temporaryFolder();
const signal = new AbortController().signal;
const PAY = 'component:default/pay';

const commit = (author: string, day: number, path: string): Commit => ({
  author: `${author} <${author}@example.com>`,
  at: 1_780_000_000 + day * 86_400,
  files: { [path]: `${author} ${day}\n` },
});
const FIRST = [
  commit('alice', 1, 'src/a.ts'),
  commit('ben', 2, 'src/b.ts'),
  commit('ben', 3, 'src/c.ts'),
];
const LATER = [commit('cyd', 4, 'src/b.ts'), commit('cyd', 5, 'src/d.ts')];

async function changeBytes(knex: Knex, change: (bytes: Buffer) => Buffer) {
  const parts = () => knex<HistoryPartRow>('mentorship_history_parts');
  const { bytes } = (await parts().first('bytes'))!;
  await parts().update({ bytes: change(bytes) });
}

let turn = 0;

const ON = databases().eachSupportedId();

describe.each(ON)('Histories that were read before, on %s', id => {
  const database = databases();
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
  });

  /** A git that notes what of a history it is asked for. */
  function notingGit(folder: string, script = '') {
    const program = join(folder, 'git-program');
    const asked = join(folder, 'asked');
    writeFileSync(
      program,
      `#!/bin/sh\ncase "$*" in *--topo-order*) for last; do before=$at; at=$last; done; echo "$before" >> ${asked}\n${script};; esac\nexec git "$@"\n`,
    );
    chmodSync(program, 0o755);
    return {
      program,
      asked: () =>
        existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : [],
    };
  }

  async function setup(options: { script?: string; traps?: Traps } = {}) {
    const all = await stores(await database.init(id));
    const home = join(root, `${turn++}`);
    const folder = makeRepository(join(home, 'pay'), FIRST);
    const { program, asked } = notingGit(home, options.script);
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const runner = (on = all) =>
      new AssessmentRunner({
        core: trapping(core, options.traps ?? {}),
        policy: '{}',
        listing: listingOf(() =>
          pages([
            alice,
            service('pay', {
              annotations: { 'backstage.io/source-location': `dir:${folder}/` },
            }),
          ]),
        ),
        sources: [
          new GitEvidenceSource({
            directory: join(home, 'copies'),
            localFolders: [home],
            keepUnusedCopiesMs: 3_600_000,
            concurrency: 2,
            timeoutMs: 30_000,
            program,
            integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
          }),
        ],
        runs: on.runs,
        places: on.places,
        histories: on.histories,
        pushed: on.pushed,
        operations: on.operations,
        operationsSources: [],
        reviews: on.reviews,
        reviewsSources: [],
        programs: on.programs,
        points: on.points,
        snapshots: on.snapshots,
        reader: on.reader,
        logger,
        today: () => '2026-11-21',
        settleMs: 0,
        timeoutMs: 600_000,
        cutOffMs: 3_600_000,
      });
    const judged = async (on = all) => {
      const report = await on.reader.report(PAY, 'named');
      const assessment = JSON.parse((report as { json: string }).json);
      return JSON.parse(
        JSON.stringify(assessment, (key, value) =>
          key === 'collectedAt' ? '' : value,
        ),
      );
    };
    /** What comes out where nothing was read before. */
    const fromScratch = async () => {
      const fresh = await stores(await database.init(id));
      await runner(fresh).run(signal);
      return judged(fresh);
    };
    const head = () => git(folder, ['rev-parse', 'HEAD']);
    const add = (commits: Commit[]) => addCommits(folder, commits);
    const stored = () => all.knex('mentorship_histories').first();
    return {
      ...all,
      folder,
      run: () => runner().run(signal),
      asked,
      judged,
      fromScratch,
      head,
      add,
      stored,
      logger,
    };
  }

  it('are gone on from: git is asked for new commits only', async () => {
    const { run, asked, add, head, judged, fromScratch, stored, places } =
      await setup();
    await run();
    const first = head();
    expect(await stored()).toMatchObject({
      tip: first,
      commits: 3,
      reading: 'full',
      full_because: 'it was not read before',
    });

    await run();
    expect(asked()).toEqual([first]);

    add(LATER);
    await run();
    expect(asked()).toEqual([first, `${first}..${head()}`]);
    expect(await stored()).toMatchObject({
      tip: head(),
      commits: 5,
      reading: 'incremental',
      full_because: null,
    });
    expect(await judged()).toEqual(await fromScratch());
    expect(await places.figures('git')).toMatchObject({ fresh: 1 });
  });

  it.each<
    [
      string,
      RegExp,
      (on: Awaited<ReturnType<typeof setup>>) => Promise<unknown>,
    ]
  >([
    [
      'commits were rewritten',
      /rewritten/,
      async ({ folder, add }) => {
        git(folder, ['update-ref', 'refs/heads/main', 'main~1']);
        add(LATER);
      },
    ],
    [
      'commits were taken back',
      /rewritten/,
      async ({ folder }) =>
        git(folder, ['update-ref', 'refs/heads/main', 'main~1']),
    ],
    [
      'what was stored is gone from git',
      /rewritten/,
      async ({ knex }) =>
        knex('mentorship_histories').update({ tip: 'c0ffee'.padEnd(40, '0') }),
    ],
    [
      'the mailmap changed',
      /mailmap/,
      async ({ add }) =>
        add([
          {
            ...commit('alice', 6, '.mailmap'),
            files: { '.mailmap': 'Cyd <cyd@example.com> <ben@example.com>\n' },
          },
        ]),
    ],
    [
      'the stored bytes are damaged',
      /damaged/,
      async ({ knex }) => changeBytes(knex, bytes => bytes.subarray(0, -1)),
    ],
    [
      'the stored bytes are gone',
      /another format/,
      async ({ knex }) => knex('mentorship_history_parts').delete(),
    ],
    [
      'the stored bytes are of another version',
      /another format/,
      async ({ knex }) =>
        changeBytes(knex, bytes => Buffer.from([...bytes.fill(0x7f, 4, 5)])),
    ],
  ])('are read from their beginning where %s', async (_, why, change) => {
    const all = await setup();
    await all.run();
    await change(all);

    await all.run();

    expect(all.asked()).toEqual([expect.any(String), all.head()]);
    expect(await all.stored()).toMatchObject({
      tip: all.head(),
      reading: 'full',
      full_because: expect.stringMatching(why),
    });
    expect(all.logger.info).toHaveBeenCalledWith(expect.stringMatching(why));
    expect(await all.judged()).toEqual(await all.fromScratch());
  });

  it('stay as the last good ones, stale, where git is cut off', async () => {
    const { run, add, judged, stored, places, head, folder } = await setup({
      script: 'test -e "$0.cut" && { echo; kill -9 $$; }',
    });
    await run();
    const before = head();
    const good = await judged();
    add(LATER);
    writeFileSync(join(folder, '..', 'git-program.cut'), '');

    await run();

    const { busFactor, evidence } = await judged();
    expect(busFactor.readings).toEqual(good.busFactor.readings);
    expect(evidence).toContainEqual(
      expect.objectContaining({ kind: 'history', state: 'failed' }),
    );
    expect(await stored()).toMatchObject({ tip: before, commits: 3 });
    expect(await places.figures('git')).toMatchObject({
      stale: 1,
      lastFailure: { message: expect.stringContaining('SIGKILL') },
    });
  });

  it('are forgotten where the core breaks down over them', async () => {
    const traps: Traps = {};
    const { run, stored, reader, runs } = await setup({ traps });
    await run();
    traps.restoring = 'pay';
    await run();
    expect(await stored()).toBeUndefined();
    expect(await runs.currentRun()).toMatchObject({ services: 1, errors: 1 });

    traps.restoring = undefined;
    await run();
    expect(await stored()).toMatchObject({ reading: 'full' });
    expect(await runs.currentRun()).toMatchObject({ errors: 0 });
    expect(await reader.report(PAY, 'named')).toHaveProperty('json');
  });
});
