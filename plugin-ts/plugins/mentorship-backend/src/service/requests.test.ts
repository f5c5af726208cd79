import { ApiDescription } from '../__testUtils__/ApiDescription';
import {
  parseCsvRequest,
  parseEntityPath,
  parseFacetsRequest,
  parseGroupsRequest,
  parseKnowledgeRequest,
  parsePageRequest,
  parseRefsRequest,
  parseRiskRequest,
  parseStatusRequest,
} from './requests';

/** Values at and beyond the bounds of one parameter or another. */
const VALUES = [
  ...['', 'x', 'X-1', 'é', 'true', 'false', '-1', '0', '1', '1.5', '6', '7'],
  ...['20', '100', '101', '255', '256', 'exposed', 'stalled', 'window', 'thin'],
  ...['owner', 'system', 'score,desc', 'level', 'level,down', 'rank,asc'],
  ...[1000, 1001, 4000, 4001, 10_000, 10_001].map(size => 'x'.repeat(size)),
];

describe('questions', () => {
  const description = new ApiDescription();
  const holds = (check: () => unknown) => {
    try {
      check();
      return true;
    } catch {
      return false;
    }
  };

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
      'there is no parameter `limit`',
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
