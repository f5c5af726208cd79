// A random company around one service, as a plain description: who holds which role,
// what stands in the repository, who committed what, what happened in operation.
// `evidence.cjs` writes it down as sources would hand it in; `model.cjs` judges it.
'use strict';

/** Users of the catalog; `gus` was one, and Zed and Yan never were. */
const USERS = ['alice', 'ben', 'cleo', 'dan', 'eve', 'fay'];
const PEOPLE = [...USERS, 'gus'];
const COMMITTERS = [...PEOPLE, 'Zed', 'Yan'];
const RUNGS = ['guided', 'supervised', 'independent', 'leading'];
const KINDS = ['incidents', 'on-calls', 'deployments', 'reviews'];

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = most => Math.floor(next() * most);
  const pick = all => all[below(all.length)];
  const chance = share => next() < share;
  const some = (all, most) => {
    const left = [...all];
    const taken = [];
    for (
      let wanted = below(most + 1);
      wanted > 0 && left.length > 0;
      wanted--
    ) {
      taken.push(...left.splice(below(left.length), 1));
    }
    return taken;
  };
  const list = (most, make) =>
    Array.from({ length: below(most + 1) }, (_, at) => make(at));
  return { next, below, pick, chance, some, list };
}

/** Days since 1970-01-01 of `YYYY-MM-DD`. */
const dayOf = text => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

function scenario(seed) {
  const from = random(seed);
  const asOf = dayOf(
    from.pick(['2026-11-21', '2026-02-28', '2028-02-29', '2027-01-31']),
  );
  /** A day some time ago, now and then one to come. */
  const ago = most => asOf - from.below(most) + (from.chance(0.05) ? 30 : 0);
  const policy = policyOf(from);
  const repository = policy.sources.includes('git')
    ? from.pick(['none', 'failed', 'stale', 'read', 'read', 'read', 'read'])
    : 'none';
  const isRead = repository === 'stale' || repository === 'read';
  const history =
    isRead && from.chance(0.8) ? historyOf(from, asOf) : undefined;
  const runbooks = isRead ? from.list(2, at => runbookOf(from, at, ago)) : [];
  // What is listed and was not handed in is there, and nobody read it.
  if (runbooks.length === 0 && history && lives(history, RUNBOOK)) {
    runbooks.push({ path: RUNBOOK, isUnread: true });
  }
  return {
    seed,
    asOf,
    policy,
    entity: entityOf(from, ago),
    /** How many other services each person is steward of. */
    otherServices: from.chance(0.3)
      ? { [from.pick(USERS)]: from.below(5) }
      : {},
    repository,
    plan: isRead && from.chance(0.8) ? planOf(from, ago) : undefined,
    codeOwners: isRead && from.chance(0.7) ? codeOwnersOf(from) : undefined,
    runbooks,
    records: isRead ? from.list(2, at => recordOf(from, at)) : [],
    recording: isRead && from.chance(0.3),
    history,
    reviews:
      isRead && from.chance(0.4)
        ? from.list(6, () => ({
            by: from.pick(USERS),
            day: ago(200),
            path: from.pick(['infra/net.rs', 'src/a.rs']),
          }))
        : undefined,
    change: isRead && from.chance(0.4) ? changeOf(from) : undefined,
    operations: operationsOf(from, ago),
  };
}

function policyOf(from) {
  const thresholds = {
    rotationWindowMonths: from.pick([3, 6]),
    rotationDueMonths: from.pick([9, 12]),
    stalledAfterDays: from.pick([20, 45]),
    milestoneVeryLateDays: from.pick([10, 30]),
    maintainersTarget: from.pick([2, 3]),
    apprenticesTarget: from.pick([1, 2]),
    minimumCoveragePercent: from.pick([0, 50, 90]),
    servicesPerSteward: from.pick([1, 3]),
    singleHolderFiles: from.pick([1, 2, 5]),
    departedPercent: from.pick([10, 25, 50]),
    reviewersTarget: from.pick([1, 2, 3]),
    reviewWindowDays: from.pick([30, 90]),
    operationsWindowDays: from.pick([30, 90]),
    minimumSample: from.pick([1, 3, 5]),
    heroPercent: from.pick([50, 80]),
    escalationPercent: from.pick([20, 50]),
    stewardInactiveDays: from.pick([30, 90]),
    apprenticesPerSteward: from.pick([1, 4]),
    autonomyStuckDays: from.pick([30, 60]),
    runbookStaleDays: from.pick([100, 365]),
  };
  return {
    sources: [...(from.chance(0.85) ? ['git'] : []), ...from.some(KINDS, 4)],
    thresholds,
    weights: from.chance(0.4)
      ? { 'no-steward': from.below(20), 'no-runbook': 0, 'hero-responder': 9 }
      : {},
    program: { tiers: from.chance(0.3) ? [1, 2] : [] },
    people: { left: from.some(['user:default/fay', 'gus@acme.example'], 2) },
  };
}

function entityOf(from, ago) {
  const role = share => (from.chance(share) ? from.some(PEOPLE, 2) : []);
  return {
    tier: from.chance(0.3) ? from.pick([1, 2, 3]) : undefined,
    enrolled: from.chance(0.6) ? from.chance(0.9) : undefined,
    steward: role(0.4),
    stewardSince: from.chance(0.4) ? ago(600) : undefined,
    backup: role(0.3),
    programOwner: role(0.3),
    maintainers: role(0.3),
    apprentices: role(0.3),
    criticalPaths: from.chance(0.3)
      ? from.some(['/infra/', '/src/', '/nowhere/'], 2)
      : [],
    exempt: from
      .some(['no-backup', 'no-steward', 'hero-responder', 'bus-factor-low'], 2)
      .map(rule => ({ rule, until: ago(20) + from.below(30) })),
    owner: from.pick(['team-a', 'team-a', 'nobody', 'team-gone', undefined]),
    system: from.chance(0.8),
    dependsOn: from.chance(0.8),
    onCallLink: from.chance(0.8),
    objectivesLink: from.chance(0.8),
    dashboardLink: from.chance(0.8),
    runbookLink: from.chance(0.2),
    walkthroughLink: from.chance(0.2),
    pagerDuty: from.chance(0.3),
  };
}

function planOf(from, ago) {
  const form = from.pick(['filled', 'filled', 'filled', 'prose', 'template']);
  if (form !== 'filled') {
    return { form };
  }
  const learning = from.some(PEOPLE, 3);
  const apprentices = learning.map(person => ({
    person,
    mentors: from.chance(0.7) ? [from.pick(PEOPLE)] : [],
    started: from.chance(0.7) ? ago(150) : undefined,
    rung: from.chance(0.7) ? from.pick(RUNGS) : undefined,
    hasGoal: from.chance(0.6),
  }));
  const milestones = from.list(4, at => {
    const ticked = from.chance(0.5);
    const whose = learning.length > 0 ? [from.pick(learning)] : [];
    return {
      day: from.pick([7, 30, 60, 90]),
      title: `Step ${at}`,
      ticked,
      // A tick that names nobody would have to be guessed at.
      by: ticked || from.chance(0.5) ? whose : [],
      on: ticked && from.chance(0.7) ? ago(120) : undefined,
      link: from.chance(0.6),
    };
  });
  return {
    form,
    steward: from.some(PEOPLE, 1),
    stewardSince: from.chance(0.5) ? ago(600) : undefined,
    backup: from.some(PEOPLE, 1),
    programOwner: from.some(PEOPLE, 1),
    maintainers: from.some(PEOPLE, 2),
    apprentices,
    milestones: milestones.filter(one => !one.ticked || one.by.length > 0),
    log: from.list(2, () => ({
      day: ago(150),
      kind: from.pick(['pairing', 'handover', 'reverse shadow', 'win']),
      who: from.pick(PEOPLE),
    })),
  };
}

function codeOwnersOf(from) {
  const rules = from.list(3, () => ({
    pattern: from.pick(['*', '/infra/', '/src/']),
    owners: from.some(USERS, 2),
  }));
  return { rules, hasBrokenLine: from.chance(0.2) };
}

function runbookOf(from, at, ago) {
  return {
    path: `docs/runbooks/task-${at}.md`,
    isUnread: from.chance(0.1),
    hasCommands: from.chance(0.8),
    hasRollback: from.chance(0.8),
    hasLink: from.chance(0.8),
    reviewedOn: from.chance(0.7) ? ago(500) : undefined,
  };
}

function recordOf(from, at) {
  return {
    path: `docs/adr/000${at + 1}-choice.md`,
    isUnread: from.chance(0.1),
    has: ['context', 'decision', 'consequences', 'status'].filter(() =>
      from.chance(0.85),
    ),
  };
}

function changeOf(from) {
  return {
    failed: from.chance(0.2),
    removesToggle: from.chance(0.7),
    putsItBack: from.chance(0.2),
    writesRunbook: from.chance(0.5),
    namesRecord: from.chance(0.5),
  };
}

function operationsOf(from, ago) {
  const maybe = make => {
    const state = from.pick(['not looked', 'failed', 'listed', 'listed']);
    return state === 'listed' ? make() : state;
  };
  const person = () => from.pick(PEOPLE);
  return {
    incidents: maybe(() =>
      from.list(8, at => ({
        id: `I${at}`,
        day: ago(120),
        resolvedBy: from.chance(0.7)
          ? from.pick(['alice', person()])
          : undefined,
        level: from.chance(0.7) ? from.pick([1, 2, 3]) : undefined,
        cause: from.chance(0.4)
          ? from.pick(['knowledge', 'process'])
          : undefined,
        responders: from.list(1, () => ({
          person: person(),
          level: from.chance(0.7) ? from.pick([1, 2, 3]) : undefined,
        })),
      })),
    ),
    onCalls: maybe(() =>
      from.list(3, () => ({
        person: person(),
        level: from.pick([1, 2, 3]),
        start: from.chance(0.5) ? ago(200) : undefined,
        end: from.chance(0.3) ? ago(60) + 60 : undefined,
      })),
    ),
    reviews: maybe(() =>
      from.list(4, () => ({
        by: from.pick(USERS),
        day: ago(200),
        path: from.pick(['infra/net.rs', 'src/a.rs']),
      })),
    ),
  };
}

const RUNBOOK = 'docs/runbooks/task-0.md';
const FILES = [
  'src/a.rs',
  'src/b.rs',
  'src/api/c.rs',
  'src/api/d.rs',
  'infra/net.rs',
  RUNBOOK,
  'vendor/lib.js',
];

/** Commits one behind the other; a path that was left is never used again. */
function historyOf(from, asOf) {
  const fresh = [...FILES];
  const living = [];
  let left = from.below(25) + 1;
  let day = asOf - from.below(900) - 1;
  let moved = 0;
  const commits = [];
  while (left-- > 0 && day <= asOf) {
    const changes = [];
    const touched = new Set();
    for (let wanted = from.below(3) + 1; wanted > 0; wanted--) {
      const kind = from.below(10);
      if (fresh.length > 0 && (kind < 4 || living.length === 0)) {
        const [path] = fresh.splice(from.below(fresh.length), 1);
        living.push(path);
        touched.add(path);
        changes.push({ kind: 'A', path });
        continue;
      }
      const path = from.pick(living);
      if (path === undefined || touched.has(path)) {
        continue;
      }
      touched.add(path);
      if (kind === 4 && path !== RUNBOOK) {
        living.splice(living.indexOf(path), 1);
        changes.push({ kind: 'D', path });
      } else if (kind === 5 && path.startsWith('src/')) {
        const to = path.replace(/(-\d+)?\.rs$/, `-${moved++}.rs`);
        living.splice(living.indexOf(path), 1, to);
        touched.add(to);
        changes.push({ kind: 'R', path, to });
      } else {
        changes.push({ kind: 'M', path });
      }
    }
    commits.push({
      author: from.pick(COMMITTERS),
      coAuthors: from.chance(0.15) ? [from.pick(COMMITTERS)] : [],
      reviewers: from.chance(0.2) ? [from.pick(COMMITTERS)] : [],
      day,
      changes,
    });
    day += from.below(60);
  }
  return commits;
}

function lives(commits, path) {
  const kinds = commits.flatMap(({ changes }) =>
    changes.filter(one => one.path === path).map(one => one.kind),
  );
  return kinds.length > 0 && !kinds.includes('D');
}

module.exports = { scenario, USERS, PEOPLE, KINDS };
