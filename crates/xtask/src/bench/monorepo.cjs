// What a service costs in one repository with all of them, in the packed module: taken
// in, judged and told. Prints one JSON object, medians in milliseconds of processor time.
// Arguments: the package, how many services, how many runs.
const [, , packageFolder, count, runs] = process.argv;
const { load } = require(packageFolder);
const AS_OF = '2026-11-21';
const REPOSITORY = 'https://example.org/everything';
/** How many results a run of the backend takes at a time. */
const SLICE = 20;
/** Versions of CODEOWNERS, in each of which a few services have another steward. */
const VERSIONS = 20;
const POLICY = { sources: ['git', 'reviews'], criticalPaths: ['/src/'] };

// Of this thread where Node tells it, else with those that compile beside it.
function now() {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1_000;
}

const services = Array.from({ length: Number(count) }, (_, number) => number);
const person = number => `p${number % 300}`;
const directory = service => `services/s${service}`;

function catalog() {
  return services.map(service => ({
    kind: 'Component',
    metadata: {
      name: `s${service}`,
      annotations: {
        'mentorship/steward': `user:default/${person(service)}`,
        'backstage.io/managed-by-location': `url:${REPOSITORY}/tree/main/${directory(
          service,
        )}/catalog-info.yaml`,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'everybody' },
  }));
}

function owners(version) {
  const steward = service =>
    person(service % VERSIONS > version ? service + 1 : service);
  const lines = services.map(
    service =>
      `/${directory(service)}/ @${steward(service)}-steward @${person(
        service + 2,
      )}-apprentice\n`,
  );
  return lines.join('');
}

function plan(service) {
  return `# Mentorship

## Escalation Tree
- Steward: @${person(service)}
- Backup: @${person(service + 1)}

## Apprentices
- @${person(service + 2)} (mentor: @${person(service)})
`;
}

function history() {
  const name = number => number.toString(16).padStart(40, '0');
  const commits = services.map(service => {
    const who = person(service * 7);
    const parent = service === 0 ? '' : name(service - 1);
    const time = 1_780_000_000 + service * 900;
    const files = [0, 1, 2, 3].map(
      file => `A\0${directory(service)}/src/f${file}.rs\0`,
    );
    const head = [name(service), parent, time, who, `${who}@example.org`];
    return `\x1e${head.join('\x1f')}\x1f\x1f\0\n${files.join('')}`;
  });
  return commits.join('');
}

function evidence() {
  const below = ['MENTORSHIP.md', 'RUNBOOK.md', 'docs/adr/0001-first.md'];
  below.push(...[0, 1, 2, 3].map(file => `src/f${file}.rs`));
  const paths = services.flatMap(service =>
    below.map(file => `${directory(service)}/${file}`),
  );
  const files = services.map(service => ({
    path: `${directory(service)}/MENTORSHIP.md`,
    text: plan(service),
  }));
  const versions = Array.from({ length: VERSIONS }, (_, back) => ({
    path: 'CODEOWNERS',
    commit: back.toString(16).padStart(40, 'a'),
    at: `2026-01-${String(VERSIONS - back).padStart(2, '0')}`,
    text: owners(VERSIONS - back),
  }));
  return {
    schema: 'mentorship/evidence/v1',
    repository: REPOSITORY,
    collectedAt: '2026-11-21T06:00:00Z',
    services: services.map(service => ({
      entityRef: `component:default/s${service}`,
      directory: directory(service),
    })),
    paths: [...paths, 'CODEOWNERS'],
    files: [...files, { path: 'CODEOWNERS', text: owners(VERSIONS) }],
    versions,
    reviews: services.flatMap(service =>
      [0, 1, 2].map(review => ({
        reviewer: person(service + review),
        at: `2026-${String(5 + review).padStart(2, '0')}-12`,
        paths: [review, review + 1].map(
          file => `${directory(service)}/src/f${file}.rs`,
        ),
      })),
    ),
    history: history(),
  };
}

async function main() {
  const { Engine } = await load();
  const page = Buffer.from(JSON.stringify({ items: catalog() }));
  const brought = evidence();
  const listing = Buffer.from(brought.paths.map(path => `${path}\0`).join(''));
  const document = Buffer.from(JSON.stringify(brought));
  const times = { take: [], judge: [], tell: [] };
  for (let run = 0; run < Number(runs); run += 1) {
    const engine = new Engine(JSON.stringify(POLICY));
    engine.upsertPage(page);
    const timed = (what, work) => {
      const begun = now();
      work();
      times[what].push(now() - begun);
    };
    timed('take', () => {
      engine.wantedPaths(listing);
      engine.wantedVersions(listing);
      engine.putRepository(document);
    });
    timed('judge', () => engine.columns(AS_OF));
    timed('tell', () => {
      for (let start = 0; start < services.length; start += SLICE) {
        engine.results(AS_OF, start, SLICE);
      }
    });
    engine.free?.();
  }
  const median = of => of.sort((a, b) => a - b)[of.length >> 1];
  const each = Object.entries(times).map(([what, of]) => [what, median(of)]);
  console.log(JSON.stringify(Object.fromEntries(each)));
}

main();
