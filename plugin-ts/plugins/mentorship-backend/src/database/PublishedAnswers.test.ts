import { PublishedAnswers } from './PublishedAnswers';

describe('PublishedAnswers', () => {
  const setup = () => {
    const answers = new PublishedAnswers();
    let asked = 0;
    const ask = async () => {
      asked += 1;
      return asked;
    };
    return { answers, ask };
  };

  it('asks once for a run, also where several ask at once', async () => {
    const { answers, ask } = setup();
    const of = (run: number | null) => answers.of(run, ['x'], {}, ask);
    expect(await Promise.all([of(1), of(1)])).toEqual([1, 1]);
    expect(await of(1)).toBe(1);
    expect(await of(2)).toBe(2);
    expect(await of(null)).toBe(3);
  });

  it('never gives one reader the answer of another', async () => {
    const { answers, ask } = setup();
    const mine = ['component:default/a'];
    const visibilities = [
      {},
      { entityRefs: [] },
      { entityRefs: mine },
      { entityRefs: [...mine] },
      { criteria: { property: 'owner' as const, values: ['group:default/a'] } },
      { criteria: { property: 'owner' as const, values: ['group:default/b'] } },
    ];
    const all = [];
    for (const visibility of [...visibilities, ...visibilities]) {
      all.push(await answers.of(1, ['x'], visibility, ask));
    }
    expect(all).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
    expect(await answers.of(1, ['y'], {}, ask)).toBe(7);
  });

  it('asks again where nothing was answered', async () => {
    const { answers, ask } = setup();
    const failing = answers.of(1, ['x'], {}, async () => {
      throw new Error('the database is away');
    });
    await expect(failing).rejects.toThrow('away');
    expect(await answers.of(1, ['x'], {}, ask)).toBe(1);
  });

  it('forgets what was not asked for the longest', async () => {
    const { answers, ask } = setup();
    for (let n = 0; n < 501; n++) {
      await answers.of(1, [n], {}, ask);
    }
    expect(await answers.of(1, [1], {}, ask)).toBe(2);
    expect(await answers.of(1, [0], {}, ask)).toBe(502);
  });
});
