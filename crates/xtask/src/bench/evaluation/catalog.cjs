// A catalog of a large company, page by page as `entities/by-query` sends it: entities
// of some 2 KB with the annotations that real ones carry, most of them nobody's
// business here. The same numbers always make the same bytes.
const PAGE_SIZE = 500;
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

const OWN_TYPES = ['service', 'service', 'service', 'website', 'library'];
const LIFECYCLES = ['production', 'production', 'experimental', 'deprecated'];
const WORDS =
  'ledger card payout risk quote order stock route login search mail image price tax audit'.split(
    ' ',
  );

/** Calls back with each page's bytes: groups, users, then services. */
function eachPage(entities, take) {
  const sizes = {
    groups: Math.ceil(entities / 100),
    users: Math.ceil(entities / 8),
  };
  let items = [];
  let sent = 0;
  const flush = () => {
    sent += items.length;
    const pageInfo = sent < entities ? { nextCursor: `c${sent}` } : {};
    const page = { items, totalItems: entities, pageInfo };
    take(Buffer.from(JSON.stringify(page)));
    items = [];
  };
  for (let at = 0; at < entities; at += 1) {
    items.push(entity(at, sizes));
    if (items.length === PAGE_SIZE) {
      flush();
    }
  }
  if (items.length > 0) {
    flush();
  }
}

function entity(at, { groups, users }) {
  if (at < groups) {
    return group(at);
  }
  if (at < groups + users) {
    return user(at - groups, groups);
  }
  return component(at - groups - users, groups, users);
}

const teamName = at => `team-${WORDS[at % WORDS.length]}-${at}`;
const userName = at => `person.${at}`;

/** Numbers in no order, of which the same seed gives the same. */
function chance(seed) {
  let state = (seed + 1) * 2_654_435_769;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
}

function envelope(kind, name, metadata, spec, relations, seed) {
  const next = chance(seed * 31 + 7);
  const hex = () => next(65_536).toString(16).padStart(4, '0');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      namespace: 'default',
      ...metadata,
      name,
      uid: `${hex()}${hex()}-${hex()}-4${hex().slice(1)}-a${hex().slice(
        1,
      )}-${hex()}${hex()}${hex()}`,
      etag: `${hex()}${hex()}${hex()}${hex()}${hex()}${hex()}${hex()}${hex()}${hex()}${hex()}`,
    },
    spec,
    relations,
  };
}

function relation(type, targetRef) {
  return { type, targetRef };
}

function group(at) {
  const name = teamName(at);
  return envelope(
    'Group',
    name,
    { description: `The people of ${name}` },
    { type: 'team', profile: { displayName: name }, children: [] },
    [],
    at,
  );
}

function user(at, groups) {
  const name = userName(at);
  const team = teamName(at % groups);
  return envelope(
    'User',
    name,
    { annotations: { 'github.com/user-login': `login-${at}` } },
    {
      profile: {
        displayName: `Person ${at}`,
        email: `person.${at}@example.org`,
      },
      memberOf: [team],
    },
    [relation('memberOf', `group:default/${team}`)],
    at,
  );
}

function component(at, groups, users) {
  const next = chance(at);
  const name = `${WORDS[next(WORDS.length)]}-${
    WORDS[next(WORDS.length)]
  }-${at}`;
  const repository = `https://github.com/acme/${name}`;
  const team = teamName(next(groups));
  const system = next(4) > 0 ? `system-${next(groups)}` : undefined;
  // One in fifty names somebody who is no user any more.
  const person = () =>
    `user:default/${
      next(50) === 0 ? `gone.${next(users)}` : userName(next(users))
    }`;
  const people = count => Array.from({ length: count }, person).join(',');
  const annotations = {
    'backstage.io/managed-by-location': `url:${repository}/blob/main/catalog-info.yaml`,
    'backstage.io/managed-by-origin-location': `url:${repository}/blob/main/catalog-info.yaml`,
    'backstage.io/view-url': `${repository}/blob/main/catalog-info.yaml`,
    'backstage.io/edit-url': `${repository}/edit/main/catalog-info.yaml`,
    'backstage.io/source-location': `url:${repository}/tree/main/`,
    'backstage.io/techdocs-ref': 'dir:.',
    'github.com/project-slug': `acme/${name}`,
    'sonarqube.org/project-key': `acme:${name}`,
    'sentry.io/project-slug': name,
    'argocd/app-name': `${name}-production`,
    'backstage.io/kubernetes-id': name,
    'snyk.io/org-name': 'acme',
  };
  if (next(2) === 0) {
    annotations['pagerduty.com/service-id'] = `P${next(1_000_000)}`;
  }
  if (next(3) === 0) {
    annotations['grafana/dashboard-selector'] = `tags @> '${name}'`;
  }
  mentorship(annotations, next, person, people);
  const dependencies = Array.from(
    { length: next(4) },
    () => `component:default/${WORDS[next(WORDS.length)]}-${next(1_000)}`,
  );
  const metadata = {
    annotations,
    description: `Takes care of "${name}" for everybody who asks for it${
      next(50) === 0 ? ' – day and night' : ''
    }, since 20${10 + next(15)}`,
    tags: ['java', 'spring', WORDS[next(WORDS.length)]],
    labels: { 'acme.example/cost-centre': `${next(1_000)}` },
    links: links(next, name),
  };
  if (next(2) === 0) {
    metadata.title = `${name.replaceAll('-', ' ')} service`;
  }
  return envelope(
    'Component',
    name,
    metadata,
    {
      type: OWN_TYPES[next(OWN_TYPES.length)],
      lifecycle: LIFECYCLES[next(LIFECYCLES.length)],
      owner: team,
      ...(system && { system }),
      ...(dependencies.length > 0 && { dependsOn: dependencies }),
    },
    [
      relation('ownedBy', `group:default/${team}`),
      ...(system ? [relation('partOf', `system:default/${system}`)] : []),
      ...dependencies.map(other => relation('dependsOn', other)),
    ],
    at,
  );
}

function mentorship(annotations, next, person, people) {
  if (next(5) === 0) {
    annotations['mentorship/enrolled'] = next(2) === 0 ? 'true' : 'false';
  }
  if (next(4) === 0) {
    return;
  }
  if (next(8) > 0) {
    annotations['mentorship/steward'] = person();
  }
  if (next(6) > 0) {
    const day = new Date(FIRST_DAY + next(1_150) * DAY);
    annotations['mentorship/steward-since'] = day.toISOString().slice(0, 10);
  }
  if (next(3) > 0) {
    annotations['mentorship/backup'] = person();
  }
  if (next(2) === 0) {
    annotations['mentorship/program-owner'] = person();
  }
  if (next(4) === 0) {
    annotations['mentorship/maintainers'] = people(1 + next(3));
  }
  if (next(3) === 0) {
    annotations['mentorship/apprentices'] = people(1 + next(3));
  }
  if (next(2) === 0) {
    annotations['mentorship/tier'] = `${1 + next(4)}`;
  }
  if (next(30) === 0) {
    annotations['mentorship/exempt'] = `no-backup until 202${6 + next(2)}-0${
      1 + next(9)
    }-01: the team is hiring`;
  }
}

function links(next, name) {
  const all = [
    ['On-call', 'https://oncall.acme.example/r/'],
    ['SLO', 'https://slo.acme.example/s/'],
    ['Dashboard', 'https://grafana.acme.example/d/'],
    ['Runbook', 'https://wiki.acme.example/runbooks/'],
    ['Recorded walkthrough', 'https://video.acme.example/v/'],
  ];
  return all
    .filter(() => next(2) === 0)
    .map(([title, address]) => ({ title, url: `${address}${name}` }));
}

module.exports = { eachPage };
