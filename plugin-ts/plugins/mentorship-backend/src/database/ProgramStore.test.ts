import { databases, stage, stores } from '../__testUtils__/databases';
import { item, row } from '../__testUtils__/results';

const signal = new AbortController().signal;

describe.each(databases().eachSupportedId())('ProgramStore on %s', id => {
  const database = databases();
  const setup = async () => {
    const all = await stores(await database.init(id));
    const publish = async (program?: string) => {
      const runId = await all.runs.begin('2026-11-21');
      await stage(all.runs, runId, [item(row('a'))]);
      return all.runs.publish(
        runId,
        { entities: 1, services: 1, errors: 0 },
        program === undefined ? undefined : { program, decided: '{}' },
      );
    };
    return { ...all, publish };
  };

  it('reads the program of the current run, an older one where it has none', async () => {
    const { programs, publish } = await setup();
    expect(await programs.program()).toBeUndefined();

    await publish('first');
    expect(await programs.program()).toEqual({
      program: 'first',
      decided: '{}',
      isOfRun: true,
    });
    await publish(undefined);
    expect(await programs.program()).toMatchObject({
      program: 'first',
      isOfRun: false,
    });
    await publish('third');
    expect(await programs.program()).toMatchObject({
      program: 'third',
      isOfRun: true,
    });
  });

  it('freezes what one of two owners says who decide at once', async () => {
    const { programs } = await setup();
    const said = [1, 2, 3, 4].map(value =>
      ['ramp-time', `only-${value}`].map(measure => ({ measure, value })),
    );
    const set = { by: 'user:default/maria', at: '2026-11-21T12:00:00.000Z' };
    await Promise.all(said.map(each => programs.freeze(each, set)));
    const { baselines } = await programs.decided();
    const byMeasure = (each: typeof baselines) =>
      [...each].sort((a, b) => (a.measure < b.measure ? -1 : 1));
    expect(said.map(byMeasure)).toContainEqual(baselines);
  });

  it('removes programs that nobody reads, and keeps the last good one', async () => {
    const { programs, runs, knex, publish } = await setup();
    for (const program of ['one', 'two', 'three', undefined, undefined]) {
      await publish(program);
      await programs.sweep();
      await runs.sweep(new Date(0), signal);
    }

    expect(await knex('mentorship_programs').pluck('program')).toEqual([
      'three',
    ]);
  });

  it('keeps no program of a run that was replaced', async () => {
    const { programs, runs } = await setup();
    const older = await runs.begin('2026-11-21');
    await stage(runs, older, [item(row('a'))]);
    await runs.begin('2026-11-21');

    await expect(
      runs.publish(
        older,
        { entities: 1, services: 1, errors: 0 },
        { program: 'older', decided: '{}' },
      ),
    ).resolves.toBe('superseded');
    expect(await programs.program()).toBeUndefined();
  });

  it('keeps what was decided until it is replaced', async () => {
    const { programs } = await setup();
    const first = { by: 'user:default/maria', at: '2026-11-20T08:00:00.000Z' };
    await programs.freeze(
      [
        { measure: 'ramp-time', value: 40 },
        { measure: 'escalation-rate', value: 0 },
      ],
      first,
    );
    const second = { by: undefined, at: '2026-11-21T08:00:00.000Z' };
    await programs.freeze(
      [
        { measure: 'ramp-time', value: 41.5 },
        { measure: 'escalation-rate', value: 0 },
      ],
      second,
    );
    await programs.confirm('rituals', '2026-11-20');
    await programs.confirm('review', '2026-11-20');
    await programs.confirm('rituals', '2026-11-21');
    await programs.confirm('review', undefined);

    expect(await programs.decided()).toEqual({
      baselines: [
        { measure: 'escalation-rate', value: 0 },
        { measure: 'ramp-time', value: 41.5 },
      ],
      confirmed: [{ step: 'rituals', on: '2026-11-21' }],
    });
    expect(await programs.baselineOrigins()).toEqual([
      { measure: 'escalation-rate', setBy: first.by, setAt: first.at },
      { measure: 'ramp-time', setAt: second.at },
    ]);
    await programs.freeze([], second);
    expect((await programs.decided()).baselines).toEqual([]);
  });
});
