export const DAY_MS = 24 * 60 * 60 * 1000;

/** The civil day, `YYYY-MM-DD`, that lies so many days before another one. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
}
