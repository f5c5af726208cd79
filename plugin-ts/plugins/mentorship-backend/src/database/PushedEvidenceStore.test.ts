import { databases, stores } from '../__testUtils__/databases';
import { PushedDocument } from '../evidence/pushed/PushedDocument';

const PAY = 'component:default/pay';

describe('PushedEvidenceStore', () => {
  const database = databases();

  async function setup(id: Parameters<typeof database.init>[0]) {
    const { pushed } = await stores(await database.init(id));
    const take = (collectedAt: string, said: object, since?: string) => {
      const services = [{ entityRef: PAY, ...said }];
      const schema = 'mentorship/pushed/v1';
      const body = JSON.stringify({ schema, collectedAt, since, services });
      const { parts } = PushedDocument.read(Buffer.from(body), PAY);
      return pushed.take({ entityRef: PAY, subject: 'ci' }, parts);
    };
    const kept = async () => {
      const all: string[] = [];
      for await (const { document } of pushed.operations()) {
        const { collectedAt, since, services } = JSON.parse(document);
        const { entityRef: _, ...said } = services[0];
        all.push(
          `${collectedAt} ${since ?? 'all'} ${Object.keys(said).join()}`,
        );
      }
      return all;
    };
    return { pushed, take, kept };
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
      const { take, kept } = await setup(id);
      const deploy = (collectedAt: string, since: string) =>
        take(collectedAt, { deployments: [] }, since);
      await deploy('2026-11-07T08:01:00Z', '2026-11-07T08:00:00Z');
      await deploy('2026-11-07T14:01:00Z', '2026-11-07T16:00:00+02:00');
      // A push that is made again, one that comes late, and one of another day.
      await deploy('2026-11-07T14:01:00Z', '2026-11-07T14:00:00.000Z');
      await deploy('2026-11-07T12:01:00Z', '2026-11-07T12:00:00Z');
      await deploy('2026-11-08T00:00:05Z', '2026-11-08T00:00:00Z');
      const times = async () => (await kept()).map(one => one.split(' ')[0]);
      expect(await times()).toEqual([
        '2026-11-07T08:01:00Z',
        '2026-11-07T12:01:00Z',
        '2026-11-07T14:01:00Z',
        '2026-11-08T00:00:05Z',
      ]);
      // Whoever looks at the whole day knows all of it.
      await deploy('2026-11-08T06:00:00Z', '2026-11-07');
      expect(await times()).toEqual(['2026-11-08T06:00:00Z']);
      await expect(
        deploy('2026-11-08T05:00:00Z', '2026-11-07T09:00:00Z'),
      ).rejects.toThrow('newer evidence on deployments');
    },
  );
});
