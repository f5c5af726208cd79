'use strict';

/** The third door: the packed module gives the bytes of `tests/cases`. */

const assert = require('node:assert/strict');
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { describe, it } = require('node:test');

const CASES = path.resolve(__dirname, '../../tests/cases');

const installed = createRequire(
  path.join(process.env.PACKED_IN ?? __dirname, 'consumer.cjs'),
);
const { load, unpackResults } = installed('backstage-plugin-mentorship-wasm');

const situations = readdirSync(CASES, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
  .sort();

function feed(engine, folder) {
  engine.upsertPage(readFileSync(path.join(folder, 'catalog.json')));
  const evidence = path.join(folder, 'evidence');
  if (!existsSync(evidence)) return;
  const documents = readdirSync(evidence).filter(name =>
    name.endsWith('.json'),
  );
  for (const name of documents.sort()) {
    const document = readFileSync(path.join(evidence, name));
    if (name === 'operations.json') {
      engine.putPushed(document);
      continue;
    }
    engine.putRepository(document);
    const history = path.join(evidence, name.replace(/\.json$/, '.history'));
    if (existsSync(history)) {
      const { repository } = JSON.parse(document.toString());
      engine.pushHistory(repository, readFileSync(history));
      engine.finishHistory(repository);
    }
  }
}

/** The same texts as `Results` of the wire has them. */
function inJson({ total, items }) {
  const written = items.map(item => {
    const { row, risk, reminders, involved, contents } = item;
    const texts = ['csv', 'named', 'counted'].map(name => `${item[name]}`);
    assert.equal(
      `${contents}`,
      [row, risk, ...texts].map(each => `${each}\0`).join(''),
    );
    for (const { entityRef } of JSON.parse(`${involved}` || '[]')) {
      assert.ok(texts[1].includes(`"entityRef":"${entityRef}"`), entityRef);
    }
    const [csv, named, counted] = texts.map(each => JSON.stringify(each));
    const due = reminders.length > 0 ? `"reminders":${reminders},` : '';
    return `{"row":${row},"risk":${risk},${due}"csv":${csv},"named":${named},"counted":${counted}}`;
  });
  return `{"total":${total},"items":[${written.join()}]}`;
}

describe('the packed module', () => {
  it('has situations to be held to', () => {
    assert.ok(situations.length >= 9, `${situations.length} situations`);
  });

  for (const situation of situations) {
    it(`gives the bytes of ${situation}`, async () => {
      const { Engine, csvHeader } = await load();
      const folder = path.join(CASES, situation);
      const text = name => readFileSync(path.join(folder, name), 'utf8');
      const engine = new Engine(text('policy.json'));
      feed(engine, folder);
      const results = unpackResults(
        Buffer.from(engine.results(text('as-of').trim(), 0, 1_000)),
      );
      assert.equal(`${inJson(results)}\n`, text('expected.json'));
      const { items } = results;
      const csv = [csvHeader(), ...items.map(item => item.csv)].join('');
      assert.equal(csv, text('expected.csv'));
      if (existsSync(path.join(folder, 'leaving'))) {
        const leaving = text('leaving').trim().split('\n');
        for (const [named, file] of [
          [true, 'expected.what-if.json'],
          [false, 'expected.what-if-counted.json'],
        ]) {
          const answer = engine.whatIf({
            leaves: leaving,
            asOf: text('as-of').trim(),
            audience: named ? 'named' : 'counted',
          });
          assert.equal(`${Buffer.from(answer)}\n`, text(file));
        }
      }
      if (existsSync(path.join(folder, 'decided.json'))) {
        const decided = readFileSync(path.join(folder, 'decided.json'));
        const program = engine.program(text('as-of').trim(), decided);
        assert.equal(
          `${Buffer.from(program)}\n`,
          text('expected.program.json'),
        );
      }
      engine.free();
    });
  }
});
