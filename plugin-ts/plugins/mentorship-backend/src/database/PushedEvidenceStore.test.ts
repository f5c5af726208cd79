import type { PushedDeployment } from 'backstage-plugin-mentorship-common';
import { databases, stores } from '../__testUtils__/databases';
import { PushedDocument } from '../evidence/pushed/PushedDocument';

const PAY = 'component:default/pay';

describe('PushedEvidenceStore', () => {
  const database = databases();

  async function setup(id: Parameters<typeof database.init>[0]) {
    const { knex, pushed } = await stores(await database.init(id));
    const take = (collectedAt: string, said: object, since?: string) => {
      const services = [{ entityRef: PAY, ...said }];
      const schema = 'mentorship/pushed/v1';
      const body = JSON.stringify({ schema, collectedAt, since, services });
      const { parts } = PushedDocument.read(Buffer.from(body), PAY);
      return pushed.take({ entityRef: PAY, subject: 'ci' }, parts);
    };
    const documents = async () => {
      const all = [];
      for await (const { document } of pushed.operations()) {
        all.push(JSON.parse(document));
      }
      return all;
    };
    const kept = async () =>
      (await documents()).map(({ collectedAt, since, services }) => {
        const { entityRef: _, ...said } = services[0];
        return `${collectedAt} ${since ?? 'all'} ${Object.keys(said).join()}`;
      });
    /** Pushes a deployment as the job does that made it. */
    const deploy = (at: string, collectedAt = at, failed = false) =>
      take(collectedAt, { deployments: [{ at, failed }] }, at);
    /** The deployments that each document tells, by the time of day. */
    const deployments = async () =>
      (await documents()).map(({ services }) =>
        services.flatMap((each: { deployments?: PushedDeployment[] }) =>
          (each.deployments ?? []).map(
            ({ at, failed }) => `${at.slice(8, 13)}${failed ? ' failed' : ''}`,
          ),
        ),
      );
    const rows = () => knex('mentorship_pushed_evidence').orderBy('since');
    return { pushed, take, deploy, documents, kept, deployments, rows };
  }

  it.each(database.eachSupportedId())(
    'keeps of each kind what a later look leaves, on %s',
    async id => {
      const { pushed, take, kept } = await setup(id);
      await take('2026-11-01', { incidents: [], deployments: [] });
      await take('2026-11-03', { incidents: [] }, '2026-11-02');
      await take('2026-11-04', { incidents: [] }, '2026-11-03');
      const failures = [{ kind: 'incidents', reason: 'it was away' }];
      await take('2026-11-05', { failures });
      expect(await kept()).toEqual([
        '2026-11-01 all deployments',
        '2026-11-01 all incidents',
        '2026-11-03 2026-11-02 incidents',
        '2026-11-04 2026-11-03 incidents',
        '2026-11-05 all failures',
      ]);
      expect(await pushed.figures()).toMatchObject({
        fresh: 1,
        stale: 1,
        failed: 0,
        lastFailure: { message: expect.stringContaining(PAY) },
      });

      await take('2026-11-06', { incidents: [] }, '2026-11-02');
      expect(await kept()).toEqual([
        '2026-11-01 all deployments',
        '2026-11-01 all incidents',
        '2026-11-06 2026-11-02 incidents',
      ]);
      await expect(
        take('2026-11-05', { incidents: [], deployments: [] }),
      ).rejects.toThrow('newer evidence on incidents');
      await take('2026-11-07', { incidents: [] });
      expect(await kept()).toEqual([
        '2026-11-01 all deployments',
        '2026-11-07 all incidents',
      ]);

      await pushed.forgetBefore('2026-11-02');
      expect(await kept()).toEqual(['2026-11-07 all incidents']);
    },
  );

  it.each(database.eachSupportedId())(
    'keeps what several jobs of a day say from their time on, on %s',
    async id => {
      const { take, deploy, deployments } = await setup(id);
      await deploy('2026-11-07T08:00:00Z', '2026-11-07T08:01:00Z');
      await deploy('2026-11-07T16:00:00+02:00', '2026-11-07T14:01:00Z');
      // A push that is made again, one that comes late, and one of another day.
      await deploy('2026-11-07T14:00:00.000Z', '2026-11-07T14:01:00Z');
      await deploy('2026-11-07T12:00:00Z', '2026-11-07T12:01:00Z');
      // A job that took all day covers none of the others.
      await deploy('2026-11-07T07:00:00Z', '2026-11-07T15:00:00Z');
      await deploy('2026-11-07T13:00:00Z', '2026-11-07T13:01:00Z');
      await deploy('2026-11-08T00:00:00Z', '2026-11-08T00:00:05Z');
      expect(await deployments()).toEqual([
        ['07T08', '07T12', '07T13', '07T14', '07T07'],
        ['08T00'],
      ]);
      // Whoever looks at the whole day knows all of it.
      await take('2026-11-08T06:00:00Z', { deployments: [] }, '2026-11-07');
      expect(await deployments()).toEqual([[]]);
      await expect(
        deploy('2026-11-07T09:00:00Z', '2026-11-08T05:00:00Z'),
      ).rejects.toThrow('newer evidence on deployments');
    },
  );

  it.each(database.eachSupportedId())(
    'takes a look at whole days after which a job pushed already, on %s',
    async id => {
      const { take, deploy, deployments } = await setup(id);
      await deploy('2026-11-07T01:00:00Z');
      await deploy('2026-11-07T02:00:05Z');
      const nightly = '2026-11-07T02:00:00Z';
      await take(nightly, { deployments: [] }, '2026-11-06');
      expect(await deployments()).toEqual([[], ['07T02']]);
      // A job that is made again days later takes back nothing that others did since.
      await deploy('2026-11-05T20:00:00Z', '2026-11-07T03:00:00Z');
      expect(await deployments()).toEqual([[], ['07T02'], ['05T20']]);
      await take(nightly, { deployments: [] }, '2026-11-06');
      expect(await deployments()).toEqual([[], ['07T02'], ['05T20']]);
    },
  );

  it.each(database.eachSupportedId())(
    'puts the parts of each day that is over together, and loses none, on %s',
    async id => {
      const { pushed, take, deploy, ...of } = await setup(id);
      const together = (today: string) =>
        pushed.putDaysTogether(today, new AbortController().signal);
      const times = async () => (await of.rows()).map(({ since }) => since);
      await take('2026-11-06', { deployments: [] });
      await take('2026-11-06', { incidents: [] }, '2026-11-05');
      for (const hour of ['08', '10', '14']) {
        await deploy(`2026-11-07T${hour}:00:00Z`);
      }
      await deploy('2026-11-08T08:00:00Z');
      await deploy('2026-11-09T08:00:00Z');
      await deploy('2026-11-09T09:00:00Z');
      const before = await of.documents();

      await together('2026-11-09');
      const rest = [
        '2026-11-08T08:00:00.000Z',
        '2026-11-09T08:00:00.000Z',
        '2026-11-09T09:00:00.000Z',
      ];
      const packed = ['', '2026-11-05', '2026-11-07T24:00:00.000Z', ...rest];
      expect(await times()).toEqual(packed);
      expect(await of.documents()).toEqual(before);

      // What is made again counts once, as it was said last; what comes late counts.
      await deploy('2026-11-07T10:00:00Z', '2026-11-07T16:00:00Z', true);
      await deploy('2026-11-07T12:00:00Z', '2026-11-07T12:00:00Z');
      await deploy('2026-11-07T08:00:00Z', '2026-11-07T07:59:59Z', true);
      const all = [
        [],
        [],
        ['07T08', '07T12', '07T14', '07T10 failed'],
        ['08T08'],
        ['09T08', '09T09'],
      ];
      const ordered = async () => {
        const found = await of.deployments();
        return found.sort((a, b) => (String(a) < String(b) ? -1 : 1));
      };
      expect(await ordered()).toEqual(all);
      await together('2026-11-09');
      expect(await times()).toHaveLength(packed.length + 3);
      await together('2026-11-10');
      expect(await times()).toEqual([
        ...packed.slice(0, 4),
        '2026-11-09T24:00:00.000Z',
      ]);
      expect(await ordered()).toEqual(all);

      // Whoever looks at whole days sweeps them up as before.
      await take('2026-11-10T02:00:00Z', { deployments: [] }, '2026-11-08');
      expect(await ordered()).toEqual([[], [], [], all[2]]);
      await take('2026-11-10T02:00:00Z', { deployments: [] }, '2026-11-07');
      expect(await ordered()).toEqual([[], [], []]);
    },
  );

  it.each(database.eachSupportedId())(
    'puts days together while others do, and while jobs push, on %s',
    async id => {
      const { pushed, deploy, deployments, rows } = await setup(id);
      const { signal } = new AbortController();
      const hours = (from: number, to: number) =>
        Array.from({ length: to - from }, (_, at) =>
          String(from + at).padStart(2, '0'),
        );
      const pushAll = (some: string[]) =>
        Promise.all(some.map(hour => deploy(`2026-11-07T${hour}:00:00Z`)));
      await pushAll(hours(1, 12));
      await Promise.all([
        pushed.putDaysTogether('2026-11-08', signal),
        pushAll(hours(12, 24)),
        pushed.putDaysTogether('2026-11-09', signal),
        pushed.putDaysTogether('2026-11-10', signal),
      ]);
      await pushed.putDaysTogether('2026-11-11', signal);
      expect(await rows()).toHaveLength(1);
      expect(await deployments()).toEqual([
        hours(1, 24).map(hour => `07T${hour}`),
      ]);
    },
  );
});
