// The engine against an independent, slow model of its own rules, on random companies.
//
// `ORACLE_CASES` says on how many; `ORACLE_SEED` tries the one that a failure names.
'use strict';

const assert = require('node:assert/strict');
const { it } = require('node:test');

const evidence = require('./evidence.cjs');
const { judge } = require('./model.cjs');
const { scenario } = require('./scenario.cjs');
const { load } = require('../../pkg/node.cjs');

const CASES = Number(process.env.ORACLE_CASES ?? 500);
const FIRST = Number(process.env.ORACLE_SEED ?? 1);

/** What the engine says of the service of a scenario. */
function judged(Engine, described) {
  const engine = new Engine(JSON.stringify(described.policy));
  engine.upsertPage(evidence.page(described));
  const document = evidence.repository(described);
  if (document) {
    engine.putRepository(document);
    const history = evidence.history(described);
    if (history) {
      engine.pushHistory(evidence.REPOSITORY, history);
      engine.finishHistory(evidence.REPOSITORY);
    }
  }
  engine.putPushed(evidence.pushed(described));
  const results = engine.results(evidence.text(described.asOf), 0, 1_000);
  engine.free();
  const { items } = JSON.parse(Buffer.from(results).toString());
  return items.find(item => item.row.entityRef === evidence.SERVICE);
}

/** Of an answer what the model says too. */
function compared({ row, named }, expected, described) {
  const { findings, busFactor } = JSON.parse(named);
  const isExempt = ({ rule }) =>
    described.entity.exempt.some(
      one => one.rule === rule && described.asOf <= one.until,
    );
  const verdicts = findings.map(({ rule, outcome }) => [rule, outcome.verdict]);
  const holders = ({ readings }, name) => {
    const { people, filesCounted } = readings.find(one => one.name === name);
    const told = ({ entityRef, name: called, files }) => [
      entityRef?.replace('user:default/', '') ?? called,
      files,
    ];
    return { people: people.map(told), files: filesCounted };
  };
  return {
    row: Object.fromEntries(
      Object.keys(expected.row).map(key => [key, row[key]]),
    ),
    // Who takes no part is not judged, and an exemption hides what it would be.
    verdicts: {
      ...expected.verdicts,
      ...Object.fromEntries(verdicts.filter(([rule]) => !isExempt({ rule }))),
    },
    holders: Object.fromEntries(
      Object.entries(expected.holders).map(([name, reading]) => [
        name,
        reading && { ...reading, ...holders(busFactor, name) },
      ]),
    ),
  };
}

it(`agrees with the model on ${CASES} companies`, async () => {
  const { Engine, rules } = await load();
  const catalogue = rules('{}');
  const cases = process.env.ORACLE_SEED ? 1 : CASES;
  for (let seed = FIRST; seed < FIRST + cases; seed++) {
    const described = scenario(seed);
    const expected = judge(described, catalogue);
    assert.deepEqual(
      compared(judged(Engine, described), expected, described),
      expected,
      `ORACLE_SEED=${seed} shows it again:\n${JSON.stringify(
        described,
        null,
        1,
      )}`,
    );
  }
});
