import { mockServices } from '@backstage/backend-test-utils';
import type { Assessment } from 'backstage-plugin-mentorship-common';
import type {
  ReviewedChange,
  ReviewsRequest,
  ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import { join } from 'path';
import { alice, listingOf, pages, service } from '../__testUtils__/catalogs';
import { databases, stores } from '../__testUtils__/databases';
import {
  addCommits,
  makeRepository,
  temporaryFolder,
} from '../__testUtils__/gitRepositories';
import { gitServer, sourceOf } from '../__testUtils__/gitServer';
import type { Core } from '../engine/Engine';
import { loadCore } from '../engine/loadCore';
import type { GitEvidenceSource } from '../evidence/git/GitEvidenceSource';
import { AssessmentRunner } from './AssessmentRunner';

const root = temporaryFolder();
const signal = new AbortController().signal;
const TODAY = new Date().toISOString().slice(0, 10);
const MONOREPO = 'https://github.com/money/all';
const SINCE = '2026-05-01';

const located = (name: string, url: string) =>
  service(name, {
    annotations: { 'backstage.io/source-location': `url:${url}` },
  });

const change = (id: string, path: string, at = TODAY): ReviewedChange => ({
  id,
  updatedAt: at,
  reviews: [{ reviewer: 'ben', at, paths: [path] }],
});

describe('reviews', () => {
  const database = databases();
  let core: Core;
  beforeAll(async () => {
    core = await loadCore();
  });

  async function setup(
    collect: (request: ReviewsRequest) => Promise<void>,
    id: Parameters<typeof database.init>[0] = 'SQLITE_3',
    sources: GitEvidenceSource[] = [],
  ) {
    const all = await stores(await database.init(id));
    const state = {
      collect,
      catalog: pages([
        alice,
        located('pay', `${MONOREPO}/tree/main/services/pay/`),
        located('ship', `${MONOREPO}/tree/main/services/ship/`),
        located('pa', `${MONOREPO}/tree/main/services/pa/`),
        located('all', `${MONOREPO}/`),
        located('old', 'https://github.com/money/old/'),
        located('away', 'https://elsewhere.example/money/away/'),
      ]),
    };
    const source: ReviewsSource = {
      id: 'github',
      title: 'GitHub',
      reads: repository => !repository.startsWith('https://elsewhere.example/'),
      collect: request => state.collect(request),
    };
    const logger = mockServices.logger.mock({ child: () => logger });
    const runner = new AssessmentRunner({
      ...all,
      core,
      policy: JSON.stringify({
        sources: ['git', 'reviews'],
        thresholds: { reviewersTarget: 1 },
      }),
      sources,
      operationsSources: [],
      reviewsSources: [source],
      listing: listingOf(() => state.catalog),
      logger,
      today: () => TODAY,
      settleMs: 0,
      timeoutMs: 600_000,
      cutOffMs: 3_600_000,
    });
    const assessment = async (name: string): Promise<Assessment> => {
      const ref = `component:default/${name}`;
      const report = await all.reader.report(ref, 'named');
      return JSON.parse((report as { json: string }).json);
    };
    const evidence = async (name: string) => {
      const { evidence: statuses } = await assessment(name);
      const found = statuses.find(each => each.kind === 'reviews')!;
      return `${found.state} ${JSON.stringify(found.detail)}`;
    };
    return { ...all, state, runner, assessment, evidence };
  }

  const threeReviews = async ({ repositories, sink }: ReviewsRequest) => {
    expect(repositories).toEqual([MONOREPO, 'https://github.com/money/old']);
    await sink.put(MONOREPO, [
      change('1', 'services/pay/a.ts'),
      change('2', 'services/pay/b.ts'),
      change('3', 'services/ship/c.ts'),
      change('4', 'services/ship/old.ts', '2020-01-01'),
      { id: '5', updatedAt: TODAY, reviews: [] },
    ]);
    await sink.succeed(MONOREPO, { since: SINCE });
    await sink.succeed('https://github.com/money/old', { since: SINCE });
  };

  it.each(database.eachSupportedId())(
    'count for the services whose paths they touch, on %s',
    async id => {
      const { runner, evidence, reviews } = await setup(threeReviews, id);
      await runner.run(signal);
      expect(await evidence('pay')).toMatch(/^found .*2 reviews/);
      expect(await evidence('ship')).toMatch(/^found .*1 review/);
      expect(await evidence('pa')).toMatch(/^missing/);
      expect(await evidence('all')).toMatch(/^found .*3 reviews/);
      expect(await evidence('old')).toMatch(/^missing/);
      expect(await evidence('away')).toMatch(/^not-collected/);
      expect(await reviews.figures('github')).toMatchObject({
        fresh: 2,
        stale: 0,
        failed: 0,
      });
    },
  );

  it.each(database.eachSupportedId())(
    'are what was had last where a host fails, and never missing, on %s',
    async id => {
      const { state, runner, evidence, reviews } = await setup(
        threeReviews,
        id,
      );
      await runner.run(signal);
      state.collect = async ({ sink }) => {
        await sink.put(MONOREPO, [change('6', 'services/pay/d.ts')]);
        await sink.fail(MONOREPO, 'GitHub answered 502');
        throw new Error('the module broke');
      };
      await runner.run(signal);
      expect(await evidence('pay')).toMatch(
        /^failed .*GitHub answered 502; what was read before still counts/,
      );
      expect(await evidence('old')).toMatch(/^failed .*the module broke/);
      const figures = await reviews.figures('github');
      expect(figures).toMatchObject({ fresh: 0, stale: 2, failed: 0 });
      const kept = await reviews.reviews({
        source: 'github',
        repository: MONOREPO,
      });
      expect(kept).toHaveLength(4);
    },
  );

  it('stay with a service whose directory moves, and with what it names elsewhere', async () => {
    const by = 'Alice <alice@example.com>';
    const at = Date.parse(TODAY) / 1000;
    const day = 24 * 60 * 60;
    const files = { 'services/pay/up.yaml': 'one\n', 'infra/x.tf': 'two\n' };
    const folder = makeRepository(
      join(root, 'money', 'all.git'),
      [{ author: by, at: at - 9 * day, files }],
      { bare: true },
    );
    const server = await gitServer(root);
    const repository = `${server.address}/money/all`;
    const source = sourceOf(server, join(root, 'copies'));
    const { state, runner, assessment, evidence } = await setup(
      async ({ sink }) => {
        await sink.put(repository, [
          change('1', 'services/pay/up.yaml'),
          change('2', 'infra/x.tf'),
        ]);
        await sink.succeed(repository, { since: SINCE });
      },
      'SQLITE_3',
      [source],
    );
    const livesIn = (directory: string) =>
      pages([
        alice,
        service('pay', {
          annotations: {
            'backstage.io/source-location': `url:${repository}/tree/main/${directory}/`,
            'mentorship/critical-paths': '/up.yaml',
          },
        }),
        service('ship', {
          annotations: {
            'backstage.io/source-location': `url:${repository}/tree/main/${directory}/`,
            'mentorship/critical-paths': 'infra/',
          },
        }),
      ]);
    const verdicts = async () =>
      Promise.all(
        ['pay', 'ship'].map(async name => {
          const { findings } = await assessment(name);
          const rule = 'reviewer-coverage-low';
          const found = findings.find(each => each.rule === rule)!;
          return `${found.outcome.verdict}, ${await evidence(name)}`;
        }),
      );
    try {
      state.catalog = livesIn('services/pay');
      await runner.run(signal);
      const before = await verdicts();
      expect(before).toEqual([
        expect.stringMatching(/^pass, found .*1 review/),
        expect.stringMatching(/^pass, found .*1 review/),
      ]);

      addCommits(folder, [
        {
          author: by,
          at: at + day,
          files: { 'apps/pay/up.yaml': 'one\n' },
          removed: ['services/pay/up.yaml'],
        },
      ]);
      state.catalog = livesIn('apps/pay');
      await runner.run(signal);
      expect(await verdicts()).toEqual(before);
    } finally {
      await server.close();
    }
  });

  it('fail where nothing was had before', async () => {
    const { runner, evidence, reviews } = await setup(async () => {});
    await runner.run(signal);
    expect(await evidence('pay')).toMatch(
      /^failed .*the source ended without saying how it went/,
    );
    expect(await reviews.figures('github')).toMatchObject({ failed: 2 });
  });

  it('go with the repository that no service names any more', async () => {
    const { state, runner, reviews } = await setup(threeReviews);
    await runner.run(signal);
    state.catalog = pages([
      alice,
      located('old', 'https://github.com/money/old/'),
    ]);
    state.collect = ({ sink }) =>
      sink.succeed('https://github.com/money/old', { since: SINCE });
    await runner.run(signal);
    const of = { source: 'github', repository: MONOREPO };
    expect(await reviews.reviews(of)).toEqual([]);
    expect(await reviews.last(of)).toBeUndefined();
    expect(await reviews.figures('github')).toMatchObject({ fresh: 1 });
  });
});
