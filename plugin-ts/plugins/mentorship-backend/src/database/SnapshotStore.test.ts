import { databases, stores } from '../__testUtils__/databases';
import type { IsoWeek } from './isoWeek';
import { SnapshotStore } from './SnapshotStore';

const HEADER = 'entity_ref,title,owner,steward\r\n';
const LINES = [
  'component:default/a,"""A"", a\r\nb",user:default/ann,user:default/ann\r\n',
  'component:default/b,B,group:default/team,"Ben, B."\r\n',
  `component:default/c,'=1+1,,\r\n`,
];

async function* pieces(lines = LINES) {
  yield lines.slice(0, 2).join('');
  yield lines.slice(2).join('');
}

describe.each(databases().eachSupportedId())('SnapshotStore on %s', id => {
  const database = databases();
  const setup = async () => {
    const { knex } = await stores(await database.init(id));
    const now: IsoWeek = { year: 2026, week: 53 };
    const snapshots = new SnapshotStore(knex, async () => ({ ...now }));
    const take = (lines?: string[], services = 3) =>
      snapshots.take({
        asOf: '2026-12-31',
        services,
        header: HEADER,
        lines: pieces(lines),
      });
    const csv = async (week: IsoWeek = now) => {
      let text = '';
      for await (const piece of (await snapshots.csv(week)) ?? ['none']) {
        text += piece;
      }
      return text;
    };
    return { knex, now, snapshots, take, csv };
  };

  it('gives back byte for byte what was exported', async () => {
    const { take, csv, snapshots } = await setup();

    expect(await take()).toBe('taken');
    expect(await csv()).toBe(HEADER + LINES.join(''));
    expect(await snapshots.list()).toEqual([
      {
        week: '2026-W53',
        takenAt: expect.stringMatching(/Z$/),
        asOf: '2026-12-31',
        services: 3,
      },
    ]);
    expect(await csv({ year: 2026, week: 52 })).toBe('none');
  });

  it('takes each week once, also where several take it at a time', async () => {
    const { now, knex, take, csv, snapshots } = await setup();
    const outcomes = await Promise.allSettled([take(), take(), take()]);
    expect(
      outcomes.filter(
        each => each.status === 'fulfilled' && each.value === 'taken',
      ),
    ).toHaveLength(1);
    expect(await take(LINES.map(line => line.toUpperCase()))).toBe(
      'there already',
    );
    expect(await csv()).toBe(HEADER + LINES.join(''));
    expect(
      await knex('mentorship_snapshot_parts').distinct('attempt'),
    ).toHaveLength(1);

    Object.assign(now, { year: 2027, week: 1 });
    expect(await take()).toBe('taken');
    expect((await snapshots.list()).map(each => each.week)).toEqual([
      '2027-W01',
      '2026-W53',
    ]);
  });

  it('removes what a broken attempt left, once it is a day old', async () => {
    const { knex, take } = await setup();
    const left = (attempt: string, begun: number) => ({
      attempt,
      part: 0,
      begun_at: new Date(begun).toISOString(),
      lines: Buffer.from('x'),
    });
    const now = Date.now();
    await knex('mentorship_snapshot_parts').insert([
      left('broken', now - 25 * 3_600_000),
      left('going-on', now - 3_600_000),
    ]);

    await take();
    expect(
      await knex('mentorship_snapshot_parts')
        .whereIn('attempt', ['broken', 'going-on'])
        .pluck('attempt'),
    ).toEqual(['going-on']);
  });

  it('keeps no week in part', async () => {
    const { knex, take, snapshots, csv } = await setup();

    await expect(take(LINES, 4)).rejects.toThrow('3 of 4 services');
    expect(await knex('mentorship_snapshot_parts')).toEqual([]);
    expect(await snapshots.list()).toEqual([]);
    expect(await take()).toBe('taken');
    expect(await csv()).toBe(HEADER + LINES.join(''));
  });

  it('does not end early where a part is missing', async () => {
    const { knex, take, csv } = await setup();
    await take();
    await knex('mentorship_snapshot_parts').where({ part: 1 }).delete();

    await expect(csv()).rejects.toThrow('1 services of the snapshot');
  });

  it('leaves blank who was erased, in every week and column', async () => {
    const { knex, take, csv } = await setup();
    await take();
    const parts = await knex('mentorship_snapshot_parts').pluck('lines');
    await new SnapshotStore(knex, async () => ({ year: 2026, week: 53 }), [
      'User:default/Ann',
    ]).sweep();

    const text = await csv();
    expect(text).toContain('b",,\r\n');
    expect(text).toContain('"Ben, B."');
    expect(text).not.toContain('ann');
    expect(await knex('mentorship_snapshot_parts').pluck('lines')).toEqual(
      parts,
    );
  });
});
