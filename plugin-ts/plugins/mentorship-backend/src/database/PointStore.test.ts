import type { AssessmentRow } from 'backstage-plugin-mentorship-common';
import { databases, stage, stores } from '../__testUtils__/databases';
import { item, row } from '../__testUtils__/results';

const signal = new AbortController().signal;
const A = 'component:default/a';

describe.each(databases().eachSupportedId())('PointStore on %s', id => {
  const database = databases();
  const setup = async () => {
    const all = await stores(await database.init(id));
    const publish = async (asOf: string, services: AssessmentRow[]) => {
      const runId = await all.runs.begin(asOf);
      await stage(
        all.runs,
        runId,
        services.map(each => item({ ...each, asOf })),
      );
      await all.runs.publish(runId, {
        entities: 9,
        services: services.length,
        errors: 0,
      });
    };
    const tidy = async (asOf: string) => {
      await all.points.keep(signal);
      await all.points.sweep(asOf, signal);
      await all.runs.sweep(new Date(0), signal);
    };
    const days = async (ref = A) =>
      (await all.points.of(ref)).map(({ day, score }) => [day, score]);
    return { ...all, publish, tidy, days };
  };

  it('keeps a point for each day on which a service changed, and none else', async () => {
    const { publish, tidy, points, days } = await setup();
    const rules = { failedRules: ['b', 'a'], unknownRules: ['d', 'c'] };
    for (const [day, score] of [
      ['2026-11-01', 10],
      ['2026-11-02', 10],
      ['2026-11-03', 20],
      ['2026-11-04', 20],
      ['2026-11-09', 10],
    ] as const) {
      await publish(day, [row('a', { ...rules, score }), row('b')]);
      await tidy(day);
    }

    expect(await days()).toEqual([
      ['2026-11-01', 10],
      ['2026-11-03', 20],
      ['2026-11-09', 10],
    ]);
    expect(await days('component:default/b')).toEqual([['2026-11-01', null]]);
    expect((await points.of(A))[0]).toEqual({
      day: '2026-11-01',
      level: 'exposed',
      score: 10,
      coverage: null,
      mentorshipStatus: 'none',
      rotationState: 'vacant',
      busFactor: null,
      busFactorVerdict: 'unknown',
      failedRules: ['a', 'b'],
      unknownRules: ['c', 'd'],
    });
  });

  it('lets the last run of a day speak for it', async () => {
    const { publish, tidy, days } = await setup();
    await publish('2026-11-01', [row('a', { score: 10 })]);
    await publish('2026-11-02', [row('a', { score: 20 })]);
    await tidy('2026-11-02');
    expect(await days()).toEqual([
      ['2026-11-01', 10],
      ['2026-11-02', 20],
    ]);

    await publish('2026-11-02', [row('a', { score: 30 })]);
    await tidy('2026-11-02');
    await tidy('2026-11-02');
    expect((await days())[1]).toEqual(['2026-11-02', 30]);

    await publish('2026-11-02', [row('a', { score: 10 })]);
    await tidy('2026-11-02');
    expect(await days()).toEqual([['2026-11-01', 10]]);
  });

  it('keeps nothing of what was never published', async () => {
    const { runs, publish, points, days } = await setup();
    await publish('2026-11-01', [row('a', { score: 10 })]);
    const failed = await runs.begin('2026-11-02');
    await stage(runs, failed, [item(row('a', { score: 20 }))]);
    await points.keep(signal);

    expect(await days()).toEqual([['2026-11-01', 10]]);
  });

  it('catches up on more services than fit into one statement', async () => {
    const { publish, points, knex } = await setup();
    const many = Array.from({ length: 50 }, (_, n) => row(`svc-${n}`));
    await publish('2026-11-01', many);
    await publish('2026-11-02', [row('zoo'), ...many]);
    await points.keep(signal);

    expect(await knex('mentorship_points').orderBy('day').pluck('day')).toEqual(
      [...many.map(() => '2026-11-01'), '2026-11-02'],
    );
  });

  it('forgets what is older than the days kept, but not what holds on the first of them', async () => {
    const { publish, tidy, days } = await setup();
    const gone = row('gone');
    await publish('2026-01-01', [row('a', { score: 1 }), gone]);
    await tidy('2026-01-01');
    await publish('2026-01-10', [row('a', { score: 2 })]);
    await tidy('2026-01-10');
    await publish('2026-03-01', [row('a', { score: 3 })]);
    await tidy('2026-03-01');
    await tidy('2026-03-02');

    // Thirty days are kept, from the end of January on.
    expect(await days()).toEqual([
      ['2026-01-10', 2],
      ['2026-03-01', 3],
    ]);
    expect(await days('component:default/gone')).toEqual([]);
  });
});
