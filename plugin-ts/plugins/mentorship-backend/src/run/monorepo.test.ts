import { mockServices } from '@backstage/backend-test-utils';
import type { Assessment } from 'backstage-plugin-mentorship-common';
import { join } from 'path';
import { alice, listingOf, pages, service } from '../__testUtils__/catalogs';
import { databases, stores } from '../__testUtils__/databases';
import {
  addCommits,
  git,
  makeRepository,
  temporaryFolder,
} from '../__testUtils__/gitRepositories';
import {
  gitServer,
  sourceOf,
  type GitServer,
} from '../__testUtils__/gitServer';
import { STILL } from '../database/rows';
import { loadCore } from '../engine/loadCore';
import { AssessmentRunner } from './AssessmentRunner';

const root = temporaryFolder();
const by = 'Alice <alice@example.com>';
const FIRST = 1_780_000_000;

describe('Services of one repository', () => {
  const database = databases();
  let server: GitServer;
  beforeAll(async () => {
    server = await gitServer(root);
  });
  afterAll(() => server.close());

  it.each(database.eachSupportedId())(
    'are written again where a commit is of them, on %s',
    async id => {
      const folder = makeRepository(
        join(root, id, 'all.git'),
        [
          {
            author: by,
            at: FIRST,
            files: {
              'pay/MENTORSHIP.md': 'Steward: @alice\n',
              'pay/a.ts': 'one\n',
              'ship/MENTORSHIP.md': 'Steward: @alice\n',
              'ship/a.ts': 'one\n',
            },
          },
        ],
        { bare: true },
      );
      const repository = `${server.address}/${id}/all`;
      const all = await stores(await database.init(id));
      const logger = mockServices.logger.mock({ child: () => logger });
      const runner = new AssessmentRunner({
        ...all,
        core: await loadCore(),
        policy: '{}',
        sources: [sourceOf(server, join(root, `${id}-copies`))],
        operationsSources: [],
        reviewsSources: [],
        listing: listingOf(() =>
          pages([
            alice,
            ...['pay', 'ship'].map(name =>
              service(name, {
                annotations: {
                  'backstage.io/source-location': `url:${repository}/tree/main/${name}/`,
                },
              }),
            ),
          ]),
        ),
        logger,
        today: () => '2026-11-21',
        settleMs: 0,
        timeoutMs: 600_000,
        cutOffMs: 3_600_000,
      });
      const run = () => runner.run(new AbortController().signal);
      const commit = (minutes: number, files: Record<string, string>) =>
        addCommits(folder, [{ author: by, at: FIRST + minutes * 60, files }]);
      const assessment = async (name: string): Promise<Assessment> => {
        const ref = `component:default/${name}`;
        const report = await all.reader.report(ref, 'named');
        return JSON.parse((report as { json: string }).json);
      };
      /** Of which run the version is that each service has. */
      const versions = () =>
        all
          .knex('mentorship_assessments')
          .where({ until_run: STILL })
          .orderBy('entity_ref')
          .pluck('run_id');
      const before = git(folder, ['rev-parse', 'main']);

      await run();
      expect(await versions()).toEqual([1, 1]);
      commit(1, { 'pay/MENTORSHIP.md': 'Steward: @alice\nBackup: @ben\n' });
      await run();
      expect(await versions()).toEqual([2, 1]);
      const after = git(folder, ['rev-parse', 'main']);
      expect(JSON.stringify(await assessment('pay'))).toContain(after);
      // What was true of the older commit is shown there.
      expect(JSON.stringify(await assessment('ship'))).toContain(before);
      expect(JSON.stringify(await assessment('ship'))).not.toContain(after);

      commit(2, { 'ship/MENTORSHIP.md': 'Steward: @alice\nBackup: @ben\n' });
      await run();
      expect(await versions()).toEqual([2, 3]);

      // A commit that is gone is linked to by nobody, whatever it changed.
      git(folder, ['update-ref', 'refs/heads/main', before]);
      await run();
      expect(JSON.stringify(await assessment('pay'))).toContain(before);
      expect(JSON.stringify(await assessment('ship'))).toContain(before);
      commit(3, { 'pay/a.ts': 'two\n' });
      const taken = git(folder, ['rev-parse', 'main']);
      await run();
      git(folder, ['update-ref', 'refs/heads/main', before]);
      commit(4, { 'pay/a.ts': 'two\n' });
      await run();
      const now = git(folder, ['rev-parse', 'main']);
      for (const name of ['pay', 'ship']) {
        expect(JSON.stringify(await assessment(name))).toContain(now);
        expect(JSON.stringify(await assessment(name))).not.toContain(taken);
      }
    },
  );
});
