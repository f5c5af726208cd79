// How long a history takes in the packed module. Prints one JSON object, means
// in milliseconds of processor time. Arguments: the package, the stream, how many runs
// at least; a short history is read more often, for the clock has coarse ticks.
const { readFileSync } = require('node:fs');

const [, , packageFolder, streamFile, runs] = process.argv;
const { load } = require(packageFolder);
const stream = readFileSync(streamFile);
const CHUNK = 65_536;
const LEAST_MILLISECONDS = 1_000;
const repository = 'https://example.org/bench';

// Of this thread where Node tells it, else with those that compile beside it.
function now() {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1_000;
}

const times = {};
function timed(what, work) {
  const begun = now();
  const result = work();
  times[what] = (times[what] ?? 0) + now() - begun;
  return result;
}

const evidence = Buffer.from(
  JSON.stringify({
    schema: 'mentorship/evidence/v1',
    repository,
    collectedAt: '2026-01-01T00:00:00Z',
    services: [],
  }),
);

async function main() {
  const { Engine } = await load();
  const newEngine = () => {
    const engine = new Engine('{}');
    engine.putRepository(evidence);
    return engine;
  };
  let outcome;
  let stored;
  const begun = performance.now();
  const isShort = () => performance.now() - begun < LEAST_MILLISECONDS;
  let run = 0;
  for (; run < Number(runs) || isShort(); run += 1) {
    const engine = newEngine();
    timed('push', () => {
      for (let at = 0; at < stream.length; at += CHUNK) {
        engine.pushHistory(repository, stream.subarray(at, at + CHUNK));
      }
    });
    outcome = timed('finish', () => engine.finishHistory(repository));
    stored = timed('store', () => engine.storeHistory(repository, 'bench'));
    engine.free?.();
    const restored = newEngine();
    timed('restore', () => {
      restored.restoreHistory(repository, stored, 'bench');
      restored.finishHistory(repository);
    });
    restored.free?.();
  }
  const means = Object.entries(times).map(([what, time]) => [what, time / run]);
  console.log(
    JSON.stringify({
      outcome: outcome.state,
      storedBytes: stored.length,
      node: process.versions.node,
      milliseconds: Object.fromEntries(means),
    }),
  );
}

main();
