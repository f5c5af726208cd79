// The same rules as conditions of `json-rules-engine`, over the same facts. A rule of
// ours is up to three of theirs, one for each verdict but `pass`; what no condition
// meets passes.
const { conclude } = require('./plain.cjs');

/** Judges facts one by one with an engine that is made once. */
function rulesEngine({ Engine }, policy) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const [rule, conditions] of Object.entries(conditionsOf(policy))) {
    for (const [verdict, any] of Object.entries(conditions)) {
      const event = { type: rule, params: { verdict } };
      engine.addRule({ conditions: { any }, event });
    }
  }
  return async facts => {
    const { events } = await engine.run(facts);
    const found = {};
    for (const rule of policy.heaviestFirst) {
      found[rule] = 'pass';
    }
    for (const { type, params } of events) {
      found[type] = params.verdict;
    }
    return conclude(facts, found, policy);
  };
}

const is = (fact, value) => ({ fact, operator: 'equal', value });
const isNot = (fact, value) => ({ fact, operator: 'notEqual', value });
const all = (...conditions) => ({ all: conditions });
const ALWAYS = is('always', true);

function conditionsOf(policy) {
  const has = source => policy.sources.includes(source);
  const unread = has('git') ? 'unknown' : 'not-applicable';
  const incidents = has('incidents') ? 'unknown' : 'not-applicable';
  const { apprenticesTarget, maintainersTarget } = policy.thresholds;
  const nobody = is('steward', 'none');
  const left = is('steward', 'left');
  const there = is('steward', 'there');
  const role = fact => ({
    fail: [is(fact, 'left')],
    [unread]: [is(fact, 'none')],
  });
  const never = { [unread]: [ALWAYS] };
  const below = (fact, value) => ({
    [unread]: [{ fact, operator: 'lessThan', value }],
  });
  const undated = { unknown: [all(there, isNot('clock', true))] };
  const rest = Object.fromEntries(
    [
      'no-mentorship-plan',
      'plan-unfilled',
      'apprentice-without-mentor',
      'apprentice-without-goal',
      'milestone-overdue',
      'autonomy-stuck',
      'single-knowledge-holder',
      'knowledge-departed',
      'declared-but-not-observed',
      'reviewer-coverage-low',
      'codeowners-missing',
      'codeowners-broken',
      'critical-path-unpaired',
      'runbook-incomplete',
      'runbook-stale',
      'no-decision-record',
    ].map(rule => [rule, never]),
  );
  return {
    ...rest,
    'no-steward': role('steward'),
    'steward-rotation-overdue': merged(
      { fail: [left, all(there, is('rotation', 'overdue'))] },
      { [unread]: [nobody] },
      undated,
    ),
    'steward-rotation-unplanned': merged(
      { fail: [left], [unread]: [nobody] },
      { [unread]: [all(there, is('rotation', 'window'))] },
      { [unread]: [all(there, is('rotation', 'overdue'))] },
      undated,
    ),
    'steward-since-unknown': merged(
      { fail: [left, all(there, is('since', 'future'))] },
      { [unread]: [nobody, all(there, is('since', 'unknown'))] },
    ),
    'steward-inactive': { fail: [left], [unread]: [nobody, there] },
    'steward-overloaded': {
      fail: [left, all(there, is('overloaded', true))],
      [unread]: [nobody],
    },
    'no-backup': role('backup'),
    'no-program-owner': role('programOwner'),
    'too-few-apprentices': below('learning', apprenticesTarget),
    'milestone-without-deliverable': below('learning', 1),
    'mentorship-stalled': {
      fail: [is('mentorship', 'none'), is('mentorship', 'planned')],
      [unread]: [is('mentorship', 'unknown')],
    },
    'bus-factor-low': below('trained', maintainersTarget),
    'no-runbook': { [unread]: [isNot('runbookLinked', true)] },
    'no-recorded-walkthrough': { [unread]: [isNot('walkthroughLinked', true)] },
    'catalog-entry-incomplete': {
      fail: [isNot('entryComplete', true), is('ownerState', 'lacking')],
      unknown: [
        all(is('entryComplete', true), is('ownerState', 'not-compared')),
      ],
    },
    'hero-responder': { [incidents]: [ALWAYS] },
    'no-apprentice-on-call': onCall(has, incidents, unread),
    'escalations-high': { [incidents]: [ALWAYS] },
    'toggle-removed-undocumented': { 'not-applicable': [ALWAYS] },
  };
}

function onCall(has, incidents, unread) {
  if (!has('on-calls') && !has('incidents')) {
    return { 'not-applicable': [ALWAYS] };
  }
  const learning = has('on-calls') ? 'unknown' : incidents;
  return merged(
    { [learning]: [{ fact: 'learning', operator: 'greaterThan', value: 0 }] },
    { [unread]: [is('learning', 0)] },
  );
}

/** Conditions by verdict, those of one verdict together. */
function merged(...parts) {
  const conditions = {};
  for (const part of parts) {
    for (const [verdict, any] of Object.entries(part)) {
      conditions[verdict] = [...(conditions[verdict] ?? []), ...any];
    }
  }
  return conditions;
}

module.exports = { rulesEngine };
