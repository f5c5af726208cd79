import { mockServices } from '@backstage/backend-test-utils';
import type {
  LastCollection,
  OperationsAnswer,
  OperationsSink,
} from 'backstage-plugin-mentorship-node';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import {
  incidentOf,
  pagerDutyServer,
  reference,
  TOKEN,
  type Account,
  type Interference,
} from './__testUtils__/pagerDutyServer';
import { PagerDutyClient } from './PagerDutyClient';
import { PagerDutySource } from './PagerDutySource';

const TODAY = new Date().toISOString().slice(0, 10);
const daysAgo = (days: number) =>
  `${new Date(Date.parse(TODAY) - days * 86_400_000)
    .toISOString()
    .slice(0, 10)}T09:00:00Z`;

/** Real answers, read in place. */
const CORPUS = join(
  process.env.MENTORSHIP_CORPUS ??
    resolve(__dirname, '../../../../../shared/data'),
  'corpus/api/incidents/pagerduty-go',
);

function account(): Account {
  const all = [
    incidentOf('I1', 'P1', daysAgo(2)),
    incidentOf('I2', 'P1', daysAgo(40), 'UB'),
    incidentOf('I3', 'P1', daysAgo(100)),
    incidentOf('I4', 'PX', daysAgo(3)),
  ];
  return {
    incidents: all.map(({ incident }) => incident),
    logs: Object.fromEntries(all.map(each => [each.incident.id, each.log])),
    services: ['P1', 'P2', 'PX'].map(id => ({
      ...reference('service', id),
      type: 'service',
      description: 'SECRET DESCRIPTION',
      escalation_policy: reference('escalation_policy', `E${id}`),
    })),
    oncalls: ['EP1', 'EPX'].map(id => ({
      escalation_policy: reference('escalation_policy', id),
      escalation_level: 1,
      schedule: null,
      user: {
        ...reference('user', 'UA'),
        type: 'user',
        name: 'Alice A.',
        email: 'alice@example.com',
        job_title: 'SECRET TITLE',
      },
      start: null,
      end: null,
    })),
    users: [
      {
        ...reference('user', 'UA', 'Alice A.'),
        type: 'user',
        name: 'Alice A.',
        email: 'alice@example.com',
        time_zone: 'SECRET ZONE',
      },
    ],
  };
}

/** Keeps in memory what the backend keeps in its database. */
class MemorySink implements OperationsSink {
  readonly answers = new Map<string, OperationsAnswer>();
  readonly lasts = new Map<string, LastCollection>();
  readonly failures: Record<string, string> = {};
  confirmed: string[] = [];
  complete: Record<string, boolean> = {};
  serviceIds: string[] = [];

  async last(kind: string) {
    return this.lasts.get(kind);
  }
  async kept() {
    return new Map(
      [...this.answers.values()].map(({ key, version }) => [key, version]),
    );
  }
  async put(_: string, answer: OperationsAnswer) {
    this.answers.set(answer.key, answer);
  }
  confirm(_: string, key: string) {
    this.confirmed.push(key);
  }
  async succeed(
    kind: string,
    { since, complete }: { since: string; complete: boolean },
  ) {
    this.complete[kind] = complete;
    const at = new Date().toISOString();
    this.lasts.set(kind, {
      collectedAt: at,
      completeAt: complete ? at : this.lasts.get(kind)!.completeAt,
      since,
      serviceIds: this.serviceIds,
    });
  }
  async fail(kind: string, reason: string) {
    this.failures[kind] = reason;
  }
  text() {
    return [...this.answers.values()]
      .map(({ bytes }) => new TextDecoder().decode(bytes))
      .join('\n');
  }
}

describe('PagerDutySource', () => {
  const closing: Array<() => void> = [];
  afterEach(() => closing.splice(0).forEach(close => close()));

  async function setup(
    options: {
      account?: Account;
      interfere?: Interference;
      token?: string;
    } = {},
  ) {
    const server = await pagerDutyServer(options.account ?? account());
    closing.push(server.close);
    server.state.interfere = options.interfere ?? (() => false);
    const source = new PagerDutySource({
      client: new PagerDutyClient({
        token: options.token ?? TOKEN,
        apiBaseUrl: server.address,
        timeoutMs: 300,
        pace: 0.001,
      }),
      title: 'PagerDuty',
      days: 180,
      concurrency: 2,
    });
    const sink = new MemorySink();
    const logger = mockServices.logger.mock();
    const collect = async (serviceIds = ['P1'], signal = never) => {
      sink.serviceIds = serviceIds;
      sink.confirmed = [];
      server.asked.length = 0;
      await source.collect({ serviceIds, today: TODAY, sink, logger, signal });
    };
    return { server, sink, logger, collect };
  }
  const never = new AbortController().signal;

  it('brings incidents with their log and who is on call, of the services named', async () => {
    const { sink, collect, server, logger } = await setup();
    server.state.pageSize = 1;

    await collect(['P1', 'P9']);

    expect(sink.failures).toEqual({});
    expect([...sink.answers.keys()].sort()).toEqual(['I1', 'I2', 'I3', 'all']);
    const first = JSON.parse(
      new TextDecoder().decode(sink.answers.get('I1')!.bytes),
    );
    expect(first.incidents[0]).toMatchObject({
      id: 'I1',
      service: { id: 'P1' },
      status: 'resolved',
    });
    expect(first.log_entries.map((entry: any) => entry.type)).toEqual([
      'trigger_log_entry',
      'acknowledge_log_entry',
      'annotate_log_entry',
      'resolve_log_entry',
    ]);
    expect(first.users[0]).toMatchObject({ email: 'alice@example.com' });
    const onCalls = JSON.parse(
      new TextDecoder().decode(sink.answers.get('all')!.bytes),
    );
    expect(onCalls.services.map((each: any) => each.id)).toEqual(['P1']);
    expect(onCalls.oncalls).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('shows no service P9'),
    );
  });

  it('keeps nothing that nobody is judged by', async () => {
    const { sink, collect } = await setup();
    await collect();
    expect(sink.text()).not.toContain('SECRET');
    expect(sink.text()).not.toContain(TOKEN);
  });

  it('reads later only what is new, and everything again where more is asked', async () => {
    const all = account();
    const { sink, collect, server } = await setup({ account: all });
    await collect();
    expect(sink.complete.incidents).toBe(true);

    const { incident, log } = incidentOf('I5', 'P1', daysAgo(0));
    all.incidents.push(incident);
    all.logs.I5 = log;
    await collect();

    const asked = (path: RegExp) =>
      server.asked.filter(each => path.test(each));
    expect(sink.complete.incidents).toBe(false);
    expect(sink.confirmed).toEqual(['I1']);
    expect(asked(/log_entries/)).toEqual([
      expect.stringContaining('incidents/I5/'),
    ]);
    expect(asked(/^incidents\?/)).toHaveLength(1);

    await collect(['P1', 'P2']);
    expect(sink.complete.incidents).toBe(true);
    expect(sink.confirmed.sort()).toEqual(['I1', 'I2', 'I3', 'I5']);
    expect(asked(/^incidents\?/).length).toBeGreaterThan(5);
  });

  it('reads an open incident again until it is resolved', async () => {
    const all = account();
    all.incidents[0].status = 'acknowledged';
    const { collect, server } = await setup({ account: all });
    await collect();
    await collect();
    expect(server.asked.join()).toContain('incidents/I1/log_entries');
  });

  it('loses no other incident where one is shown no more', async () => {
    const { sink, collect, logger } = await setup({
      interfere: (_, response, path) => {
        const isGone = path === 'incidents/I1/log_entries';
        if (isGone) {
          response.writeHead(404).end('{"error":{"code":2100}}');
        }
        return isGone;
      },
    });
    await collect();
    expect(sink.failures).toEqual({});
    expect([...sink.answers.keys()].sort()).toEqual(['I1', 'I2', 'I3', 'all']);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('log of incident I1 no more'),
    );
  });

  it('keeps who joined, and what an incident was merged into', async () => {
    const all = account();
    Object.assign(all.incidents[0], {
      resolve_reason: {
        type: 'merge_resolve_reason',
        incident: reference('incident', 'I2'),
      },
      incidents_responders: [
        { state: 'joined', user: reference('user', 'UB'), message: 'SECRET' },
      ],
    });
    const { sink, collect } = await setup({ account: all });
    await collect();
    const [incident] = JSON.parse(
      new TextDecoder().decode(sink.answers.get('I1')!.bytes),
    ).incidents;
    expect(incident).toMatchObject({
      resolve_reason: { type: 'merge_resolve_reason' },
      incidents_responders: [{ state: 'joined', user: { id: 'UB' } }],
    });
    expect(sink.text()).not.toContain('SECRET');
  });

  it('asks for nothing where the catalog names no service', async () => {
    const { collect, server, sink } = await setup();
    await collect([]);
    expect(server.asked).toEqual([]);
    expect(sink.failures).toEqual({});
    expect([...sink.lasts.keys()]).toEqual(['incidents', 'on-calls']);
  });

  it('waits as long as it is told where it asks too often', async () => {
    const refused = new Map<string, number>();
    const { sink, collect } = await setup({
      interfere: (_, response, path) => {
        const times = refused.get(path) ?? 0;
        refused.set(path, times + 1);
        if (times >= 2) {
          return false;
        }
        response
          .writeHead(429, { 'Retry-After': '1', 'ratelimit-reset': '2' })
          .end('{"error":{"code":2020}}');
        return true;
      },
    });
    await collect();
    expect(sink.failures).toEqual({});
    expect(sink.answers.size).toBe(4);
  });

  const json =
    (body: unknown): Interference =>
    (_, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
      return true;
    };
  const lies: Array<[string, Interference, RegExp]> = [
    [
      'is limited for too long',
      (_, response) => {
        response.writeHead(429, { 'Retry-After': '86400' }).end();
        return true;
      },
      /answered 429/,
    ],
    [
      'is broken',
      (_, response) => {
        response.writeHead(502).end('<html>');
        return true;
      },
      /answered 502/,
    ],
    [
      'breaks off',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('{"incidents":[');
        setTimeout(() => response.destroy(), 5);
        return true;
      },
      /could not be reached/,
    ],
    ['never answers', () => true, /did not answer in time/],
    [
      'leads elsewhere',
      (_, response) => {
        response
          .writeHead(302, { Location: 'https://elsewhere.example' })
          .end();
        return true;
      },
      /answered 302/,
    ],
    ['sends HTML', json('<html>'), /sent no JSON/],
    ['sends a list', json([]), /sent no JSON object/],
    ['sends something else', json({ mood: 'good' }), /sent no list of/],
    [
      'says that there is more and sends none',
      json({ incidents: [], services: [], more: true }),
      /says that there are more/,
    ],
    [
      'never ends',
      json({
        incidents: Array(100).fill({}),
        services: Array(100).fill({}),
        more: true,
      }),
      /says that there are more .* than the 10000/,
    ],
  ];
  it.each(lies)(
    'tells that there is nothing to go by where PagerDuty %s',
    async (_, interfere, reason) => {
      const { sink, collect } = await setup({ interfere });
      await collect();
      expect(Object.keys(sink.failures)).toEqual(['incidents', 'on-calls']);
      for (const failure of Object.values(sink.failures)) {
        expect(failure).toMatch(reason);
        expect(failure).not.toContain(TOKEN);
        expect(failure).not.toContain('?');
      }
      expect(sink.lasts.size).toBe(0);
    },
  );

  it('keeps what it had where a later page is not to be had', async () => {
    let page = 0;
    const { sink, collect, server } = await setup({
      interfere: (_, response, path) => {
        page += path === 'incidents' ? 1 : 0;
        if (path !== 'incidents' || page === 1) {
          return false;
        }
        response.writeHead(403).end();
        return true;
      },
    });
    server.state.pageSize = 1;
    await collect();
    expect(sink.failures).toEqual({
      incidents:
        'PagerDuty answered 403, so the token may not read this (/incidents)',
    });
    expect([...sink.lasts.keys()]).toEqual(['on-calls']);
  });

  it('does not tell its token to anybody', async () => {
    const { sink, collect, logger } = await setup({
      token: 'wrong-but-secret',
    });
    await collect();
    expect(sink.failures.incidents).toContain('401');
    const told = JSON.stringify([sink.failures, logger.warn.mock.calls]);
    expect(told).not.toContain('wrong-but-secret');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const { collect, sink } = await setup({
      interfere: () => {
        stop.abort(new Error('the run was stopped'));
        return true;
      },
    });
    await expect(collect(['P1'], stop.signal)).rejects.toThrow('stopped');
    expect(sink.failures).toEqual({});
  });

  // Without the corpus there is nothing to read; in CI it is to be there.
  const withCorpus = existsSync(CORPUS) || process.env.CI ? it : it.skip;
  /* eslint-disable jest/no-standalone-expect -- `withCorpus` is a test */
  withCorpus(
    'ends on every real answer, whichever route gives it',
    async () => {
      const files = readdirSync(CORPUS, { recursive: true })
        .map(name => join(CORPUS, String(name)))
        .filter(name => name.endsWith('.json'));
      expect(files.length).toBeGreaterThan(50);
      let body = '';
      const { sink, collect } = await setup({
        interfere: (request, response, path) =>
          json(body)(request, response, path),
      });
      for (const file of files) {
        body = readFileSync(file, 'utf8');
        sink.lasts.clear();
        for (const kind of Object.keys(sink.failures)) {
          delete sink.failures[kind];
        }
        await collect();
        // Each kind was had, or is said not to have been.
        for (const kind of ['incidents', 'on-calls']) {
          expect(sink.lasts.has(kind)).toBe(!(kind in sink.failures));
        }
      }
    },
  );
});
