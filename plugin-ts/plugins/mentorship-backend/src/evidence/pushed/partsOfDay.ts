import type { PushedEvidence } from 'backstage-plugin-mentorship-common';

/**
 * What jobs pushed of one day, each from its own time on: of each time what was
 * collected last, in the order in which they were collected.
 *
 * @param texts - JSON of a document, or of a list of them, in that order
 */
export function partsOfDay(texts: string[]): PushedEvidence[] {
  const byTime = new Map<number, PushedEvidence>();
  for (const text of texts) {
    const parts: PushedEvidence | PushedEvidence[] = JSON.parse(text);
    for (const part of [parts].flat()) {
      const time = Date.parse(part.since ?? '');
      const known = byTime.get(time);
      if (!known || collected(known) <= collected(part)) {
        byTime.set(time, part);
      }
    }
  }
  return [...byTime.values()].sort(
    (one, other) => collected(one) - collected(other),
  );
}

/**
 * The parts of a day as one document, which says of the service what one after the
 * other said. The core takes each in turn, as it takes documents, so that what several
 * of them say counts once.
 */
export function oneDocument(parts: PushedEvidence[]): PushedEvidence {
  return {
    ...parts[parts.length - 1],
    services: parts.flatMap(({ services }) => services ?? []),
  };
}

function collected({ collectedAt }: PushedEvidence): number {
  return Date.parse(collectedAt);
}
