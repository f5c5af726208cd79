import { databases } from '../__testUtils__/databases';
import { isoWeekOf, readWeek, weekOfDatabase, writtenWeek } from './isoWeek';

describe('isoWeekOf', () => {
  // Out of Python's datetime.date.isocalendar().
  it.each([
    ['2026-11-21', '2026-W47'],
    ['2026-11-22', '2026-W47'],
    ['2026-11-23', '2026-W48'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-01', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2024-02-29', '2024-W09'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
    ['2023-01-01', '2022-W52'],
  ])('%s is in %s', (day, week) => {
    expect(writtenWeek(isoWeekOf(day))).toBe(week);
  });

  it('reads what it writes, and nothing else', () => {
    expect(readWeek('2026-W07')).toEqual({ year: 2026, week: 7 });
    for (const none of ['2026-7', '2026-W7', '2026W07', '', '2026-W07.csv']) {
      expect(readWeek(none)).toBeUndefined();
    }
  });
});

describe.each(databases().eachSupportedId())('weekOfDatabase on %s', id => {
  const database = databases();
  it('is a week of this century', async () => {
    const { year, week } = await weekOfDatabase(await database.init(id));
    expect(year).toBeGreaterThan(2025);
    expect(week).toBeGreaterThan(0);
    expect(week).toBeLessThan(54);
  });
});
