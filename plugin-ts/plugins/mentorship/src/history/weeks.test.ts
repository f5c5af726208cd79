import { firstWeek, history } from '../__testUtils__/fixtures/history';
import { byWeek, isNew, summedUp } from './weeks';

describe('the weeks of a history', () => {
  it('tells the last seven days from those before, the newest first', () => {
    const { lately, earlier } = byWeek(history);
    expect(lately.map(({ day }) => day)).toEqual(['2026-11-19', '2026-11-16']);
    expect(earlier.map(({ day }) => day)).toEqual([
      '2026-10-12',
      '2026-10-05',
      '2026-09-14',
    ]);
  });

  it('sums changes up, and leaves out what came and went again', () => {
    const { values, began, ceased } = summedUp(byWeek(history).lately);
    expect(values).toContainEqual({ value: 'score', from: 52, to: 41 });
    expect(began).toEqual(['steward-rotation-overdue']);
    expect(ceased).toEqual([]);
  });

  it('does not take what is out of sight for mended', () => {
    const { began, ceased } = summedUp(byWeek(history).earlier);
    expect(began).toEqual(['bus-factor-low']);
    expect(ceased).toEqual(['no-steward']);
  });

  it('knows the first week of a service', () => {
    expect(isNew(firstWeek)).toBe(true);
    expect(isNew(history)).toBe(false);
    expect(isNew({ ...firstWeek, points: [] })).toBe(true);
  });
});
