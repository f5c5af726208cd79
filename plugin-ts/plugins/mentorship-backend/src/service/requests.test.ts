import { ApiDescription } from '../__testUtils__/ApiDescription';
import {
  parseBaselineRequest,
  parseConfirmation,
  parseCsvRequest,
  parseEntityPath,
  parseFacetsRequest,
  parseGroupsRequest,
  parseKnowledgeRequest,
  parsePageRequest,
  parseRefsRequest,
  parseRiskRequest,
  parseStatusRequest,
  parseWhatIfRequest,
} from './requests';

/** Values at and beyond the bounds of one parameter or another. */
const VALUES = [
  ...['', 'x', 'X-1', 'é', 'true', 'false', '-1', '0', '1', '1.5', '6', '7'],
  ...['20', '100', '101', '255', '256', 'exposed', 'stalled', 'window', 'thin'],
  ...['owner', 'system', 'score,desc', 'level', 'level,down', 'rank,asc'],
  ...[1000, 1001, 4000, 4001, 10_000, 10_001].map(size => 'x'.repeat(size)),
];

const description = new ApiDescription();

function holds(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

describe('questions', () => {
  const PARSERS: Array<[string, (query: unknown) => unknown, object]> = [
    ['GET /assessments', parsePageRequest, {}],
    ['GET /assessments/facets', parseFacetsRequest, {}],
    ['GET /assessments/groups', parseGroupsRequest, { by: 'owner' }],
    ['GET /assessments.csv', parseCsvRequest, {}],
    ['GET /risk-queue', parseRiskRequest, {}],
    ['GET /status', parseStatusRequest, {}],
    [
      'GET /assessments/by-entity/{kind}/{namespace}/{name}/knowledge',
      parseKnowledgeRequest,
      {},
    ],
  ];

  it('are parsed wherever there are any', () => {
    expect(PARSERS.map(([route]) => route).sort()).toEqual(
      description.routes.filter(
        route => description.parameters(route).length > 0,
      ),
    );
  });

  it.each(PARSERS)(
    'are understood as described: %s',
    (route, parser, required) => {
      const names = [...description.parameters(route), 'nothing'];
      for (const name of names) {
        for (const values of [...VALUES.map(each => [each]), ['1', '6']]) {
          const asked = new URLSearchParams({ ...required });
          asked.delete(name);
          values.forEach(value => asked.append(name, value));
          const query = {
            ...required,
            [name]: values.length > 1 ? values : values[0],
          };
          const told = `${asked}`.slice(0, 60);
          expect([told, holds(() => parser(query))]).toEqual([
            told,
            holds(() => description.holdQuestion(route, asked)),
          ]);
        }
      }
      const nothing = new URLSearchParams();
      expect(holds(() => parser({}))).toBe(
        holds(() => description.holdQuestion(route, nothing)),
      );
    },
  );
});

/** Values of every kind of JSON, at and beyond the bounds of one field or another. */
const FIELDS = [
  ...[
    null,
    true,
    {},
    -1,
    0,
    1.5,
    1_000_000,
    1_000_001,
    '',
    'x',
    'a:b',
    'a:b/c',
  ],
  ...['a:', ':a', '/a', 'a:/b', 'a:b/', 'a:b:c', 'a:b/c/d', 'a/b:c', 'é:b'],
  ...['2026-11-20', '2026-02-30', '2026-11-20T00:00:00Z'],
  ...[1000, 1001].map(size => 'x'.repeat(size)),
  ...[0, 1, 100, 101, 200, 201].map(size =>
    Array.from({ length: size }, (_, at) => `api:default/x${at}`),
  ),
];

/** A document with one thing in it changed: left out, added, or another value. */
function* changed(document: unknown): Generator<unknown> {
  yield* FIELDS;
  if (Array.isArray(document)) {
    for (const [at, item] of document.entries()) {
      for (const other of changed(item)) yield document.with(at, other);
    }
  } else if (document !== null && typeof document === 'object') {
    yield { ...document, nothing: 1 };
    for (const [key, value] of Object.entries(document)) {
      const { [key as never]: _, ...rest } = document;
      yield rest;
      for (const other of changed(value)) yield { ...document, [key]: other };
    }
  }
}

describe('what is sent', () => {
  /** Whether a body means something, which the description says in words. */
  type Meant = (body: any) => boolean;
  const somebody: Meant = ({ leaves = [], dueThisQuarter = false }) =>
    leaves.length > 0 || dueThisQuarter;
  const question = { leaves: ['user:default/ann'], dueThisQuarter: true };
  const BODIES: Array<[string, (body: unknown) => unknown, object, Meant?]> = [
    ['POST /assessments/by-refs', parseRefsRequest, { entityRefs: ['a:b/c'] }],
    ['POST /what-if', parseWhatIfRequest, question, somebody],
    ['POST /what-if.csv', parseWhatIfRequest, question, somebody],
    [
      'PUT /program/baseline',
      parseBaselineRequest,
      { baselines: [{ measure: 'ramp-time', value: 3 }] },
    ],
    [
      'PUT /program/rollout/{step}',
      parseConfirmation,
      { confirmed: true, on: '2026-11-20' },
    ],
  ];

  it('is parsed wherever there is any', () => {
    // What pipelines push is read by the core, and held to its own schema there.
    const isPushed = (route: string) => route.includes('/evidence/');
    expect(BODIES.map(([route]) => route).sort()).toEqual(
      description.routes.filter(
        route => description.hasBody(route) && !isPushed(route),
      ),
    );
  });

  it.each(BODIES)(
    'is understood as described: %s',
    (route, parser, body, isMeant = () => true) => {
      expect(holds(() => parser(body))).toBe(true);
      for (const other of changed(body)) {
        const told = JSON.stringify(other).slice(0, 80);
        expect([told, holds(() => parser(other))]).toEqual([
          told,
          description.takesBody(route, other) && isMeant(other),
        ]);
      }
    },
  );
});

describe('parsePageRequest', () => {
  it('fills in what is not asked for', () => {
    expect(parsePageRequest({})).toEqual({
      filter: {},
      order: { field: 'level', direction: 'asc' },
      cursor: undefined,
      limit: 20,
    });
  });

  it('understands every parameter, given once or several times', () => {
    expect(
      parsePageRequest({
        text: 'pay',
        owner: ['group:default/a', 'group:default/b'],
        system: 'system:default/shop',
        level: ['exposed', 'not-enrolled'],
        mentorshipStatus: 'none',
        rotationState: 'overdue',
        busFactorVerdict: 'single',
        lifecycle: 'production',
        kind: 'Component',
        type: 'service',
        tier: ['1', '2'],
        rule: 'no-backup',
        order: 'score,desc',
        cursor: 'abc',
        limit: '100',
      }),
    ).toEqual({
      filter: {
        text: 'pay',
        owner: ['group:default/a', 'group:default/b'],
        system: ['system:default/shop'],
        level: ['exposed', 'not-enrolled'],
        mentorshipStatus: ['none'],
        rotationState: ['overdue'],
        busFactorVerdict: ['single'],
        lifecycle: ['production'],
        kind: ['Component'],
        type: ['service'],
        tier: [1, 2],
        rule: ['no-backup'],
      },
      order: { field: 'score', direction: 'desc' },
      cursor: 'abc',
      limit: 100,
    });
  });

  it('takes refs as people write them, and names those that are none', () => {
    expect(
      parseRefsRequest({ entityRefs: ['Component:default/Pay', 'api:x/y'] }),
    ).toEqual(['component:default/pay', 'api:x/y']);
    expect(() => parseRefsRequest({ entityRefs: ['api:x/y', 'pay'] })).toThrow(
      '`entityRefs.1`: expected an entity ref, kind:namespace/name',
    );
    const many = Array.from({ length: 101 }, (_, at) => `api:x/y${at}`);
    expect(() => parseRefsRequest({ entityRefs: many })).toThrow(
      '`entityRefs`: Too big',
    );
  });

  it.each([
    [{ limit: '0' }, '`limit`: Too small'],
    [{ limit: '101' }, '`limit`: Too big'],
    [{ limit: 'many' }, '`limit`: expected a whole number'],
    [{ limit: '1.5' }, '`limit`: expected a whole number'],
    [{ order: 'steward,asc' }, '`order.0`: Invalid option'],
    [{ order: 'score' }, '`order`: Too small'],
    [{ order: 'score,up' }, '`order.1`: Invalid option'],
    [{ level: 'good' }, '`level.0`: Invalid option'],
    [{ rule: 'a;b' }, '`rule.0`: expected the id of a rule'],
    [{ tier: 'x' }, '`tier.0`: expected a whole number'],
    [{ text: ['a', 'b'] }, '`text`: Invalid input'],
    [{ text: { $ne: 1 } }, '`text`: Invalid input'],
    [{ owner: { a: 'b' } }, '`owner.0`: Invalid input'],
    [{ owner: Array(101).fill('a') }, '`owner`: Too big'],
    [{ steward: 'user:default/ann' }, 'there is no parameter `steward`'],
    [{ text: 'x'.repeat(1001) }, '`text`: Too big'],
  ])('refuses %j', (query, message) => {
    expect(() => parsePageRequest(query)).toThrow(message);
    expect(() => parsePageRequest(query)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});

describe('parseCsvRequest', () => {
  it('takes the same filter, without pages', () => {
    expect(parseCsvRequest({ kind: 'api', bom: 'true' })).toEqual({
      filter: { kind: ['api'] },
      byteOrderMark: true,
    });
    expect(parseCsvRequest({}).byteOrderMark).toBe(false);
    expect(() => parseCsvRequest({ limit: '5' })).toThrow(
      /there is no parameter `limit`; there are .*`kind`.*`bom`/,
    );
  });
});

describe('parseEntityPath', () => {
  it('makes a ref in lower case', () => {
    expect(
      parseEntityPath({ kind: 'Component', namespace: 'Default', name: 'Pay' }),
    ).toBe('component:default/pay');
  });
});
