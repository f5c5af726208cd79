// The same judgement once more, from the rules' pages: slow, in another language, out of
// the description of a company and not out of texts. It shares nothing with the core but
// the catalogue of rules: their order, their weights and what levels ask for.
'use strict';

const { USERS } = require('./scenario.cjs');
const { readings, livingFiles } = require('./knowledge.cjs');
const { text } = require('./evidence.cjs');

const LEVELS = ['developing', 'covered', 'resilient'];
const RUNGS = ['guided', 'supervised', 'independent', 'leading'];

/** Months later, the end of a shorter month clamped. */
function monthsLater(day, months) {
  const date = new Date(day * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const at = Math.min(date.getUTCDate(), length);
  return Date.UTC(year, month, at) / 86_400_000;
}

function wholeMonths(from, to) {
  let months = 0;
  while (monthsLater(from, months + 1) <= to) {
    months += 1;
  }
  return months;
}

/** Judges a scenario; `catalogue` is that of the default policy. */
function judge(scenario, catalogue) {
  const facts = factsOf(scenario);
  const found = verdicts(facts);
  const { authorship, recent } = facts.knowledge ?? {};
  const row = conclude(facts, found, catalogue);
  return { row, verdicts: found, holders: { authorship, recent } };
}

function factsOf(scenario) {
  const { asOf, policy, entity, repository } = scenario;
  const isRead = repository === 'read' || repository === 'stale';
  const plan = scenario.plan;
  const said = plan?.form === 'filled' ? plan : undefined;
  const left = person =>
    !USERS.includes(person) ||
    policy.people.left.includes(`user:default/${person}`);

  const named = (annotated, planned) => [
    ...new Set([...annotated, ...(planned ?? [])]),
  ];
  const stewards = named(entity.steward, said?.steward);
  const steward = stewards[0];
  const isOfPlan = !said?.steward.length || said.steward.includes(steward);
  const planned = steward && isOfPlan ? said?.stewardSince : undefined;
  const maintainers =
    entity.maintainers.length > 0
      ? entity.maintainers
      : said?.maintainers ?? [];
  const apprentices = apprenticesOf(entity, said, asOf);
  const open = apprentices.filter(one => !one.finished && !left(one.person));
  const ready = apprentices.filter(one => RUNGS.indexOf(one.rung) >= 2);
  const backups = named(entity.backup, said?.backup);
  const declared = new Set([
    ...(steward ? [steward] : []),
    ...backups,
    ...maintainers,
    ...ready.map(one => one.person),
  ]);
  const trained = [...declared].filter(person => !left(person));
  const since = entity.stewardSince ?? planned;
  const facts = {
    scenario,
    thresholds: policy.thresholds,
    isRead,
    left,
    plan,
    said,
    stewards,
    steward,
    backups,
    programOwners: named(entity.programOwner, said?.programOwner),
    maintainers,
    apprentices,
    open,
    since,
    age:
      steward && since !== undefined && since <= asOf
        ? asOf - since
        : undefined,
    declared,
    trained,
    ready: ready.filter(one => !left(one.person)).map(one => one.person),
    knowledge: knowledgeOf(scenario, left),
    // Nobody looked at earlier versions of the plan.
    versionsAreRead: !isRead,
  };
  facts.rotation = rotationOf(facts);
  facts.mentorship = mentorshipOf(facts);
  return facts;
}

/** Apprenticeships with their milestones, those of the annotation where it names any. */
function apprenticesOf(entity, said, asOf) {
  const planned = said?.apprentices ?? [];
  const people =
    entity.apprentices.length > 0
      ? entity.apprentices
      : planned.map(one => one.person);
  return people.map(person => {
    const own = planned.find(one => one.person === person);
    const milestones = (said?.milestones ?? []).flatMap(one => {
      const isTheirs = one.by.includes(person);
      if (one.by.length > 0 && !isTheirs && !one.ticked) {
        return [];
      }
      const done = one.ticked && isTheirs;
      const due =
        own?.started === undefined ? undefined : own.started + one.day;
      return [
        {
          done,
          on: done ? one.on : undefined,
          hasLink: one.link,
          due,
          late: !done && due < asOf ? asOf - due : undefined,
        },
      ];
    });
    const allDone = milestones.length > 0 && milestones.every(one => one.done);
    return {
      person,
      mentors: own?.mentors ?? [],
      started: own?.started,
      rung: own?.rung,
      hasGoal: own?.hasGoal ?? false,
      milestones,
      finished: allDone || own?.rung === 'leading',
    };
  });
}

function knowledgeOf(scenario, left) {
  const { history, policy } = scenario;
  if (!history) {
    return undefined;
  }
  const isUser = person => USERS.includes(person);
  const hasLeft = person =>
    isUser(person)
      ? left(person)
      : policy.people.left.includes(`${person.toLowerCase()}@acme.example`);
  const keyOf = person => `${person.toLowerCase()}@acme.example`;
  const isUnknown = person => !isUser(person);
  const seen = new Map();
  for (const commit of history) {
    if (commit.changes.length > 0) {
      const people = [commit.author, ...commit.coAuthors, ...commit.reviewers];
      for (const person of people) {
        seen.set(person, Math.max(seen.get(person) ?? -Infinity, commit.day));
      }
    }
  }
  return {
    ...readings(history, { left: hasLeft, keyOf, isUnknown }),
    seen,
    unmapped: [...seen.keys()].filter(one => isUnknown(one) && !hasLeft(one))
      .length,
    namesReviewers: history.some(commit => commit.reviewers.length > 0),
  };
}

function rotationOf({
  scenario,
  steward,
  left,
  age,
  since,
  thresholds,
  isRead,
}) {
  if (!steward) {
    return isRead ? 'vacant' : 'unknown';
  }
  if (left(steward)) {
    return 'vacant';
  }
  if (age === undefined) {
    return 'unknown';
  }
  const { rotationWindowMonths, rotationDueMonths } = thresholds;
  if (scenario.asOf < monthsLater(since, rotationWindowMonths)) {
    return 'settling';
  }
  const due = monthsLater(since, rotationDueMonths);
  return scenario.asOf <= due ? 'window' : 'overdue';
}

function mentorshipOf(facts) {
  const { scenario, plan, said, apprentices, open, trained, thresholds } =
    facts;
  const { asOf, entity } = scenario;
  const annotated = [
    entity.steward,
    entity.backup,
    entity.programOwner,
    entity.maintainers,
    entity.apprentices,
  ].some(people => people.length > 0);
  if (!plan && !facts.isRead && !annotated) {
    return 'unknown';
  }
  if (apprentices.length === 0 && !plan) {
    return 'none';
  }
  const finished = apprentices.some(one => one.finished);
  if (
    finished &&
    open.length === 0 &&
    trained.length >= thresholds.maintainersTarget
  ) {
    return 'graduated';
  }
  const days = [
    ...(said?.log ?? []).map(entry => entry.day),
    ...apprentices.flatMap(one => [
      one.started,
      ...one.milestones.map(milestone => milestone.on),
    ]),
  ].filter(day => day !== undefined && day <= asOf);
  const moved = days.length > 0 ? Math.max(...days) : undefined;
  const late = open.flatMap(one =>
    one.milestones.map(milestone => milestone.late),
  );
  if (
    asOf - moved > thresholds.stalledAfterDays ||
    late.some(by => by > thresholds.milestoneVeryLateDays)
  ) {
    return 'stalled';
  }
  return open.length > 0 && moved !== undefined ? 'active' : 'planned';
}

/** `pass`, `fail`, `unknown` or `not-applicable` of each rule. */
function verdicts(facts) {
  const { scenario, thresholds, isRead, left, plan, steward, open, knowledge } =
    facts;
  const { asOf, policy, entity } = scenario;
  const has = source => policy.sources.includes(source);
  // Of a repository that was not read nobody can tell.
  const unread = has('git') ? 'unknown' : 'not-applicable';
  const passIf = holds => (holds ? 'pass' : 'fail');
  const ifRead = judged => (isRead ? judged() : unread);
  const ifHistory = judged => (knowledge ? judged() : unread);

  const role = holders => {
    if (holders.length === 0) {
      return ifRead(() => 'fail');
    }
    return passIf(holders.some(person => !left(person)));
  };
  const ifSteward = judged => {
    if (steward) {
      return left(steward) ? 'fail' : judged();
    }
    return ifRead(() => 'fail');
  };
  const ifLearning = judged => {
    if (open.length > 0) {
      return judged();
    }
    return facts.mentorship === 'graduated' ? 'pass' : ifRead(() => 'fail');
  };
  const every = holds =>
    ifLearning(() => (open.every(holds) ? 'pass' : ifRead(() => 'fail')));
  const openMilestones = open.flatMap(one =>
    one.milestones.filter(milestone => !milestone.done),
  );
  const startIsUntold = open.some(
    one =>
      one.started === undefined &&
      one.milestones.some(milestone => !milestone.done),
  );
  const linked = entity.runbookLink;
  const runbooks = scenario.runbooks;
  const eachRunbook = judged => {
    if (!isRead) {
      return unread;
    }
    if (runbooks.length > 0) {
      return judged();
    }
    return linked ? 'unknown' : 'fail';
  };
  const critical = criticalPathsOf(facts);
  const operations = operationsOf(facts);

  return {
    'no-steward': ifSteward(() => 'pass'),
    'steward-rotation-overdue': ifSteward(() =>
      facts.age === undefined
        ? 'unknown'
        : passIf(facts.rotation !== 'overdue'),
    ),
    'steward-rotation-unplanned': ifSteward(() => {
      if (facts.rotation === 'unknown') {
        return 'unknown';
      }
      const begun = (facts.said?.log ?? []).some(
        ({ day, kind }) =>
          ['handover', 'reverse shadow'].includes(kind) &&
          day <= asOf &&
          day > facts.since,
      );
      if (facts.rotation === 'settling' || begun || facts.ready.length > 0) {
        return 'pass';
      }
      return ifRead(() => 'fail');
    }),
    'steward-since-unknown': ifSteward(() => {
      if (facts.since !== undefined) {
        return passIf(facts.since <= asOf);
      }
      return isRead ? 'unknown' : unread;
    }),
    'steward-inactive': ifSteward(() => stewardInactive(facts, unread)),
    'steward-overloaded': ifSteward(() => {
      const mentored = facts.said?.apprentices ?? [];
      const apprentices =
        entity.enrolled === false
          ? 0
          : mentored.filter(
              one => one.rung !== 'leading' && one.mentors.includes(steward),
            ).length;
      const own = entity.enrolled === false ? 0 : 1;
      const services = (scenario.otherServices[steward] ?? 0) + own;
      return passIf(
        services <= thresholds.servicesPerSteward &&
          apprentices <= thresholds.apprenticesPerSteward,
      );
    }),
    'no-backup': role(facts.backups),
    'no-program-owner': role(facts.programOwners),
    'no-mentorship-plan': ifRead(() => passIf(plan)),
    'plan-unfilled': ifRead(() =>
      passIf(facts.said && saysAnything(facts.said)),
    ),
    'too-few-apprentices':
      open.length >= thresholds.apprenticesTarget ||
      facts.mentorship === 'graduated'
        ? 'pass'
        : ifRead(() => 'fail'),
    'apprentice-without-mentor': every(one =>
      one.mentors.some(mentor => !left(mentor)),
    ),
    'apprentice-without-goal': every(one => one.hasGoal),
    'milestone-overdue': ifLearning(() => {
      if (openMilestones.some(milestone => milestone.late > 0)) {
        return 'fail';
      }
      if (startIsUntold) {
        return 'unknown';
      }
      if (openMilestones.some(milestone => milestone.due !== undefined)) {
        return 'pass';
      }
      return ifRead(() => (openMilestones.length === 0 ? 'pass' : 'unknown'));
    }),
    'milestone-without-deliverable': ifLearning(() =>
      passIf(
        open
          .flatMap(one => one.milestones)
          .every(milestone => !milestone.done || milestone.hasLink),
      ),
    ),
    'mentorship-stalled': {
      active: startIsUntold ? 'unknown' : 'pass',
      graduated: startIsUntold ? 'unknown' : 'pass',
      stalled: 'fail',
      none: 'fail',
      planned: 'fail',
      unknown: unread,
    }[facts.mentorship],
    'autonomy-stuck': ifLearning(() => {
      const stays = open.map(one => stayOf(one, facts));
      if (stays.includes('long')) {
        return 'fail';
      }
      return stays.includes('untold') ? ifRead(() => 'unknown') : 'pass';
    }),
    'bus-factor-low': busFactorLow(facts, unread),
    'single-knowledge-holder': ifHistory(() =>
      passIf(
        knowledge.singleHolders.every(
          files => files < thresholds.singleHolderFiles,
        ),
      ),
    ),
    'knowledge-departed': ifHistory(() => {
      const tooMany = files =>
        knowledge.counted > 0 &&
        files * 100 >= thresholds.departedPercent * knowledge.counted;
      if (tooMany(knowledge.orphaned)) {
        return 'fail';
      }
      return tooMany(knowledge.heldByUnknown) ? 'unknown' : 'pass';
    }),
    'declared-but-not-observed': notObserved(facts, unread),
    'reviewer-coverage-low': reviewerCoverage(facts, critical, unread),
    'codeowners-missing': ifRead(() =>
      passIf(scenario.codeOwners?.rules.some(rule => rule.owners.length > 0)),
    ),
    'codeowners-broken': ifRead(() =>
      passIf(scenario.codeOwners && !scenario.codeOwners.hasBrokenLine),
    ),
    'critical-path-unpaired': ifRead(() =>
      passIf(critical.every(path => path.isPaired)),
    ),
    'no-runbook': linked || runbooks.length > 0 ? 'pass' : ifRead(() => 'fail'),
    'runbook-incomplete': eachRunbook(() => {
      const lacks = one =>
        !one.isUnread && !(one.hasCommands && one.hasRollback && one.hasLink);
      if (runbooks.some(lacks)) {
        return 'fail';
      }
      return runbooks.some(one => one.isUnread) ? 'unknown' : 'pass';
    }),
    'runbook-stale': eachRunbook(() => {
      const days = runbooks
        .filter(one => !one.isUnread)
        .map(one => one.reviewedOn ?? lastChange(scenario, one.path));
      if (days.some(day => day < asOf - thresholds.runbookStaleDays)) {
        return 'fail';
      }
      const isTold = runbooks.every(one => !one.isUnread);
      return isTold && !days.includes(undefined) ? 'pass' : 'unknown';
    }),
    'no-decision-record': ifRead(() => {
      const { records } = scenario;
      if (records.some(one => !one.isUnread && one.has.length === 4)) {
        return 'pass';
      }
      return records.some(one => one.isUnread) ? 'unknown' : 'fail';
    }),
    'no-recorded-walkthrough':
      entity.walkthroughLink || scenario.recording
        ? 'pass'
        : ifRead(() => 'fail'),
    'catalog-entry-incomplete': passIf(
      entity.owner === 'team-a' &&
        entity.system &&
        entity.dependsOn &&
        (entity.onCallLink || entity.pagerDuty) &&
        entity.objectivesLink &&
        entity.dashboardLink,
    ),
    ...operations,
    'toggle-removed-undocumented': changeOf(scenario.change),
  };
}

/** Somebody, a milestone, an entry or a day: headings alone are no plan. */
function saysAnything(plan) {
  const { stewardSince, form, ...lists } = plan;
  const isNamed = Object.values(lists).some(list => list.length > 0);
  return isNamed || stewardSince !== undefined;
}

function changeOf(change) {
  if (!change) {
    return 'not-applicable';
  }
  if (change.failed) {
    return 'unknown';
  }
  const isGone = change.removesToggle && !change.putsItBack;
  const isTold = change.writesRunbook && change.namesRecord;
  return isGone && !isTold ? 'fail' : 'pass';
}

/** The day of the newest commit that touched a file that lives, under any name. */
function lastChange({ history }, path) {
  const events = history && livingFiles(history).get(path);
  return events && Math.max(...events.map(({ commit }) => commit.day));
}

function stayOf(one, { scenario, thresholds }) {
  const most = thresholds.autonomyStuckDays;
  const days =
    one.started === undefined ? undefined : scenario.asOf - one.started;
  if (one.rung === 'independent' || one.rung === 'leading') {
    return 'short';
  }
  // No earlier version says since when somebody is on a rung but the first.
  if (one.rung === 'guided' && days !== undefined) {
    return days > most ? 'long' : 'short';
  }
  return days <= most ? 'short' : 'untold';
}

function busFactorLow(
  { declared, trained, knowledge, isRead, thresholds },
  unread,
) {
  const target = thresholds.maintainersTarget;
  if (
    (declared.size > 0 && trained.length >= target) ||
    knowledge?.recent.value >= target
  ) {
    return 'pass';
  }
  return isRead && knowledge ? 'fail' : unread;
}

function notObserved({ trained, knowledge, isRead }, unread) {
  if (trained.length === 0) {
    return isRead ? 'fail' : unread;
  }
  if (!knowledge) {
    return unread;
  }
  if (trained.every(person => knowledge.seen.has(person))) {
    return 'pass';
  }
  return knowledge.unmapped > 0 ? 'unknown' : 'fail';
}

/** All reviews that a code host or a pipeline told of; undefined where nobody looked. */
function reviewsOf({ scenario }) {
  const { reviews, operations, policy } = scenario;
  const isPushed =
    policy.sources.includes('reviews') && Array.isArray(operations.reviews);
  const pushed = isPushed ? operations.reviews : undefined;
  return reviews || pushed
    ? [...(reviews ?? []), ...(pushed ?? [])]
    : undefined;
}

function stewardInactive(facts, unread) {
  const { scenario, thresholds, steward, knowledge, said, age, isRead } = facts;
  if (!knowledge) {
    return unread;
  }
  const from = scenario.asOf - thresholds.stewardInactiveDays;
  const reviews = reviewsOf(facts);
  const days = [
    knowledge.seen.get(steward),
    ...(reviews ?? []).filter(one => one.by === steward).map(one => one.day),
    ...(said?.log ?? [])
      .filter(entry => entry.who === steward && entry.day <= scenario.asOf)
      .map(entry => entry.day),
  ];
  if (days.some(day => day > from)) {
    return 'pass';
  }
  if (age !== undefined && scenario.asOf - age > from) {
    return 'pass';
  }
  if (!isRead) {
    return unread;
  }
  if (!reviews && scenario.policy.sources.includes('reviews')) {
    return 'unknown';
  }
  return !knowledge.seen.has(steward) && knowledge.unmapped > 0
    ? 'unknown'
    : 'fail';
}

/** Each critical path: whether it is paired, and who reviewed it where it changed. */
function criticalPathsOf(facts) {
  const { scenario, left, stewards, apprentices, isRead } = facts;
  if (!isRead) {
    return [];
  }
  const { entity, codeOwners, history, asOf } = scenario;
  const living = livingFiles(history ?? []);
  const byDefault = entity.criticalPaths.length === 0;
  const patterns = byDefault ? ['/infra/'] : entity.criticalPaths;
  const reviews = reviewsOf(facts);
  const from = asOf - facts.thresholds.reviewWindowDays;
  const inWindow = day => from < day && day <= asOf;
  return patterns.flatMap(pattern => {
    const files = [...living.keys()].filter(path =>
      `/${path}`.startsWith(pattern),
    );
    if (files.length === 0 && byDefault) {
      return [];
    }
    const isOwned = path => {
      const rule = (codeOwners?.rules ?? []).findLast(
        ({ pattern: of }) => of === '*' || `/${path}`.startsWith(of),
      );
      const there = (rule?.owners ?? []).filter(person => !left(person));
      return (
        there.some(person => stewards.includes(person)) &&
        there.some(person => apprentices.some(one => one.person === person))
      );
    };
    const commits = new Set(
      files.flatMap(path => living.get(path).map(({ commit }) => commit)),
    );
    const wasCalled = (file, name, day) =>
      living.get(file).some(one => one.from === name && day <= one.commit.day);
    const told = reviews
      ? reviews.filter(({ path, day }) =>
          files.some(file => file === path || wasCalled(file, path, day)),
        )
      : // Nobody reviews what they wrote themselves.
        [...commits].flatMap(({ day, author, reviewers }) =>
          reviewers.filter(by => by !== author).map(by => ({ by, day })),
        );
    const changed = [
      ...[...commits].map(commit => commit.day),
      ...(reviews ? told.map(one => one.day) : []),
    ];
    return [
      {
        isPaired: files.length > 0 && files.every(isOwned),
        changed: changed.some(inWindow),
        reviewers: new Set(
          told.filter(one => inWindow(one.day)).map(one => one.by),
        ).size,
      },
    ];
  });
}

function reviewerCoverage(facts, critical, unread) {
  const { scenario, knowledge, isRead, thresholds } = facts;
  if (!isRead) {
    return unread;
  }
  if (critical.length === 0) {
    return 'pass';
  }
  if (!reviewsOf(facts) && !knowledge?.namesReviewers) {
    const isConfigured = scenario.policy.sources.includes('reviews');
    return knowledge && !isConfigured ? 'not-applicable' : 'unknown';
  }
  const isShort = path =>
    path.changed && path.reviewers < thresholds.reviewersTarget;
  return critical.some(isShort) ? 'fail' : 'pass';
}

/** The three rules about what happened in operation. */
function operationsOf(facts) {
  const { scenario, thresholds, open, mentorship, isRead } = facts;
  const { asOf, policy, operations } = scenario;
  const from = asOf - thresholds.operationsWindowDays;
  /** The records of a kind, or the verdict where there are none to judge. */
  const delivered = (kind, records) => {
    if (!policy.sources.includes(kind)) {
      return 'not-applicable';
    }
    return Array.isArray(records) ? records : 'unknown';
  };
  let incidents = delivered('incidents', operations.incidents);
  if (Array.isArray(incidents)) {
    incidents = incidents.filter(one => from < one.day && one.day <= asOf);
  }
  const onCalls = delivered('on-calls', operations.onCalls);
  return {
    'hero-responder': Array.isArray(incidents)
      ? hero(incidents, thresholds)
      : incidents,
    'no-apprentice-on-call': apprenticeOnCall(),
    'escalations-high': Array.isArray(incidents)
      ? escalations(incidents, thresholds)
      : incidents,
  };

  function apprenticeOnCall() {
    if (onCalls === 'not-applicable' && !Array.isArray(incidents)) {
      return incidents;
    }
    if (open.length === 0) {
      if (mentorship === 'graduated') {
        return 'pass';
      }
      if (isRead) {
        return 'fail';
      }
      return policy.sources.includes('git') ? 'unknown' : 'not-applicable';
    }
    const listed = Array.isArray(onCalls)
      ? onCalls.filter(
          ({ level, start, end }) =>
            level <= 2 && !(start > asOf) && !(end <= from),
        )
      : [];
    const paged = Array.isArray(incidents)
      ? incidents.flatMap(one => one.responders).filter(one => one.level <= 2)
      : [];
    const ready = [...listed, ...paged].map(one => one.person);
    if (ready.some(person => open.some(one => one.person === person))) {
      return 'pass';
    }
    if (
      Array.isArray(onCalls) ||
      (Array.isArray(incidents) && ready.length > 0)
    ) {
      return 'fail';
    }
    return 'unknown';
  }
}

function hero(incidents, { minimumSample, heroPercent }) {
  const by = new Map();
  for (const { resolvedBy } of incidents) {
    if (resolvedBy) {
      by.set(resolvedBy, (by.get(resolvedBy) ?? 0) + 1);
    }
  }
  const all = [...by.values()].reduce((sum, one) => sum + one, 0);
  const most = Math.max(0, ...by.values());
  const isHero = all >= minimumSample && most * 100 >= heroPercent * all;
  return isHero ? 'fail' : 'pass';
}

function escalations(incidents, { minimumSample, escalationPercent }) {
  /** The highest that is told, of the incident or else of those whom it paged. */
  const levelOf = ({ level, responders }) =>
    level ?? responders.map(one => one.level).find(one => one !== undefined);
  const pages = incidents.filter(
    one =>
      one.responders.length > 0 || one.resolvedBy || one.level !== undefined,
  );
  if (pages.length < minimumSample) {
    return 'pass';
  }
  const many = count => count * 100 >= escalationPercent * pages.length;
  const known = pages.filter(one => one.cause === 'knowledge').length;
  const untold = pages.filter(
    one => one.cause === undefined && levelOf(one) !== 1,
  ).length;
  if (many(known)) {
    return 'fail';
  }
  return many(known + untold) ? 'unknown' : 'pass';
}

/** What a row of the export says. */
function conclude(facts, found, catalogue) {
  const { scenario, declared, trained, knowledge, apprentices, said } = facts;
  const { asOf, policy, entity } = scenario;
  const roles = [facts.stewards, facts.backups, facts.programOwners];
  const carriesRole = [...roles, facts.maintainers, apprentices].some(
    all => all.length > 0,
  );
  const isSelected = policy.program.tiers.includes(entity.tier);
  const isEnrolled =
    entity.enrolled ?? (isSelected || carriesRole || Boolean(facts.plan));
  const weights = Object.fromEntries(
    catalogue.rules.map(rule => [
      rule.id,
      policy.weights[rule.id] ?? rule.weight,
    ]),
  );
  const ids = catalogue.rules.map(rule => rule.id);
  const heaviest = [...ids].sort((one, next) => weights[next] - weights[one]);
  const exempt = new Set(
    entity.exempt.filter(one => asOf <= one.until).map(one => one.rule),
  );
  const holding = verdict =>
    heaviest.filter(id => !exempt.has(id) && found[id] === verdict);
  const sum = rules => rules.reduce((all, id) => all + weights[id], 0);
  const [passed, failed, unknown] = ['pass', 'fail', 'unknown'].map(holding);
  const applicable = sum(passed) + sum(failed) + sum(unknown);
  const percent = part =>
    isEnrolled && applicable > 0 ? Math.floor((part * 100) / applicable) : null;
  const coverage = percent(sum(passed) + sum(failed));
  const milestones = apprentices.flatMap(one => one.milestones);
  const dues = facts.open
    .flatMap(one => one.milestones)
    .filter(milestone => !milestone.done && milestone.due !== undefined);
  const busFactor =
    declared.size > 0 ? trained.length : knowledge?.recent.value ?? null;
  const isKnown = facts.mentorship !== 'unknown';
  return {
    level: levelOf(),
    score: percent(sum(passed)),
    coverage,
    mentorshipStatus: facts.mentorship,
    apprentices: isKnown ? facts.open.length : null,
    milestonesDone: isKnown ? milestones.filter(one => one.done).length : null,
    milestonesTotal: isKnown ? milestones.length : null,
    nextMilestoneDue:
      dues.length > 0 ? text(Math.min(...dues.map(one => one.due))) : null,
    steward: facts.steward ? `user:default/${facts.steward}` : null,
    stewardAgeDays: facts.age ?? null,
    stewardAgeMonths:
      facts.age === undefined ? null : wholeMonths(facts.since, asOf),
    rotationState: facts.rotation,
    busFactor,
    busFactorDeclared: declared.size > 0 ? trained.length : null,
    busFactorAuthorship: knowledge?.authorship.value ?? null,
    busFactorRecent: knowledge?.recent.value ?? null,
    contributorAbsenceFactor: knowledge?.absence ?? null,
    failedRules: isEnrolled ? failed : [],
    unknownRules: isEnrolled ? unknown : [],
  };

  function levelOf() {
    if (!isEnrolled) {
      return 'not-enrolled';
    }
    if (
      coverage === null ||
      coverage < policy.thresholds.minimumCoveragePercent
    ) {
      return 'unknown';
    }
    const holds = id =>
      !exempt.has(id) && ['pass', 'not-applicable'].includes(found[id]);
    let reached = 'exposed';
    for (const level of LEVELS) {
      const asked = catalogue.rules.filter(rule => rule.levels.includes(level));
      if (!asked.every(rule => holds(rule.id))) {
        break;
      }
      reached = level;
    }
    return reached;
  }
}

module.exports = { judge };
