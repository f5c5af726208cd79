/** The pages of `pages.json`: what is looked at, and in which states. */

import { readFileSync } from 'node:fs';

/** What is at an address of its own; others are seen beside it. */
export interface Shown {
  /** The id of the extension. */
  id: string;
  /** The id as a name of files, such as `sub-page-services`. */
  name: string;
  address: string;
  /** Words that are there as soon as everything is. */
  ready: string;
  /** The states that it can be in, beside showing everything. */
  states: string[];
  /** Where it is looked at in a state, if not at its address. */
  inState: Record<string, string>;
  /** Other addresses at which it looks different. */
  views: string[];
}

type Optional = 'views' | 'inState';
type Entry = Omit<Shown, 'id' | 'name' | Optional> &
  Partial<Pick<Shown, Optional>>;

const extensions = JSON.parse(
  readFileSync(new URL('pages.json', import.meta.url), 'utf8'),
) as Record<string, Entry | { with: string }>;

export const pages: readonly Shown[] = Object.entries(extensions).flatMap(
  ([id, entry]) =>
    'with' in entry
      ? []
      : [{ id, name: nameOf(id), views: [], inState: {}, ...entry }],
);

function nameOf(id: string): string {
  return id.replace(':mentorship', '').replace(/[^a-z]+/g, '-');
}
