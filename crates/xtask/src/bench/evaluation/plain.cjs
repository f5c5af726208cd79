// The same judgement of entities alone, as one would write it in JavaScript: facts
// out of parsed entities, every rule that a catalog entry can decide, score, level
// and headline. What a repository or a tool would have to tell is unknown, or not
// applicable where the policy names no such source.
const DAY = 86_400_000;
const SEPARATORS = /[_/:]/g;
const WORDS = {
  onCall: standingAlone(['on-call', 'oncall', 'on call', 'pager']),
  objectives: standingAlone(['slo', 'slos', 'service level', 'error budget']),
  dashboard: standingAlone([
    'dashboard',
    'dashboards',
    'grafana',
    'monitoring',
  ]),
};
const PLACEHOLDERS = new Set(
  'guest guests unknown nobody none unowned unassigned todo tbd placeholder example default changeme change-me owner my-team your-team team-name user-name group-name'.split(
    ' ',
  ),
);

function standingAlone(words) {
  const any = words.join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'u');
}

/** `kind:namespace/name` in lower case; undefined where there is no name. */
function refOf(text, kind, namespace = 'default') {
  const match = /^(?:([^:/\s]+):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/.exec(
    text.trim(),
  );
  if (!match) {
    return undefined;
  }
  const [, ofKind = kind, ofNamespace = namespace, name] = match;
  return `${ofKind}:${ofNamespace}/${name}`.toLowerCase();
}

/** A catalog that is fed page by page and judged as of any day. */
class Catalog {
  constructor(policy) {
    this.policy = policy;
    this.services = new Map();
    this.users = new Set();
    this.groups = new Set();
  }

  take(page) {
    for (const entity of JSON.parse(page.toString('utf8')).items) {
      const { name, namespace = 'default' } = entity.metadata;
      const ref = `${entity.kind}:${namespace}/${name}`.toLowerCase();
      switch (entity.kind.toLowerCase()) {
        case 'component':
          this.services.set(ref, readService(entity, ref, namespace));
          break;
        case 'user':
          this.users.add(ref);
          break;
        case 'group':
          this.groups.add(ref);
          break;
        default:
      }
    }
  }

  /** One judgement a service, in the order of the refs. */
  judge(asOf) {
    const today = dayOf(asOf);
    const loads = this.loads();
    return [...this.services.keys()].sort().map(ref => {
      const facts = this.facts(this.services.get(ref), loads, today);
      return conclude(facts, verdicts(facts, this.policy), this.policy);
    });
  }

  loads() {
    const loads = new Map();
    for (const service of this.services.values()) {
      const [steward] = service.stewards;
      if (steward && service.enrolled !== false) {
        loads.set(steward, (loads.get(steward) ?? 0) + 1);
      }
    }
    return loads;
  }

  hasLeft(ref) {
    const { users, policy } = this;
    const gone = users.size > 0 && ref.startsWith('user:') && !users.has(ref);
    return gone || policy.people.left.includes(ref);
  }

  facts(service, loads, today) {
    const { thresholds } = this.policy;
    const left = ref => this.hasLeft(ref);
    const [steward] = service.stewards;
    const role = holders => {
      if (holders.length === 0) {
        return 'none';
      }
      return holders.every(left) ? 'left' : 'there';
    };
    const declared = new Set([
      ...service.stewards.slice(0, 1),
      ...service.backups,
      ...service.maintainers,
    ]);
    const began = service.since !== undefined && service.since <= today;
    const rotation =
      began && steward ? this.rotation(service.since, today) : undefined;
    let rotationState = 'unknown';
    if (steward && left(steward)) {
      rotationState = 'vacant';
    } else if (rotation) {
      rotationState = rotation;
    }
    const learning = service.apprentices.filter(one => !left(one)).length;
    const carriesRole =
      service.stewards.length > 0 ||
      service.backups.length > 0 ||
      service.programOwners.length > 0 ||
      service.maintainers.length > 0 ||
      service.apprentices.length > 0;
    let mentorship = 'unknown';
    if (carriesRole) {
      mentorship = service.apprentices.length > 0 ? 'planned' : 'none';
    }
    const trained = [...declared].filter(one => !left(one)).length;
    return {
      title: service.title,
      enrolled: service.enrolled ?? carriesRole,
      steward: steward ? role([steward]) : 'none',
      rotation,
      rotationState,
      since:
        service.since === undefined ? 'unknown' : began ? 'past' : 'future',
      overloaded: (loads.get(steward) ?? 0) > thresholds.servicesPerSteward,
      backup: role(service.backups),
      programOwner: role(service.programOwners),
      learning,
      mentorship,
      busFactor: declared.size > 0 ? trained : undefined,
      runbookLinked: service.runbookLinked,
      walkthroughLinked: service.walkthroughLinked,
      ownerState: this.ownerState(service.owner),
      entryComplete:
        service.hasSystem &&
        service.hasDependencies &&
        service.hasOnCall &&
        service.hasObjectives &&
        service.hasDashboard,
      exempt: service.exemptions
        .filter(one => today <= one.until)
        .map(one => one.rule),
      ageDays: rotation ? (today - service.since) / DAY : -1,
    };
  }

  rotation(since, today) {
    const { rotationWindowMonths, rotationDueMonths } = this.policy.thresholds;
    if (today < monthsLater(since, rotationWindowMonths)) {
      return 'settling';
    }
    return today <= monthsLater(since, rotationDueMonths)
      ? 'window'
      : 'overdue';
  }

  ownerState(owner) {
    if (!owner) {
      return 'lacking';
    }
    const name = owner.slice(owner.indexOf('/') + 1);
    if (PLACEHOLDERS.has(name) || /[{}<>$]/.test(name)) {
      return 'lacking';
    }
    if (this.users.has(owner) || this.groups.has(owner)) {
      return 'known';
    }
    const compared = this.users.size + this.groups.size > 0;
    return compared ? 'lacking' : 'not-compared';
  }
}

function readService(entity, ref, namespace) {
  const { annotations = {}, links = [], title, name } = entity.metadata;
  const { spec = {}, relations = [] } = entity;
  const keys = Object.keys(annotations);
  const role = key => peopleOf(annotations[`mentorship/${key}`]);
  const annotated = wanted =>
    wanted.some(one =>
      one.endsWith('/')
        ? keys.some(key => key.startsWith(one))
        : annotations[one] !== undefined,
    );
  const related = (type, kind = '') =>
    relations.find(one => one.type === type && one.targetRef.startsWith(kind))
      ?.targetRef;
  const said = links.flatMap(({ type, title: text }) =>
    [type, text].filter(Boolean).map(one => one.toLowerCase()),
  );
  const captions = links.map(one =>
    `${one.type ?? ''} ${one.title ?? ''}`.toLowerCase(),
  );
  const linked = words =>
    said.some(text => words.test(text.replace(SEPARATORS, ' ')));
  const { onCall, objectives, dashboards } = readService.annotations;
  const owner =
    related('ownedBy') ?? (spec.owner && refOf(spec.owner, 'group', namespace));
  return {
    ref,
    title: title ?? name.toLowerCase(),
    enrolled: flag(annotations['mentorship/enrolled']),
    stewards: role('steward'),
    since: dayOf(annotations['mentorship/steward-since']),
    backups: role('backup'),
    programOwners: role('program-owner'),
    maintainers: role('maintainers'),
    apprentices: role('apprentices'),
    exemptions: exemptions(annotations['mentorship/exempt']),
    owner: owner?.toLowerCase(),
    hasSystem: Boolean(related('partOf', 'system:') ?? spec.system),
    hasDependencies:
      Array.isArray(spec.dependsOn) ||
      Array.isArray(spec.consumesApis) ||
      relations.some(
        one => one.type === 'dependsOn' || one.type === 'consumesApi',
      ),
    hasOnCall: annotated(onCall) || linked(WORDS.onCall),
    hasObjectives: annotated(objectives) || linked(WORDS.objectives),
    hasDashboard: annotated(dashboards) || linked(WORDS.dashboard),
    ...linkKinds(captions),
  };
}

// The lists that the default policy has, by which a catalog entry leads elsewhere.
readService.annotations = {
  onCall: [
    'pagerduty.com/',
    'opsgenie.com/',
    'splunk.com/on-call-team',
    'rootly.com/',
    'incident.io/',
    'firehydrant.com/',
    'ilert.com/',
  ],
  objectives: ['nobl9.com/'],
  dashboards: [
    'grafana/dashboard-selector',
    'grafana/overview-dashboard',
    'datadoghq.com/',
    'newrelic.com/dashboard-guid',
    'dynatrace.com/',
    'prometheus.io/',
  ],
};

/** The first word that a caption has decides what a link leads to. */
function linkKinds(captions) {
  const kinds = captions.map(caption => {
    const has = word => caption.includes(word);
    if (has('runbook') || has('playbook')) {
      return 'runbook';
    }
    if (has('dashboard') || has('alert')) {
      return 'other';
    }
    return has('walkthrough') || has('recording') ? 'walkthrough' : 'other';
  });
  return {
    runbookLinked: kinds.includes('runbook'),
    walkthroughLinked: kinds.includes('walkthrough'),
  };
}

function peopleOf(text) {
  if (!text) {
    return [];
  }
  const refs = text.split(',').map(one => refOf(one, 'user'));
  return [...new Set(refs.filter(Boolean))];
}

function flag(text) {
  if (text === undefined) {
    return undefined;
  }
  return { true: true, yes: true, false: false, no: false }[text.toLowerCase()];
}

function exemptions(text) {
  const all = [];
  for (const entry of (text ?? '').split(';')) {
    const match = /^\s*(\S+) until ([^:]+):\s*\S/.exec(entry);
    const until = match && dayOf(match[2].trim());
    if (until) {
      all.push({ rule: match[1], until });
    }
  }
  return all;
}

/** Milliseconds of a day written `YYYY-MM-DD`; undefined where it is none. */
function dayOf(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? '');
  if (!match) {
    return undefined;
  }
  const [year, month, day] = match.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, day);
  const there = new Date(time);
  return there.getUTCMonth() === month - 1 ? time : undefined;
}

/** The same day of the month later, the end of a shorter month clamped. */
function monthsLater(time, months) {
  const date = new Date(time);
  const day = date.getUTCDate();
  const later = new Date(
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0),
  );
  later.setUTCDate(Math.min(day, later.getUTCDate()));
  return later.getTime();
}

/** `pass`, `fail`, `unknown` or `not-applicable` by rule. */
function verdicts(facts, policy) {
  const has = source => policy.sources.includes(source);
  const unread = has('git') ? 'unknown' : 'not-applicable';
  const passIf = (holds, otherwise) => (holds ? 'pass' : otherwise);
  const role = { there: 'pass', left: 'fail', none: unread };
  const withSteward = verdict =>
    facts.steward === 'there' ? verdict() : role[facts.steward];
  const { learning, busFactor, ownerState } = facts;
  const { apprenticesTarget, maintainersTarget } = policy.thresholds;
  const incidents = has('incidents') ? 'unknown' : 'not-applicable';
  const onCallVerdict = (told, otherwise) => {
    if (!told) {
      return otherwise === 'unknown' && learning === 0 ? unread : otherwise;
    }
    return learning > 0 ? 'unknown' : unread;
  };
  return {
    'no-steward': role[facts.steward],
    'steward-rotation-overdue': withSteward(() =>
      facts.rotation ? passIf(facts.rotation !== 'overdue', 'fail') : 'unknown',
    ),
    'steward-rotation-unplanned': withSteward(() => {
      if (!facts.rotation) {
        return 'unknown';
      }
      return passIf(facts.rotation === 'settling', unread);
    }),
    'steward-since-unknown': withSteward(
      () => ({ past: 'pass', future: 'fail', unknown: unread }[facts.since]),
    ),
    'steward-inactive': withSteward(() => unread),
    'steward-overloaded': withSteward(() => passIf(!facts.overloaded, 'fail')),
    'no-backup': role[facts.backup],
    'no-program-owner': role[facts.programOwner],
    'no-mentorship-plan': unread,
    'plan-unfilled': unread,
    'too-few-apprentices': passIf(learning >= apprenticesTarget, unread),
    'apprentice-without-mentor': unread,
    'apprentice-without-goal': unread,
    'milestone-overdue': unread,
    'milestone-without-deliverable': passIf(learning > 0, unread),
    'mentorship-stalled': facts.mentorship === 'unknown' ? unread : 'fail',
    'autonomy-stuck': unread,
    'bus-factor-low': passIf(busFactor >= maintainersTarget, unread),
    'single-knowledge-holder': unread,
    'knowledge-departed': unread,
    'declared-but-not-observed': unread,
    'reviewer-coverage-low': unread,
    'codeowners-missing': unread,
    'codeowners-broken': unread,
    'critical-path-unpaired': unread,
    'no-runbook': passIf(facts.runbookLinked, unread),
    'runbook-incomplete': unread,
    'runbook-stale': unread,
    'no-decision-record': unread,
    'no-recorded-walkthrough': passIf(facts.walkthroughLinked, unread),
    'catalog-entry-incomplete': entryVerdict(facts.entryComplete, ownerState),
    'hero-responder': incidents,
    'no-apprentice-on-call': onCallVerdict(has('on-calls'), incidents),
    'escalations-high': incidents,
    'toggle-removed-undocumented': 'not-applicable',
  };
}

function entryVerdict(isComplete, ownerState) {
  if (!isComplete || ownerState === 'lacking') {
    return 'fail';
  }
  return ownerState === 'known' ? 'pass' : 'unknown';
}

const LEVELS = ['developing', 'covered', 'resilient'];

/** Score, coverage, level and headline out of verdicts. */
function conclude(facts, found, policy) {
  const judged = {
    level: 'not-enrolled',
    score: null,
    coverage: null,
    mentorshipStatus: facts.mentorship,
    rotationState: facts.rotationState,
    busFactor: facts.busFactor ?? null,
    failedRules: [],
    unknownRules: [],
    headline: headline(facts),
    ageDays: facts.ageDays,
  };
  if (!facts.enrolled) {
    return judged;
  }
  const { weights, levels, thresholds } = policy;
  let [passed, known, applicable] = [0, 0, 0];
  for (const rule of policy.heaviestFirst) {
    if (facts.exempt.includes(rule)) {
      continue;
    }
    const verdict = found[rule];
    if (verdict === 'not-applicable') {
      continue;
    }
    const weight = weights[rule];
    applicable += weight;
    if (verdict === 'unknown') {
      judged.unknownRules.push(rule);
      continue;
    }
    known += weight;
    if (verdict === 'pass') {
      passed += weight;
    } else {
      judged.failedRules.push(rule);
    }
  }
  judged.level = 'unknown';
  if (applicable === 0) {
    return judged;
  }
  judged.score = Math.floor((passed * 100) / applicable);
  judged.coverage = Math.floor((known * 100) / applicable);
  if (judged.coverage >= thresholds.minimumCoveragePercent) {
    const holds = rule =>
      !facts.exempt.includes(rule) &&
      (found[rule] === 'pass' || found[rule] === 'not-applicable');
    judged.level = 'exposed';
    for (const level of LEVELS) {
      if (!levels[level].every(holds)) {
        break;
      }
      judged.level = level;
    }
  }
  return judged;
}

function headline(facts) {
  const { busFactor, title } = facts;
  const people = busFactor === 1 ? '1 person' : `${busFactor} people`;
  let lead = `${people} can run ${title} today`;
  if (busFactor === undefined) {
    lead = `Nobody can tell yet who can run ${title}`;
  } else if (busFactor === 0) {
    lead = `Everybody who could run ${title} has left`;
  } else if (busFactor === 1) {
    lead = `Only ${lead}`;
  }
  return `${lead}${facts.enrolled ? pressing(facts) : '.'}`;
}

function pressing({ rotationState, mentorship }) {
  if (rotationState === 'vacant') {
    return ', and nobody is its steward.';
  }
  if (rotationState === 'overdue') {
    return ", and the steward's rotation is overdue.";
  }
  if (mentorship === 'none') {
    return ', and nobody is learning it.';
  }
  return mentorship === 'planned' ? ', and mentoring has not begun.' : '.';
}

module.exports = { Catalog, conclude };
