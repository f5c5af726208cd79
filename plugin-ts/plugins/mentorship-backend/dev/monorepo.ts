/**
 * Measures runs over one repository with thousands of services: the first one, one with
 * nothing new, and one after a commit. Everything is real but the catalog and the code
 * host's reviews: git, served over HTTP, the copy of it, the core, SQLite in a file.
 *
 * `cargo xtask bench monorepo` starts it and shows the last line, which is JSON.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  ReviewedChange,
  ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import knexOf from 'knex';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listingOf, pages } from '../src/__testUtils__/catalogs';
import { stores } from '../src/__testUtils__/databases';
import {
  addCommits,
  makeRepository,
  type Commit,
} from '../src/__testUtils__/gitRepositories';
import { gitServer, sourceOf } from '../src/__testUtils__/gitServer';
import { loadCore } from '../src/engine/loadCore';
import { AssessmentRunner } from '../src/run/AssessmentRunner';

const SERVICES = Number(process.env.SERVICES ?? 1_000);
/** Versions of CODEOWNERS, in each of which a few services have another steward. */
const VERSIONS = 20;
const PEOPLE = 300;
const FIRST_COMMIT = 1_780_000_000;
const TODAY = '2026-11-21';

const person = (n: number) => `p${n % PEOPLE}`;
const directory = (service: number) => `services/s${service}`;
const everyService = Array.from({ length: SERVICES }, (_, n) => n);

function owners(version: number): string {
  const steward = (service: number) =>
    person(service % VERSIONS > version ? service + 1 : service);
  return everyService
    .map(
      service =>
        `/${directory(service)}/ @${steward(service)}-steward @${person(
          service + 2,
        )}-apprentice\n`,
    )
    .join('');
}

const plan = (service: number, day: number) => `# Mentorship

## Escalation Tree
- Steward: @${person(service)}
- Backup: @${person(service + 1)}

## Apprentices
- @${person(service + 2)} (mentor: @${person(service)})

## Log
- 2026-10-${String(day).padStart(2, '0')} pairing: @${person(service)}
`;

const author = (n: number) => `${person(n)} <${person(n)}@example.org>`;

/** One commit for each service, and between them the versions of CODEOWNERS. */
function commits(): Commit[] {
  const every = Math.ceil(SERVICES / VERSIONS);
  return everyService.map(service => ({
    author: author(service * 7),
    at: FIRST_COMMIT + service * 900,
    files: {
      ...(service % every === 0 && { CODEOWNERS: owners(service / every) }),
      [`${directory(service)}/MENTORSHIP.md`]: plan(service, 10),
      [`${directory(
        service,
      )}/RUNBOOK.md`]: `# Runbook of ${service}\n\n## Restart\n\n\`kubectl rollout restart\`\n`,
      [`${directory(
        service,
      )}/docs/adr/0001-first.md`]: `# First\n\n## Status\n\nAccepted\n\n## Context\n\nOf ${service}.\n`,
      ...Object.fromEntries(
        [0, 1, 2, 3].map(file => [
          `${directory(service)}/src/f${file}.rs`,
          `// ${service} ${file}\n`,
        ]),
      ),
    },
  }));
}

function catalog(repository: string): Entity[] {
  const of = (kind: string, name: string, rest: object): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    ...rest,
  });
  return [
    ...Array.from({ length: PEOPLE }, (_, n) =>
      of('User', person(n), {
        spec: { profile: { email: `${person(n)}@example.org` }, memberOf: [] },
      }),
    ),
    ...everyService.map(n =>
      of('Component', `s${n}`, {
        metadata: {
          name: `s${n}`,
          namespace: 'default',
          annotations: {
            'mentorship/steward': `user:default/${person(n)}`,
            'backstage.io/source-location': `url:${repository}/tree/main/${directory(
              n,
            )}/`,
          },
        },
        spec: {
          type: 'service',
          lifecycle: 'production',
          owner: `group:default/g${n % 40}`,
        },
      }),
    ),
  ];
}

/** Three reviews of each service, told again in no run. */
function reviews(repository: string): ReviewsSource {
  const changes: ReviewedChange[] = everyService.flatMap(service =>
    [0, 1, 2].map(review => {
      const at = `2026-${String(8 + review).padStart(2, '0')}-12`;
      const paths = [review, review + 1].map(
        file => `${directory(service)}/src/f${file}.rs`,
      );
      const reviewer = person(service + review);
      return {
        id: `${service}/${review}`,
        updatedAt: at,
        reviews: [{ reviewer, at, paths }],
      };
    }),
  );
  return {
    id: 'reviews',
    title: 'Reviews',
    reads: () => true,
    async collect({ sink }) {
      if (!(await sink.last(repository))) {
        await sink.put(repository, changes);
      }
      await sink.succeed(repository, { since: '2026-05-01' });
    },
  };
}

async function main() {
  const root = mkdtempSync(join(tmpdir(), 'mentorship-monorepo-'));
  const folder = makeRepository(join(root, 'org', 'all.git'), commits(), {
    bare: true,
  });
  const server = await gitServer(root);
  const repository = `${server.address}/org/all`;
  const knex = knexOf({
    client: 'better-sqlite3',
    connection: { filename: join(root, 'database') },
    useNullAsDefault: true,
  });
  const all = await stores(knex);
  const logger: LoggerService = {
    error: console.error,
    warn: console.error,
    info: () => {},
    debug: () => {},
    child: () => logger,
  };
  const listing = pages(catalog(repository));
  const runner = new AssessmentRunner({
    ...all,
    core: await loadCore(),
    policy: JSON.stringify({ sources: ['git', 'reviews'] }),
    sources: [sourceOf(server, join(root, 'copies'))],
    operationsSources: [],
    reviewsSources: [reviews(repository)],
    listing: listingOf(() => listing),
    logger,
    today: () => TODAY,
    settleMs: 0,
    timeoutMs: 600_000,
    cutOffMs: 3_600_000,
  });
  let queries = 0;
  knex.on('query', () => {
    queries += 1;
  });
  const run = async () => {
    queries = 0;
    global.gc?.();
    let largest = 0;
    const watch = setInterval(() => {
      largest = Math.max(largest, process.memoryUsage.rss());
    }, 20);
    const used = process.cpuUsage();
    const begun = performance.now();
    await runner.run(new AbortController().signal);
    const milliseconds = performance.now() - begun;
    const { user, system } = process.cpuUsage(used);
    clearInterval(watch);
    return {
      milliseconds,
      processorMs: (user + system) / 1e3,
      queries,
      residentBytes: largest,
    };
  };
  try {
    const first = await run();
    const unchanged = await run();
    addCommits(folder, [
      {
        author: author(1),
        at: FIRST_COMMIT + SERVICES * 900,
        files: {
          [`${directory(1)}/src/f0.rs`]: '// changed\n',
          [`${directory(1)}/MENTORSHIP.md`]: plan(1, 20),
        },
      },
    ]);
    const oneCommit = await run();
    const errors = await knex('mentorship_run_errors').select('message');
    if (errors.length > 0) {
      throw new Error(`the runs were in vain: ${errors[0].message}`);
    }
    console.log(JSON.stringify({ first, unchanged, oneCommit }));
  } finally {
    await knex.destroy();
    await server.close();
    rmSync(root, { recursive: true, force: true });
  }
}

main();
