// How long it takes to judge a catalog from the bytes of its pages: in the packed
// module, in plain JavaScript, with json-rules-engine. Prints one JSON object, medians
// in microseconds of processor time an entity; fails where the judgements differ.
// Arguments: the package, entities, runs, the folder of json-rules-engine or nothing.
const { createHash } = require('node:crypto');
const { eachPage } = require('./catalog.cjs');
const { Catalog } = require('./plain.cjs');
const { rulesEngine } = require('./rules_engine.cjs');

const [, , packageFolder, entitiesGiven, runsGiven, rulesEngineFolder] =
  process.argv;
const { load } = require(packageFolder);
const ENTITIES = Number(entitiesGiven);
const RUNS = Number(runsGiven);
const TODAY = '2026-11-21';
const TOMORROW = '2026-11-22';
/** The library takes long; its figure is one of an entity, whatever their number. */
const MOST_FOR_RULES_ENGINE = 2_000;

/** The settings of which the rules of an entity alone ask, in full. */
const THRESHOLDS = {
  rotationWindowMonths: 6,
  rotationDueMonths: 12,
  maintainersTarget: 3,
  apprenticesTarget: 2,
  minimumCoveragePercent: 50,
  servicesPerSteward: 3,
};

function policyWith(sources) {
  return {
    sources,
    people: { left: ['user:default/person.3'] },
    thresholds: THRESHOLDS,
  };
}

/** The policy as the twin wants it: with weights and levels of the catalogue. */
function resolved(policy, api) {
  const { rules } = api.rules(JSON.stringify(policy));
  const needing = level => rules.filter(rule => rule.levels.includes(level));
  const levels = {};
  for (const level of ['developing', 'covered', 'resilient']) {
    levels[level] = needing(level).map(rule => rule.id);
  }
  const weights = Object.fromEntries(rules.map(one => [one.id, one.weight]));
  const heaviestFirst = rules
    .map(rule => rule.id)
    .sort((left, right) => weights[right] - weights[left]);
  return { ...policy, weights, levels, heaviestFirst };
}

// Of this thread where Node tells it, else with those that compile beside it.
function now() {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return user + system;
}

function timed(work) {
  globalThis.gc?.();
  const began = now();
  const answer = work();
  return [now() - began, answer];
}

function median(times) {
  return times.sort((left, right) => left - right)[times.length >> 1];
}

function hashOf(lines) {
  const hash = createHash('sha256');
  for (const line of lines) {
    hash.update(line).update('\n');
  }
  return hash.digest('hex');
}

function lineOf(judged) {
  return [
    judged.level,
    judged.score,
    judged.coverage,
    judged.mentorshipStatus,
    judged.rotationState,
    judged.busFactor,
    judged.failedRules.join(';'),
    judged.unknownRules.join(';'),
    judged.headline,
    judged.ageDays,
  ].join('|');
}

/** The lines of the engine's columns; titles in the order of the refs. */
function* linesOf(columns, titles) {
  const { judgement, judgements, stewardAgeDays } = columns;
  for (let at = 0; at < judgement.length; at += 1) {
    const judged = judgements[judgement[at]];
    const before = judged.headlineBeforeTitle;
    const headline = `${before}${titles[at]}${judged.headlineBehindTitle}`;
    yield lineOf({ ...judged, headline, ageDays: stewardAgeDays[at] });
  }
}

function engineOf({ Engine }, policy, pages) {
  const engine = new Engine(JSON.stringify(policy));
  for (const page of pages) {
    engine.upsertPage(page);
  }
  return engine;
}

function catalogOf(policy, pages) {
  const catalog = new Catalog(policy);
  for (const page of pages) {
    catalog.take(page);
  }
  return catalog;
}

async function main() {
  const api = await load();
  const pages = [];
  eachPage(ENTITIES, page => pages.push(page));
  const bytes = pages.reduce((sum, page) => sum + page.length, 0);
  const policies = [[], ['git'], ['git', 'incidents', 'on-calls']];
  const hashes = new Set();
  for (const sources of policies) {
    hashes.add(await compared(api, resolved(policyWith(sources), api), pages));
  }
  if (hashes.size !== policies.length) {
    throw new Error('another policy gave the same judgements');
  }
  const policy = resolved(policyWith(['git']), api);
  const figures = measured(api, policyWith(['git']), policy, pages);
  if (rulesEngineFolder) {
    figures.rulesEngine = await measuredRulesEngine(policy, pages);
  }
  process.stdout.write(
    `${JSON.stringify({
      entities: ENTITIES,
      bytesAnEntity: bytes / ENTITIES,
      ...figures,
    })}\n`,
  );
}

/** Judges with all of them and compares; the hash of what they say alike. */
async function compared(api, policy, pages) {
  const { sources, people, thresholds } = policy;
  const engine = engineOf(api, { sources, people, thresholds }, pages);
  const catalog = catalogOf(policy, pages);
  const refs = [...catalog.services.keys()].sort();
  const titles = refs.map(ref => catalog.services.get(ref).title);
  let hash;
  for (const day of [TOMORROW, TODAY]) {
    const columns = engine.columns(day);
    const plain = catalog.judge(day);
    hash = hashOf(linesOf(columns, titles));
    if (hash !== hashOf(plain.map(lineOf))) {
      throw new Error(different(linesOf(columns, titles), plain, refs));
    }
    columns.free();
  }
  if (rulesEngineFolder) {
    const { judged, refs: some } = await judgedByRulesEngine(policy, catalog);
    const plain = catalog.judge(TODAY);
    const same = plain.filter((_, at) => some.has(refs[at])).map(lineOf);
    if (hashOf(judged.map(lineOf)) !== hashOf(same)) {
      throw new Error(different(judged.map(lineOf), same, [...some]));
    }
  }
  engine.free();
  return hash;
}

function different(ours, theirs, refs) {
  let at = 0;
  for (const line of ours) {
    const other =
      typeof theirs[at] === 'string' ? theirs[at] : lineOf(theirs[at]);
    if (line !== other) {
      return `${refs[at]} is judged differently:\n${line}\n${other}`;
    }
    at += 1;
  }
  return 'the judgements differ in number';
}

function measured(api, given, policy, pages) {
  const times = {
    read: [],
    judge: [],
    again: [],
    parse: [],
    take: [],
    plain: [],
  };
  for (let run = 0; run < RUNS; run += 1) {
    const [read, engine] = timed(() => engineOf(api, given, pages));
    const [judge] = timed(() => engine.columns(TODAY).judgement);
    const [again] = timed(() => engine.columns(TOMORROW).judgement);
    engine.free();
    const [parse] = timed(() => {
      for (const page of pages) {
        JSON.parse(page.toString('utf8'));
      }
    });
    const [take, catalog] = timed(() => catalogOf(policy, pages));
    const [plain] = timed(() => catalog.judge(TODAY));
    const all = { read, judge, again, parse, take, plain };
    for (const [what, time] of Object.entries(all)) {
      times[what].push(time / ENTITIES);
    }
  }
  for (const what of Object.keys(times)) {
    times[what] = median(times[what]);
  }
  return times;
}

async function measuredRulesEngine(policy, pages) {
  const catalog = catalogOf(policy, pages);
  const { judged, time } = await judgedByRulesEngine(policy, catalog);
  return time / judged.length;
}

async function judgedByRulesEngine(policy, catalog) {
  const judge = rulesEngine(require(rulesEngineFolder), policy);
  const today = Date.parse(TODAY);
  const loads = catalog.loads();
  const refs = [...catalog.services.keys()]
    .sort()
    .slice(0, MOST_FOR_RULES_ENGINE);
  const judged = [];
  const began = now();
  for (const ref of refs) {
    const facts = catalog.facts(catalog.services.get(ref), loads, today);
    facts.always = true;
    facts.clock = facts.rotation !== undefined;
    facts.trained = facts.busFactor ?? 0;
    judged.push(await judge(facts));
  }
  return { judged, time: now() - began, refs: new Set(refs) };
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
