import type { HistoryPoint } from 'backstage-plugin-mentorship-common';
import { changesBetween } from './historyChanges';

const point = (day: string, fields: Partial<HistoryPoint>): HistoryPoint => ({
  day,
  level: 'exposed',
  score: 40,
  coverage: 100,
  mentorshipStatus: 'none',
  rotationState: 'settling',
  busFactor: 1,
  busFactorVerdict: 'single',
  failedRules: [],
  unknownRules: [],
  ...fields,
});

describe('changesBetween', () => {
  it('tells rules that began, ceased, and are out of sight, and what changed with them', () => {
    expect(
      changesBetween([
        point('2026-11-01', { failedRules: ['a', 'b', 'c'] }),
        point('2026-11-05', {
          level: 'developing',
          busFactor: null,
          failedRules: ['a', 'd'],
          unknownRules: ['c'],
        }),
      ]),
    ).toEqual([
      {
        day: '2026-11-05',
        values: [
          { value: 'level', from: 'exposed', to: 'developing' },
          { value: 'busFactor', from: 1, to: null },
        ],
        began: ['d'],
        ceased: ['b'],
        lostSight: ['c'],
      },
    ]);
  });

  it('has no reasons for the first point', () => {
    expect(changesBetween([point('2026-11-01', {})])).toEqual([]);
    expect(changesBetween([])).toEqual([]);
  });
});
