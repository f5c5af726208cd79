// Writes the pages of a catalog into a folder. Arguments: the folder, entities.
const fs = require('node:fs');
const path = require('node:path');
const { eachPage } = require('./catalog.cjs');

const [, , folder, entities] = process.argv;
fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
let number = 0;
eachPage(Number(entities), page => {
  const name = `${String(number).padStart(6, '0')}.json`;
  fs.writeFileSync(path.join(folder, name), page);
  number += 1;
});
