import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type { Knowledge, WhatIf } from 'backstage-plugin-mentorship-common';
import { renameSync } from 'fs';
import { join } from 'path';
import { alice, listingOf, pages, service } from '../__testUtils__/catalogs';
import { databases, stores } from '../__testUtils__/databases';
import {
  addCommits,
  git,
  makeRepository,
  temporaryFolder,
} from '../__testUtils__/gitRepositories';
import { trapping, type Traps } from '../__testUtils__/trapping';
import { GitEvidenceSource } from '../evidence/git/GitEvidenceSource';
import { AssessmentRunner } from '../run/AssessmentRunner';
import type { Core, Engine } from './Engine';
import { loadCore } from './loadCore';
import { StandingEngine } from './StandingEngine';

const root = temporaryFolder();
const signal = new AbortController().signal;
const PAY = 'component:default/pay';
let turn = 0;

const PLAN = {
  'src/a.ts': 'a\n',
  'MENTORSHIP.md': '# pay\n\n## Escalation Tree\n\n- Backup: @ben\n',
};

const commit = (author: string, day: number, path: string) => ({
  author: `${author} <${author}@example.com>`,
  at: 1_790_000_000 + day * 86_400,
  files: { [path]: `${author} ${day}\n` },
});

describe('StandingEngine', () => {
  const database = databases();
  const ended: Array<() => Promise<void>> = [];
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
  });
  afterEach(async () => {
    await Promise.all(ended.splice(0).map(end => end()));
  });

  async function setup(traps: Traps = {}, shallow = false) {
    const whole = makeRepository(join(root, `${turn++}`, 'pay'), [
      { ...commit('alice', 1, 'src/a.ts'), files: PLAN },
      commit('ben', 2, 'src/b.ts'),
    ]);
    const folder = shallow ? `${whole}-shallow` : whole;
    if (shallow) {
      git(whole, ['clone', '-q', '--depth=1', `file://${whole}`, folder]);
    }
    const all = await stores(await database.init('SQLITE_3'));
    const annotations = { 'backstage.io/source-location': `dir:${folder}/` };
    const catalog = pages([
      alice,
      service('pay', { annotations }),
      service('ship'),
    ]);
    const made = jest.fn();
    const shared = {
      policy: '{}',
      listing: listingOf(() => catalog),
      runs: all.runs,
      places: all.places,
      histories: all.histories,
      pushed: all.pushed,
      operations: all.operations,
      reviews: all.reviews,
      operationsSources: [],
      reviewsSources: [],
      programs: all.programs,
      points: all.points,
      snapshots: all.snapshots,
      reader: all.reader,
      logger: mockServices.logger.mock(),
    };
    const runner = new AssessmentRunner({
      ...shared,
      core,
      sources: [
        new GitEvidenceSource({
          directory: join(root, 'copies'),
          localFolders: [root],
          keepUnusedCopiesMs: 3_600_000,
          concurrency: 1,
          timeoutMs: 30_000,
          integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
        }),
      ],
      today: () => '2026-11-21',
      settleMs: 0,
      timeoutMs: 600_000,
      cutOffMs: 3_600_000,
    });
    const trapped = trapping(core, traps);
    const standing = new StandingEngine({
      ...shared,
      core: {
        ...trapped,
        createEngine: policy => {
          made();
          return trapped.createEngine(policy);
        },
      },
    });
    ended.push(() => standing.end());
    const asked = async <T>(
      question: (
        engine: Engine,
        asOf: string,
      ) => Promise<Uint8Array | undefined>,
    ): Promise<T> =>
      JSON.parse(new TextDecoder().decode(await standing.ask(question)));
    const without = (leaver: string) =>
      asked<WhatIf>((engine, asOf) =>
        engine.whatIf({ leaves: [leaver], asOf, audience: 'named' }),
      );
    const knowledge = () =>
      asked<Knowledge>(engine => engine.knowledge(PAY, '', 2, true));
    const holders = async () => {
      const { root: top } = await knowledge();
      return top!.people.map(holder => holder.name);
    };
    return { runner, without, knowledge, holders, made, folder, all };
  }

  it('has no answer before the first run', async () => {
    const { without } = await setup();
    await expect(without('@alice')).rejects.toThrow('first pass');
  });

  it('answers from what the run left in the database, with one engine', async () => {
    const { runner, without, holders, made } = await setup();
    await runner.run(signal);

    const answers = await Promise.all([
      without('user:default/alice'),
      without('user:default/alice'),
    ]);

    expect(answers[0]).toMatchObject({ asOf: '2026-11-21', leavingCount: 1 });
    expect(answers[0].services.map(loss => loss.entityRef)).toContain(PAY);
    expect(answers[1]).toEqual(answers[0]);
    expect(await holders()).toEqual(['Alice A.', 'ben']);
    expect(made).toHaveBeenCalledTimes(1);
  });

  it('knows what a newer run read', async () => {
    const { runner, holders, folder } = await setup();
    await runner.run(signal);
    expect(await holders()).toHaveLength(2);
    addCommits(folder, [commit('cyd', 3, 'src/c.ts')]);
    await runner.run(signal);

    const deadline = Date.now() + 20_000;
    while ((await holders()).length < 3 && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(await holders()).toHaveLength(3);
  });

  it('answers from the last good evidence of a repository that cannot be read', async () => {
    const { runner, holders, folder } = await setup();
    await runner.run(signal);
    renameSync(folder, `${folder}-gone`);
    await runner.run(signal);

    expect(await holders()).toEqual(['Alice A.', 'ben']);
  });

  it('uses the files of a repository whose history is not to be had', async () => {
    const { runner, without, knowledge, all } = await setup({}, true);
    await runner.run(signal);

    expect(await all.places.repositories()).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('unshallow') },
    ]);
    const { services } = await without('@ben');
    expect(services.map(loss => loss.entityRef)).toEqual([PAY]);
    expect(await knowledge()).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('unshallow'),
    });
  });

  it('says so where the core does not take back a history', async () => {
    const { runner, knowledge, all } = await setup();
    await runner.run(signal);
    await all
      .knex('mentorship_history_parts')
      .update({ bytes: Buffer.from('no history') });

    expect(await knowledge()).toMatchObject({ state: 'failed' });
  });

  it('leaves out an entity over which the core breaks down', async () => {
    const { runner, without } = await setup({ page: '"name":"ship"' });
    await runner.run(signal);

    const answer = await without('user:default/alice');
    expect(answer.services.map(loss => loss.entityRef)).toEqual([PAY]);
  });

  it('survives a question over which the core breaks down', async () => {
    const { runner, without } = await setup({ question: '@trap' });
    await runner.run(signal);

    await expect(without('@trap')).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('a defect of the core'),
    });
    expect((await without('@alice')).leavingCount).toBe(1);
  });
});
