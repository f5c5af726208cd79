// A scenario as sources would hand it in: a catalog page, a document about the
// repository with its texts, git's log stream, a pushed document.
'use strict';

const { USERS } = require('./scenario.cjs');

const SERVICE = 'component:default/pay';
const REPOSITORY = 'https://git.acme.example/pay';

const text = day => new Date(day * 86_400_000).toISOString().slice(0, 10);
const ref = person => `user:default/${person}`;
const email = person => `${person.toLowerCase()}@acme.example`;

function page({ entity, otherServices }) {
  const users = USERS.map(name => ({
    kind: 'User',
    metadata: { name, annotations: { 'github.com/user-login': name } },
    spec: { profile: { email: email(name), displayName: `${name} Doe` } },
  }));
  const team = { kind: 'Group', metadata: { name: 'team-a' }, spec: {} };
  const others = Object.entries(otherServices).flatMap(([steward, count]) =>
    Array.from({ length: count }, (_, at) => ({
      kind: 'Component',
      metadata: {
        name: `other-${at}`,
        annotations: { 'mentorship/steward': ref(steward) },
      },
      spec: {},
    })),
  );
  const items = [...users, team, ...others, component(entity)];
  return Buffer.from(
    JSON.stringify({ items, totalItems: items.length, pageInfo: {} }),
  );
}

function component(entity) {
  const annotations = { 'backstage.io/source-location': `url:${REPOSITORY}` };
  const put = (key, value) => {
    if (value) {
      annotations[`mentorship/${key}`] = value;
    }
  };
  const people = all => all.map(ref).join(', ');
  put('steward', people(entity.steward));
  put('steward-since', entity.stewardSince && text(entity.stewardSince));
  put('backup', people(entity.backup));
  put('program-owner', people(entity.programOwner));
  put('maintainers', people(entity.maintainers));
  put('apprentices', people(entity.apprentices));
  put('critical-paths', entity.criticalPaths.join(', '));
  put('tier', entity.tier && String(entity.tier));
  put('enrolled', entity.enrolled === undefined ? '' : `${entity.enrolled}`);
  const exempt = ({ rule, until }) => `${rule} until ${text(until)}: hiring`;
  put('exempt', entity.exempt.map(exempt).join('; '));
  if (entity.pagerDuty) {
    annotations['pagerduty.com/service-id'] = 'P1';
  }
  const links = [
    entity.onCallLink && 'On-call',
    entity.objectivesLink && 'SLO',
    entity.dashboardLink && 'Dashboard',
    entity.runbookLink && 'Runbook',
    entity.walkthroughLink && 'Walkthrough',
  ].filter(Boolean);
  return {
    kind: 'Component',
    metadata: {
      name: 'pay',
      annotations,
      links: links.map(title => ({ url: 'https://acme.example/x', title })),
    },
    spec: {
      type: 'service',
      owner: entity.owner,
      system: entity.system ? 'money' : undefined,
      dependsOn: entity.dependsOn ? [] : undefined,
    },
  };
}

/** The document about the repository; undefined where nobody looked. */
function repository(scenario) {
  if (scenario.repository === 'none') {
    return undefined;
  }
  const failed = scenario.repository === 'failed';
  const files = failed ? [] : filesOf(scenario);
  const living = livingPaths(scenario.history ?? []);
  const paths = [...new Set([...living, ...files.map(file => file.path)])];
  const { change } = scenario;
  return Buffer.from(
    JSON.stringify({
      schema: 'mentorship/evidence/v1',
      repository: REPOSITORY,
      collectedAt: `${text(scenario.asOf)}T04:00:00Z`,
      services: [{ entityRef: SERVICE, directory: '' }],
      failure: scenario.repository === 'read' ? undefined : 'the host is down',
      paths: failed ? undefined : paths,
      files,
      reviews: scenario.reviews?.map(review),
      change: change && changeOf(change),
    }),
  );
}

const review = ({ by, day, path }) => ({
  reviewer: by,
  at: text(day),
  paths: [path],
});

function filesOf(scenario) {
  const { plan, codeOwners, runbooks, records, recording } = scenario;
  const file = (path, content, isUnread) =>
    isUnread ? { path, failure: 'too large' } : { path, text: content };
  return [
    ...(plan ? [file('MENTORSHIP.md', planText(plan))] : []),
    ...(codeOwners ? [file('CODEOWNERS', codeOwnersText(codeOwners))] : []),
    ...runbooks.map(one => file(one.path, runbookText(one), one.isUnread)),
    ...records.map(one => file(one.path, recordText(one), one.isUnread)),
    ...(recording
      ? [file('README.md', '# Pay\n\n[A deploy](https://youtu.be/abc)\n')]
      : []),
  ];
}

function planText(plan) {
  if (plan.form === 'prose') {
    return 'The weather was fine when we wrote this.\n';
  }
  if (plan.form === 'template') {
    return '# Mentorship\n\nSteward: <name>\nBackup: <name>\n';
  }
  const people = all => `[${all.map(ref).join(', ')}]`;
  const front = ['---', `service: ${SERVICE}`];
  const roles = {
    steward: plan.steward,
    backup: plan.backup,
    program_owner: plan.programOwner,
    maintainers: plan.maintainers,
  };
  for (const [key, all] of Object.entries(roles)) {
    if (all.length > 0) {
      front.push(`${key}: ${people(all)}`);
    }
  }
  if (plan.stewardSince !== undefined) {
    front.push(`steward_since: ${text(plan.stewardSince)}`);
  }
  if (plan.apprentices.length > 0) {
    front.push('apprentices:');
  }
  for (const one of plan.apprentices) {
    front.push(`  - user: ${ref(one.person)}`);
    const said = {
      mentor: one.mentors.length > 0 && people(one.mentors),
      started: one.started !== undefined && text(one.started),
      autonomy: one.rung,
      goal: one.hasGoal && 'deploys alone',
    };
    for (const [key, value] of Object.entries(said)) {
      if (value) {
        front.push(`    ${key}: ${value}`);
      }
    }
  }
  const lines = plan.milestones.map(one => {
    const behind = [
      ...one.by.map(ref),
      one.on !== undefined && text(one.on),
      one.link && 'https://git.acme.example/pay/pull/7',
    ].filter(Boolean);
    const tail = behind.length > 0 ? ` — ${behind.join(', ')}` : '';
    return `- [${one.ticked ? 'x' : ' '}] Day ${one.day}: ${one.title}${tail}`;
  });
  const log = plan.log.map(
    ({ day, kind, who }) => `- ${text(day)} ${kind}: ${ref(who)}`,
  );
  return [
    ...front,
    '---',
    '# Mentorship',
    '',
    '## Milestones',
    ...lines,
    '',
    '## Log',
    ...log,
    '',
  ].join('\n');
}

function codeOwnersText({ rules, hasBrokenLine }) {
  const lines = rules.map(({ pattern, owners }) =>
    [pattern, ...owners.map(owner => `@${owner}`)].join(' '),
  );
  return [...lines, ...(hasBrokenLine ? ['!/docs/ @ben'] : []), ''].join('\n');
}

function runbookText(runbook) {
  return [
    ...(runbook.reviewedOn === undefined
      ? []
      : ['---', `last_reviewed: ${text(runbook.reviewedOn)}`, '---']),
    '# A task',
    '',
    ...(runbook.hasCommands ? ['```sh', 'make restart', '```', ''] : []),
    ...(runbook.hasLink
      ? ['See [it](https://graphs.acme.example/d/1).', '']
      : []),
    ...(runbook.hasRollback ? ['## Rollback', '', 'Wait for it.', ''] : []),
  ].join('\n');
}

function recordText({ has }) {
  const said = part => has.includes(part);
  return [
    '# A choice',
    '',
    ...(said('status') ? ['Status: accepted', ''] : []),
    ...(said('context') ? ['## Context', '', 'It was so.', ''] : []),
    ...(said('decision') ? ['## Decision', '', 'We do.', ''] : []),
    ...(said('consequences') ? ['## Consequences', '', 'It is.', ''] : []),
  ].join('\n');
}

function changeOf(change) {
  if (change.failed) {
    return { failure: 'the base revision is not there' };
  }
  const count = (lines, sign) =>
    lines.filter(line => line.startsWith(sign)).length;
  const at = (path, lines) => [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -1,${count(lines, '-')} +1,${count(lines, '+')} @@`,
    ...lines,
  ];
  const diff = [
    ...(change.removesToggle
      ? at('src/a.rs', [
          "-if enabled('fast-lane') {",
          ...(change.putsItBack ? ["+if enabled('fast-lane') && now {"] : []),
        ])
      : at('src/a.rs', ['-one', '+two'])),
    ...(change.writesRunbook ? at('docs/runbooks/task-0.md', ['+One.']) : []),
    ...(change.namesRecord ? at('docs/adr/0001-choice.md', ['+One.']) : []),
    '',
  ].join('\n');
  return { diff, messages: 'Change it\n' };
}

function livingPaths(commits) {
  const living = new Set();
  for (const { kind, path, to } of commits.flatMap(one => one.changes)) {
    if (kind === 'D' || kind === 'R') {
      living.delete(path);
    } else {
      living.add(path);
    }
    if (kind === 'R') {
      living.add(to);
    }
  }
  return [...living];
}

/** The commits as git prints them; undefined where nobody read them. */
function history({ history: commits }) {
  if (!commits) {
    return undefined;
  }
  const name = number => number.toString(16).padStart(40, '0');
  const trailers = people =>
    people.map(one => `${one} <${email(one)}>`).join('\x1d');
  const records = commits.map((commit, at) => {
    const fields = [
      name(at + 1),
      at === 0 ? '' : name(at),
      commit.day * 86_400 + 3_600,
      commit.author,
      email(commit.author),
      trailers(commit.coAuthors),
      trailers(commit.reviewers),
    ];
    const changes = commit.changes.map(({ kind, path, to }) =>
      kind === 'R' ? `R090\0${path}\0${to}\0` : `${kind}\0${path}\0`,
    );
    const begin = changes.length > 0 ? '\n' : '';
    return `\x1e${fields.join('\x1f')}\0${begin}${changes.join('')}`;
  });
  return Buffer.from(records.join(''));
}

/** What was pushed; undefined where nothing was. */
function pushed({ asOf, operations }) {
  const service = { entityRef: SERVICE, failures: [] };
  const put = (field, kind, value, write) => {
    if (value === 'failed') {
      service.failures.push({ kind, reason: 'the tool is down' });
    } else if (value !== 'not looked') {
      service[field] = value.map(write);
    }
  };
  put('incidents', 'incidents', operations.incidents, one => ({
    id: one.id,
    createdAt: `${text(one.day)}T09:00:00Z`,
    resolvedAt: `${text(one.day)}T10:00:00Z`,
    resolvedBy: one.resolvedBy && ref(one.resolvedBy),
    escalationLevel: one.level,
    escalationCause: one.cause,
    responders: one.responders.map(({ person, level }) => ({
      person: ref(person),
      level,
    })),
  }));
  put('onCalls', 'on-calls', operations.onCalls, one => ({
    person: ref(one.person),
    level: one.level,
    start: one.start && text(one.start),
    end: one.end && text(one.end),
  }));
  put('reviews', 'reviews', operations.reviews, review);
  return Buffer.from(
    JSON.stringify({
      schema: 'mentorship/pushed/v1',
      collectedAt: `${text(asOf)}T05:00:00Z`,
      since: text(asOf - 400),
      services: [service],
    }),
  );
}

module.exports = {
  page,
  repository,
  history,
  pushed,
  text,
  SERVICE,
  REPOSITORY,
};
