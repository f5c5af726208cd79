/**
 * Which parts of PagerDuty's records are kept. Titles, details and notes of
 * incidents may hold anything, and nobody is judged by them.
 */
const KEPT = new Set([
  'incidents',
  'log_entries',
  'oncalls',
  'services',
  'users',
  'id',
  'type',
  'status',
  'created_at',
  'resolved_at',
  'last_status_change_at',
  'last_status_change_by',
  'service',
  'escalation_policy',
  'escalation_level',
  'assignments',
  'assignee',
  'assignees',
  'acknowledgements',
  'acknowledger',
  'incidents_responders',
  'state',
  'resolve_reason',
  'agent',
  'channel',
  'incident',
  'user',
  'start',
  'end',
]);
/** Kept of people only; of incidents it is the title. */
const KEPT_OF_PEOPLE = new Set(['name', 'summary', 'email']);

/** Bytes of a page with what the core reads, and nothing else. */
export function needed(page: object): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify(page, function keep(key, value) {
      const isKept =
        Array.isArray(this) ||
        key === '' ||
        KEPT.has(key) ||
        (KEPT_OF_PEOPLE.has(key) && isPerson(this));
      return isKept ? value : undefined;
    }),
  );
}

/** The ids of the people in records, in order. */
export function peopleIn(value: unknown): string[] {
  const ids = new Set<string>();
  const walk = (each: unknown): void => {
    if (Array.isArray(each)) {
      each.forEach(walk);
    } else if (isPerson(each) && typeof each.id === 'string') {
      ids.add(each.id);
    } else if (typeof each === 'object' && each !== null) {
      Object.values(each).forEach(walk);
    }
  };
  walk(value);
  return [...ids].sort();
}

function isPerson(value: unknown): value is { id?: unknown } {
  const { type } = (value ?? {}) as { type?: unknown };
  return type === 'user' || type === 'user_reference';
}
