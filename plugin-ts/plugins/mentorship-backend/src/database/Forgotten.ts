import type { ReviewEvidence } from 'backstage-plugin-mentorship-common';

/** Stands where somebody was named who asked to be forgotten. */
const ERASED = 'erased';

/** Those who asked to be forgotten: what is kept names them nowhere. */
export class Forgotten {
  /** Refs, addresses and logins, in lower case. */
  readonly names: ReadonlySet<string>;

  constructor(names: readonly string[] = []) {
    this.names = new Set(names.map(name => name.toLowerCase()));
  }

  /**
   * JSON in which no text is one of the names; as it was where there is none. A name
   * within a longer text stays.
   */
  outOfJson(json: string): string {
    if (this.names.size === 0) {
      return json;
    }
    let isChanged = false;
    const erased = JSON.stringify(JSON.parse(json), (_, value) => {
      if (typeof value === 'string' && this.names.has(value.toLowerCase())) {
        isChanged = true;
        return ERASED;
      }
      return value;
    });
    return isChanged ? erased : json;
  }

  /** The same of the bytes of an answer: as they came, where nobody is forgotten. */
  outOfBytes(json: Uint8Array): Uint8Array {
    return this.names.size === 0
      ? json
      : Buffer.from(this.outOfJson(Buffer.from(json).toString('utf8')));
  }

  /** The reviews by everybody else. */
  outOfReviews(reviews: readonly ReviewEvidence[]): ReviewEvidence[] {
    return reviews.filter(
      ({ reviewer }) => !this.names.has(reviewer.toLowerCase()),
    );
  }
}
