/** Civil days and moments as text. */

const CIVIL_DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Milliseconds of a civil day's start in UTC; undefined for what is no civil
 * day, which is then shown as it stands.
 */
export function civilDay(text: string): number | undefined {
  if (!CIVIL_DAY.test(text)) {
    return undefined;
  }
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** `3 Sep 2025`, in the language given. */
export function formatDay(text: string, language: string): string {
  const time = civilDay(text);
  return time === undefined ? text : formats(language).day.format(time);
}

/** `21 Nov 2026, 01:43 UTC`, in the language given. */
export function formatMoment(text: string, language: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : formats(language).moment.format(time);
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The units of a distance, each up to where the next one reads better. */
const UNITS: Array<[Intl.RelativeTimeFormatUnit, number, number]> = [
  ['minute', MINUTE, HOUR],
  ['hour', HOUR, DAY],
  ['day', DAY, 60 * DAY],
  ['month', 30.44 * DAY, 730 * DAY],
  ['year', 365.25 * DAY, Infinity],
];

/** `2 hours ago`, `in 3 days`. */
export function formatDistance(
  time: number,
  now: number,
  language: string,
): string {
  const distance = time - now;
  const format = formats(language).distance;
  for (const [unit, size, until] of UNITS) {
    if (Math.abs(distance) < until) {
      return format.format(Math.round(distance / size), unit);
    }
  }
  return '';
}

/** `today`, `in 12 days`: whole civil days apart, whatever the time of day. */
export function formatDayDistance(
  time: number,
  now: number,
  language: string,
): string {
  const today = Math.floor(now / DAY) * DAY;
  return Math.abs(time - today) < DAY
    ? formats(language).distance.format(0, 'day')
    : formatDistance(time, today, language);
}

interface Formats {
  day: Intl.DateTimeFormat;
  moment: Intl.DateTimeFormat;
  distance: Intl.RelativeTimeFormat;
}

const made = new Map<string, Formats>();

/** How a language writes times; to make it takes longer than to use it. */
function formats(language: string): Formats {
  let found = made.get(language);
  if (!found) {
    const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
    const time = { hour: '2-digit', minute: '2-digit' } as const;
    found = {
      day: new Intl.DateTimeFormat(language, { ...day, timeZone: 'UTC' }),
      moment: new Intl.DateTimeFormat(language, {
        ...day,
        ...time,
        timeZone: 'UTC',
        timeZoneName: 'short',
      }),
      distance: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
    };
    made.set(language, found);
  }
  return found;
}
