// How long a path's owners take in the npm package `codeowners`. Prints one JSON
// object, times in milliseconds of the processor. Arguments: the package, the folder with
// CODEOWNERS and paths.txt, how many of the paths to ask.
const { readFileSync } = require('node:fs');
const path = require('node:path');

const [, , packageFolder, folder, count] = process.argv;
const Codeowners = require(packageFolder);
const lines = file => readFileSync(path.join(folder, file), 'utf8').split('\n');
const paths = lines('paths.txt').filter(Boolean);
const ours = lines('answers.txt');
const step = Math.max(1, Math.floor(paths.length / Number(count)));
const asked = paths
  .map((_, place) => place)
  .filter(place => place % step === 0);

const now = () => {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1_000;
};
const begun = now();
const owners = new Codeowners(folder);
const compiled = now();
const theirs = asked.map(place => owners.getOwner(paths[place]).join(' '));
const ended = now();
const different = asked.filter((place, index) => theirs[index] !== ours[place]);
console.log(
  JSON.stringify({
    paths: asked.length,
    different: different.length,
    example: different.length > 0 ? paths[different[0]] : null,
    milliseconds: { compile: compiled - begun, ask: ended - compiled },
  }),
);
