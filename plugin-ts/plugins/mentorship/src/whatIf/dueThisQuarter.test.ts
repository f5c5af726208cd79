import { rows } from '../__testUtils__/fixtures/rows';
import { stewardsDueThisQuarter } from './dueThisQuarter';

const [row] = rows;
const due = (steward: string | null, rotationDue: string | null) => ({
  ...row,
  steward,
  rotationDue,
});

describe('stewardsDueThisQuarter', () => {
  it('takes everybody until the quarter ends, each once', async () => {
    const pages = [
      [
        due('user:default/a', '2025-03-01'),
        due('user:default/b', '2026-11-30'),
      ],
      [
        due('user:default/a', '2026-12-31'),
        due(null, '2026-12-31'),
        due('user:default/c', '2027-01-01'),
      ],
    ];
    const getAssessments = jest.fn(async ({ cursor } = {}) => ({
      items: pages[Number(cursor ?? 0)],
      totalItems: 5,
      pageInfo: cursor ? {} : { nextCursor: '1' },
      totals: { byLevel: {} as never },
    }));
    expect(await stewardsDueThisQuarter({ getAssessments })).toEqual([
      'user:default/a',
      'user:default/b',
    ]);
    expect(getAssessments).toHaveBeenCalledTimes(2);
  });
});
