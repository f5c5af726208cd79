import type { OperationsKind } from 'backstage-plugin-mentorship-common';
import { FIELD_OF_KIND } from '../evidence/pushed/PushedDocument';
import type { Core } from './Engine';

/**
 * Of these kinds of evidence those that do not count under the policy, with what
 * to do about it, as the core says it.
 */
export async function uncounted(
  core: Core,
  policy: string,
  kinds: Iterable<OperationsKind>,
): Promise<Map<OperationsKind, string>> {
  const said = new Map<OperationsKind, string>();
  const engine = await core.createEngine(policy);
  try {
    for (const kind of new Set(kinds)) {
      const { notes } = await engine.putPushed(nothingOf(kind));
      const note = notes.find(({ place }) => place === kind);
      if (note) {
        said.set(kind, note.message);
      }
    }
  } finally {
    await engine.free();
  }
  return said;
}

/** A document that says that there was none of a kind. */
function nothingOf(kind: OperationsKind): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({
      schema: 'mentorship/pushed/v1',
      collectedAt: '2000-01-01',
      services: [
        { entityRef: 'component:default/none', [FIELD_OF_KIND[kind]]: [] },
      ],
    }),
  );
}
