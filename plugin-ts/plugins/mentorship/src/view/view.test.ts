import { isNarrowed, parametersOf, viewOf } from './view';

const read = (text: string) => viewOf(new URLSearchParams(text));

describe('view', () => {
  it('comes back from its address as it was', () => {
    const view = {
      filter: {
        text: 'pay & settle',
        level: ['exposed' as const, 'unknown' as const],
        owner: ['group:default/payments'],
        rotationState: ['overdue' as const],
        rule: ['no-backup'],
        tier: [1, 3],
      },
      mine: true,
      by: 'system' as const,
      columns: ['level' as const, 'tier' as const],
      order: { field: 'score' as const, direction: 'desc' as const },
      pageSize: 50,
      cursor: 'WzQsImEiXQ==',
    };
    const address = parametersOf(view).toString();
    expect(read(address)).toEqual(view);
    expect(parametersOf(read(address)).toString()).toBe(address);
  });

  it('leaves out what an address cannot mean', () => {
    expect(
      read(
        'level=exposed&level=terrible&level=exposed&order=steward,asc&text=&owner=&busFactorVerdict=%00',
      ),
    ).toEqual({ filter: { level: ['exposed'] } });
    expect(
      read('tier=1.5&tier=-2&tier=2&by=team&mine=perhaps&columns=tier,shoe'),
    ).toEqual({ filter: { tier: [2] }, columns: ['tier'] });
    // An address that was kept still shows what it showed.
    expect(read('columns=finding,level').columns).toEqual([
      'level',
      'nextSteps',
    ]);
    expect(read('order=score,sideways').order).toBeUndefined();
    expect(read('order=score').order).toBeUndefined();
    expect(read('limit=7&cursor=')).toEqual({ filter: {} });
  });

  it('knows whether anything narrows the list', () => {
    expect(isNarrowed({})).toBe(false);
    expect(isNarrowed({ level: [], text: '' })).toBe(false);
    expect(isNarrowed({ tier: [1] })).toBe(true);
  });
});
