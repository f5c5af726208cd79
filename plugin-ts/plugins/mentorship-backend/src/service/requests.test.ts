import {
  parseCsvRequest,
  parseEntityPath,
  parsePageRequest,
  parseRefsRequest,
} from './requests';

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
    [{ limit: 'many' }, '`limit`: Invalid input'],
    [{ limit: '1.5' }, '`limit`: Invalid input'],
    [{ order: 'steward,asc' }, '`order.0`: Invalid option'],
    [{ order: 'score' }, '`order`: Too small'],
    [{ order: 'score,up' }, '`order.1`: Invalid option'],
    [{ level: 'good' }, '`level.0`: Invalid option'],
    [{ rule: 'a;b' }, '`rule.0`: expected the id of a rule'],
    [{ tier: 'x' }, '`tier.0`: Invalid input'],
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
