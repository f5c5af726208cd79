import { mockServices } from '@backstage/backend-test-utils';
import { resolve } from 'path';
import { readMentorshipConfig } from './config';

const read = (mentorship: object | undefined, rest: object = {}) =>
  readMentorshipConfig(
    mockServices.rootConfig({
      data: { ...(mentorship && { mentorship }), ...rest } as never,
    }),
  );

describe('readMentorshipConfig', () => {
  it('works without any configuration', () => {
    expect(read(undefined)).toMatchObject({
      schedule: { frequency: { minutes: 10 }, timeout: { minutes: 10 } },
      policy: '{}',
      peopleVisibility: 'permission',
      permissionsEnabled: false,
      git: { localFolders: [], concurrency: 2, timeoutMs: 300_000 },
    });
  });

  it('hands the policy on without knowing what is in it', () => {
    expect(read({ policy: { anything: { at: ['all'] } } }).policy).toBe(
      '{"anything":{"at":["all"]}}',
    );
  });

  it('knows what those are called who asked to be forgotten', () => {
    const people = {
      erased: ['user:default/Viktor'],
      aliases: {
        'Viktor@example.com': 'user:default/viktor',
        'ben@example.com': 'user:default/ben',
      },
    };
    expect(read({ policy: { people } }).erased).toEqual([
      'user:default/viktor',
      'viktor@example.com',
    ]);
    expect(read({ policy: { people: { erased: 'x' } } }).erased).toEqual([]);
    expect(
      read({ policy: { people: { erased: ['user:default/a'], aliases: 3 } } })
        .erased,
    ).toEqual(['user:default/a']);
  });

  it('resolves folders and leaves git out where it is switched off', () => {
    expect(
      read({ git: { localFolders: ['./here'] } }).git?.localFolders,
    ).toEqual([resolve('here')]);
    expect(
      read({}, { backend: { workingDirectory: '/var/work' } }).git?.directory,
    ).toBe('/var/work/mentorship-repositories');
    expect(read({ git: { enabled: false } }).git).toBeUndefined();
  });

  it('knows which token may write which services', () => {
    const [token] = read({
      push: {
        tokens: [{ subject: 'ci', services: ['Checkout', 'component:pay/*'] }],
      },
    }).push.tokens;
    const refs = [
      'component:default/checkout',
      'component:pay/ledger',
      'component:default/other',
      'resource:pay/ledger',
    ];
    expect(refs.map(ref => token.mayWrite(ref))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(read({}).push).toEqual({ tokens: [], largestBytes: 20_971_520 });
  });

  it.each([
    [{ polcy: {} }, '`mentorship.polcy` is unknown, did you mean `policy`?'],
    [
      { people: { names: true } },
      '`mentorship.people.names` is unknown, known are `visibility`',
    ],
    [
      { git: { concurrency: 'two' } },
      '`mentorship.git.concurrency`: Invalid input: expected number, received string',
    ],
    [
      { people: { visibility: 'everyone' } },
      '`mentorship.people.visibility`: Invalid option: expected one of "permission"|"signed-in"',
    ],
    [
      { git: { localFolders: [''], concurrency: 99 } },
      '`mentorship.git.localFolders.0`: Too small: expected string to have >=1 characters; `mentorship.git.concurrency`: Too big: expected number to be <=16',
    ],
    [{ schedule: { timeout: 'PT1M' } }, 'schedule.frequency'],
    [
      { push: { tokens: [{ subject: 'ci', services: ['*'.repeat(3)] }] } },
      '`mentorship.push.tokens.0.services.0`: expected an entity ref such as',
    ],
    [
      { push: { token: [] } },
      '`mentorship.push.token` is unknown, did you mean `tokens`?',
    ],
    [
      { push: { tokens: [{ subject: 'ci', service: ['checkout'] }] } },
      '`mentorship.push.tokens.0.service` is unknown, did you mean `services`?',
    ],
    [
      { urlReader: { days: 1 } },
      '`mentorship.urlReader.days` is unknown, known are `enabled`, `concurrency`, `timeoutSeconds`',
    ],
  ])('refuses %j', (mentorship, message) => {
    expect(() => read(mentorship)).toThrow(message);
  });
});
