// How long it takes to judge a large catalog again as of another day, from what the
// engine keeps, and how much that is. Prints one JSON object: medians in milliseconds
// of processor time, bytes a service. Arguments: the package, services, runs.
const { eachPage } = require('./catalog.cjs');

const [, , packageFolder, services, runs] = process.argv;
const { load } = require(packageFolder);

// Of this thread where Node tells it, else with those that compile beside it.
function now() {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1_000;
}

function median(times) {
  return times.sort((left, right) => left - right)[times.length >> 1];
}

function day(number) {
  const first = Date.UTC(2026, 10, 21);
  return new Date(first + number * 86_400_000).toISOString().slice(0, 10);
}

async function main() {
  const { Engine } = await load();
  const engine = new Engine('{}');
  let items = 0;
  // Of these entities some are users and groups.
  eachPage(Math.ceil(Number(services) * 1.157), page => {
    items += page.length;
    engine.upsertPage(page);
  });
  const times = [];
  for (let run = 0; run <= Number(runs); run += 1) {
    const began = now();
    const columns = engine.columns(day(run));
    times.push(now() - began);
    columns.free();
  }
  const [first, ...again] = times;
  process.stdout.write(
    `${JSON.stringify({
      services: engine.serviceCount(),
      pageBytes: items,
      first,
      again: median(again),
    })}\n`,
  );
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
