// The engine against an independent, slow model of its own rules, on random companies.
//
// `ORACLE_CASES` says on how many; `ORACLE_SEED` tries the one that a failure names, and
// with both as many from there on.
'use strict';

const assert = require('node:assert/strict');
const { it } = require('node:test');

const evidence = require('./evidence.cjs');
const { judge } = require('./model.cjs');
const { scenario, USERS } = require('./scenario.cjs');
const { load, unpackResults } = require('../../pkg/node.cjs');

const LEVELS = ['exposed', 'developing', 'covered', 'resilient'];
const CASES = Number(process.env.ORACLE_CASES ?? 500);
const FIRST = Number(process.env.ORACLE_SEED ?? 1);

/** Somebody who might leave: of each company another one. */
const leaverOf = ({ seed }) => USERS[seed % USERS.length];

/** The same company, somebody having left. */
function without(described, leaver) {
  const { policy } = described;
  const left = [...policy.people.left, `user:default/${leaver}`];
  return { ...described, policy: { ...policy, people: { left } } };
}

/** What the engine says of the service of a scenario, and of somebody's leaving. */
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
  const asOf = evidence.text(described.asOf);
  const parsed = bytes => JSON.parse(Buffer.from(bytes).toString());
  const { items } = unpackResults(engine.results(asOf, 0, 1_000));
  const leaves = [`user:default/${leaverOf(described)}`];
  const question = { leaves, asOf, audience: 'named' };
  const { services } = parsed(engine.whatIf(question));
  engine.free();
  const isIt = ({ entityRef }) => entityRef === evidence.SERVICE;
  const { row, named } = items.find(isIt);
  return {
    row: parsed(row),
    named: parsed(named),
    loss: services.find(isIt),
  };
}

/** Compares what somebody's leaving costs; a service that loses nothing is not told. */
function compareLoss({ loss }, before, after) {
  const readings = [
    ['declared', 'busFactorDeclared'],
    ['authorship', 'busFactorAuthorship'],
    ['recent', 'busFactorRecent'],
    ['absence', 'contributorAbsenceFactor'],
  ];
  const falls = readings.filter(
    ([, key]) => (before[key] ?? -1) > (after[key] ?? -1),
  );
  const optional = value => value ?? undefined;
  const expected = {
    readings: falls.map(([name, key]) => ({
      name,
      from: before[key],
      ...(after[key] !== null && { to: after[key] }),
    })),
    levelFrom: before.level,
    levelTo: after.level,
    scoreFrom: optional(before.score),
    scoreTo: optional(after.score),
    busFactorFrom: optional(before.busFactor),
    busFactorTo: optional(after.busFactor),
  };
  if (!loss) {
    assert.equal(falls.length, 0, 'a reading falls');
    const rank = ({ level }) => LEVELS.indexOf(level);
    const isRanked = rank(before) >= 0 && rank(after) >= 0;
    assert.ok(!isRanked || rank(after) >= rank(before), 'the level falls');
    return;
  }
  const told = Object.fromEntries(
    Object.keys(expected).map(key => [key, loss[key]]),
  );
  assert.deepEqual(told, expected);
}

/** Of an answer what the model says too. */
function compared({ row, named }, expected, described) {
  const { findings, busFactor } = named;
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
  const cases = process.env.ORACLE_CASES || FIRST === 1 ? CASES : 1;
  for (let seed = FIRST; seed < FIRST + cases; seed++) {
    const described = scenario(seed);
    const expected = judge(described, catalogue);
    const after = judge(without(described, leaverOf(described)), catalogue);
    try {
      const found = judged(Engine, described);
      assert.deepEqual(compared(found, expected, described), expected);
      compareLoss(found, expected.row, after.row);
    } catch (error) {
      const shown = JSON.stringify(described, null, 1);
      throw new Error(`ORACLE_SEED=${seed} shows it again:\n${shown}`, {
        cause: error,
      });
    }
  }
});
