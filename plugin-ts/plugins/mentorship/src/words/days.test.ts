import {
  civilDay,
  formatDay,
  formatDayDistance,
  formatDistance,
  formatMoment,
} from './days';

describe('days', () => {
  it('shows a civil day as that day in every time zone', () => {
    expect(formatDay('2026-03-29', 'en')).toBe('Mar 29, 2026');
    expect(formatDay('2024-02-29', 'en-GB')).toBe('29 Feb 2024');
  });

  it('shows what is no day as it stands', () => {
    expect(civilDay('2026-13-40')).toBeUndefined();
    expect(formatDay('soon', 'en')).toBe('soon');
    expect(formatMoment('soon', 'en')).toBe('soon');
  });

  it('tells the distance in the unit that reads best', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    const from = (text: string) => formatDistance(Date.parse(text), now, 'en');
    expect(from('2026-11-21T11:58:00Z')).toBe('2 minutes ago');
    expect(from('2026-11-21T10:00:00Z')).toBe('2 hours ago');
    expect(from('2026-10-01T12:00:00Z')).toBe('51 days ago');
    expect(from('2026-02-21T12:00:00Z')).toBe('9 months ago');
    expect(from('2023-11-21T12:00:00Z')).toBe('3 years ago');
  });

  it('counts whole days, late in the evening too', () => {
    const late = Date.parse('2026-11-21T23:59:00Z');
    const from = (day: string) => formatDayDistance(civilDay(day)!, late, 'en');
    expect(from('2026-11-21')).toBe('today');
    expect(from('2026-11-22')).toBe('tomorrow');
    expect(from('2026-11-14')).toBe('7 days ago');
  });
});
