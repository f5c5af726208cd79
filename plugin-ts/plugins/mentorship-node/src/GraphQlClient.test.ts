import { CodeHostError, GraphQlClient } from './GraphQlClient';
import {
  json,
  scriptedServer,
  type Answer,
} from './__testUtils__/scriptedServer';

const SECRET = 'ghp_SECRET';
const never = new AbortController().signal;

describe('GraphQlClient', () => {
  const closing: Array<() => void> = [];
  afterEach(() => closing.splice(0).forEach(close => close()));

  async function setup(...answers: Answer[]) {
    const server = await scriptedServer(answers);
    closing.push(server.close);
    const client = new GraphQlClient({
      title: 'Host',
      timeoutMs: 300,
      pace: 0.001,
    });
    const ask = (signal = never) =>
      client.query(
        {
          address: server.address,
          headers: { Authorization: `bearer ${SECRET}` },
          query: '{ me }',
          variables: {},
        },
        signal,
      );
    return { client, server, ask };
  }

  const data = json({ data: { me: 1 } });
  const cut: Answer = response => {
    response.writeHead(200, { 'Content-Length': '1000' });
    response.write('{"data":');
    response.socket?.destroy();
  };
  const silent: Answer = () => {};

  it.each<[string, Answer]>([
    ['503', json({}, 503)],
    ['429 for a second', json({}, 429, { 'retry-after': '1' })],
    ['a connection that breaks off', cut],
    ['an answer that does not come', silent],
    [
      'a limit told beside 200',
      json({ errors: [{ type: 'RATE_LIMITED', message: SECRET }] }),
    ],
  ])('asks again after %s', async (_, trouble) => {
    const { ask, server } = await setup(trouble, trouble, data);
    await expect(ask()).resolves.toEqual({ me: 1 });
    expect(server.asked()).toBe(3);
  });

  it.each<[string, Answer, RegExp, number]>([
    ['401', json({ message: SECRET }, 401), /answered 401.*credentials/, 1],
    ['403', json({ message: SECRET }, 403), /answered 403.*may not read/, 1],
    ['404', json({}, 404), /answered 404/, 1],
    [
      'a redirect',
      json({}, 302, { location: 'http://127.0.0.1:9/' }),
      /answered 302/,
      1,
    ],
    ['no JSON', response => response.end(SECRET), /sent no JSON/, 1],
    ['a list', json([SECRET]), /sent no JSON object/, 1],
    ['no data', json({ data: null }), /did not send any data/, 1],
    [
      'half of the data beside an error',
      json({
        data: { me: 1 },
        errors: [{ message: SECRET, extensions: { code: 'TOO_COMPLEX' } }],
      }),
      /could not answer \(TOO_COMPLEX\)/,
      1,
    ],
    [
      'a part that may not be read',
      json({ data: { me: 1 }, errors: [{ type: 'FORBIDDEN' }] }),
      /could not answer \(FORBIDDEN\).*credentials.*may not read/,
      1,
    ],
    [
      'no such repository',
      json({ errors: [{ type: 'NOT_FOUND', path: ['repository'] }] }),
      /shows no such repository/,
      1,
    ],
    [
      'no such part of a repository',
      json({ errors: [{ type: 'NOT_FOUND', path: ['repository', 'pull'] }] }),
      /could not answer \(NOT_FOUND\)$/,
      1,
    ],
    [
      'an error whose code is a secret',
      json({ errors: [{ type: SECRET, message: SECRET }] }),
      /could not answer$/,
      1,
    ],
    ['502 without end', json({}, 502), /answered 502/, 5],
  ])(
    'says in one sentence that there was %s',
    async (_, trouble, said, asked) => {
      const { ask, server } = await setup(trouble);
      const error = await ask().catch((each: Error) => each);
      expect(error).toBeInstanceOf(CodeHostError);
      expect(String(error)).toMatch(said);
      expect(String(error)).not.toMatch(/SECRET|127\.0\.0\.1/);
      expect(server.asked()).toBe(asked);
    },
  );

  it.each([
    ['seconds', { 'retry-after': '3600' }, 429],
    [
      'a time',
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
      },
      403,
    ],
  ] as const)(
    'does not wait for an hour, told in %s',
    async (_, headers, status) => {
      const { ask, server } = await setup(json({}, status, headers));
      await expect(ask()).rejects.toMatchObject({ isLimit: true });
      expect(server.asked()).toBe(1);
    },
  );

  const secondary = {
    message: `You have exceeded a secondary rate limit. ${SECRET}`,
  };
  const inAnHour = {
    'x-ratelimit-remaining': '4711',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
  };

  it.each<[string, Answer]>([
    ['403', json(secondary, 403, inAnHour)],
    ['200', json(secondary)],
    ['an error without a code', json({ data: null, errors: [secondary] })],
  ])(
    'takes a limit told in words alone beside %s for one',
    async (_, answer) => {
      const { ask } = await setup(answer);
      const error = await ask().catch((each: Error) => each);
      // The host says not when, so that it is left alone for a minute.
      expect(error).toMatchObject({ isLimit: true, waitMs: 60_000 });
      expect(String(error)).not.toMatch(/SECRET/);
    },
  );

  it('does not wait for the next hour of a limit that is not reached', async () => {
    const { ask, server } = await setup(json({}, 502, inAnHour), data);
    await expect(ask()).resolves.toEqual({ me: 1 });
    expect(server.asked()).toBe(2);
  });

  it.each<[string, Answer]>([
    ['502', json({}, 502)],
    [
      'an error',
      json({ data: {}, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED' }] }),
    ],
  ])('says with %s that less may be had at once', async (_, answer) => {
    const { ask } = await setup(answer);
    await expect(ask()).rejects.toMatchObject({ isTooMuch: true });
  });

  it('gives up at once where the run is given up', async () => {
    const { ask } = await setup(silent);
    const controller = new AbortController();
    const asked = ask(controller.signal);
    controller.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
  });

  it.each([
    ['circles', { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'a' } }],
    ['nowhere', { nodes: [], pageInfo: { hasNextPage: true } }],
    ['no list', { nodes: 'x' }],
    ['no end', { nodes: [] }],
    ['nothing', null],
  ])('refuses a list that leads to %s', async (_, connection) => {
    const { client } = await setup(data);
    const read = async () => {
      for await (const page of client.pages(async () => connection)) {
        expect(page).toEqual([]);
      }
    };
    await expect(read()).rejects.toThrow(CodeHostError);
  });
});
