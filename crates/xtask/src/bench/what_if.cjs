// How long "what happens if they leave" takes in the packed module, over 1,000
// services. Prints one JSON object, medians in milliseconds of processor time.
// Arguments: the package, how many runs.
const [, , packageFolder, runs] = process.argv;
const { load } = require(packageFolder);
const AS_OF = '2026-11-21';
const BEGAN = 19_000 * 86_400;

// Of this thread where Node tells it, else with those that compile beside it.
function now() {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1_000;
}

/** A stream of commits, three changes each, by people in no order. */
function history(paths, people, commits, seed) {
  const name = number => number.toString(16).padStart(40, '0');
  let state = seed + 12_345;
  const next = below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
  let stream = '';
  let number = 0;
  const commit = changes => {
    const who = people[next(people.length)];
    const parent = number === 0 ? '' : name(number - 1);
    const time = BEGAN + number * 3_600;
    stream += `\x1e${name(
      number,
    )}\x1f${parent}\x1f${time}\x1f${who}\x1f${who}@example.org\x1f\x1f\0\n`;
    stream += changes.map(([kind, path]) => `${kind}\0${path}\0`).join('');
    number += 1;
  };
  for (let at = 0; at < paths.length; at += 50) {
    commit(paths.slice(at, at + 50).map(path => ['A', path]));
  }
  while (number < commits) {
    commit([0, 1, 2].map(() => ['M', paths[next(paths.length)]]));
  }
  return stream;
}

/** An engine with a company of 1,000 services, judged once. */
function company(Engine, { repositories, services, files, commits, people }) {
  const engine = new Engine('{}');
  const items = [];
  const everybody = [];
  for (let at = 0; at < people * Math.ceil(repositories / 4); at += 1) {
    everybody.push(`p${at}`);
    const spec = { profile: { email: `p${at}@example.org` } };
    items.push({ kind: 'User', metadata: { name: `p${at}` }, spec });
  }
  const person = at => everybody[at % everybody.length];
  const evidence = [];
  for (let repository = 0; repository < repositories; repository += 1) {
    const places = [];
    const paths = [];
    for (let service = 0; service < services; service += 1) {
      const name = `s${repository}-${service}`;
      const at = repository * services + service;
      const annotations = {
        'mentorship/steward': `user:default/${person(at * 7)}`,
        'mentorship/backup': `user:default/${person(at * 7 + 1)}`,
      };
      items.push({
        kind: 'Component',
        metadata: { name, annotations },
        spec: {},
      });
      const directory = `services/${service}`;
      places.push({ entityRef: `component:default/${name}`, directory });
      for (let file = 0; file < files; file += 1) {
        paths.push(`${directory}/src/f${file}.rs`);
      }
    }
    const here = Array.from({ length: people }, (_, at) =>
      person(repository * 3 + at),
    );
    evidence.push({
      schema: 'mentorship/evidence/v1',
      repository: `https://example.org/r${repository}`,
      collectedAt: '2026-11-21T06:00:00Z',
      services: places,
      paths,
      history: history(paths, here, commits, repository),
    });
  }
  engine.upsertPage(Buffer.from(JSON.stringify({ items })));
  for (const one of evidence) {
    engine.putRepository(Buffer.from(JSON.stringify(one)));
  }
  engine.results(AS_OF, 0, 1_000);
  return engine;
}

const COMPANIES = {
  repositories: {
    repositories: 250,
    services: 4,
    files: 50,
    commits: 400,
    people: 12,
  },
  monorepo: {
    repositories: 1,
    services: 1_000,
    files: 30,
    commits: 20_000,
    people: 100,
  },
};

/** The middle time of the answer when `count` people leave together. */
function leave(engine, count) {
  const times = [];
  let lost;
  for (let run = 0; run < Number(runs); run += 1) {
    const leaves = Array.from({ length: count }, (_, at) => `@p${run + at}`);
    const begun = now();
    const bytes = engine.whatIf({ leaves, asOf: AS_OF, audience: 'named' });
    times.push(now() - begun);
    lost = JSON.parse(Buffer.from(bytes)).services.length;
  }
  const median = times.sort((a, b) => a - b)[times.length >> 1];
  return { milliseconds: median, services: lost };
}

async function main() {
  const { Engine } = await load();
  const answers = {};
  for (const [what, shape] of Object.entries(COMPANIES)) {
    const engine = company(Engine, shape);
    answers[what] = leave(engine, 1);
    if (what === 'monorepo') {
      answers.most = leave(engine, 8);
    }
    engine.free?.();
  }
  console.log(JSON.stringify(answers));
}

main();
