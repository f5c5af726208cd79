import type { Visibility } from './selection';

/** Different questions that are remembered of one run. */
const QUESTIONS_KEPT = 500;

/**
 * Answers that hold as long as a run is the current one. What counts the whole
 * catalog is counted once for a run, and not once for everybody who looks: results
 * change only when another run is published. Those who ask meanwhile wait for the
 * same count.
 */
export class PublishedAnswers {
  private runId: number | null = null;
  private readonly kept = new Map<string, Promise<unknown>>();
  /** Lists of refs are told apart by which list they are; reading them takes long. */
  private readonly lists = new WeakMap<readonly string[], number>();
  private listsSeen = 0;

  /**
   * The answer to a question about a run, asked for where it is not known.
   * `question` holds everything but the run and the visibility that it depends on.
   */
  async of<Answer>(
    runId: number | null,
    question: unknown[],
    visibility: Visibility,
    ask: () => Promise<Answer>,
  ): Promise<Answer> {
    if (runId !== this.runId) {
      this.runId = runId;
      this.kept.clear();
    }
    const key = JSON.stringify([
      question,
      visibility.entityRefs && this.numberOf(visibility.entityRefs),
      visibility.criteria,
    ]);
    const known = this.kept.get(key) as Promise<Answer> | undefined;
    // The one that was asked for last is forgotten last.
    this.kept.delete(key);
    const answer = known ?? ask();
    this.kept.set(key, answer);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= QUESTIONS_KEPT) {
        break;
      }
      this.kept.delete(oldest);
    }
    if (!known) {
      answer.catch(() => {
        if (this.kept.get(key) === answer) {
          this.kept.delete(key);
        }
      });
    }
    return answer;
  }

  private numberOf(refs: readonly string[]): number {
    const known = this.lists.get(refs);
    if (known !== undefined) {
      return known;
    }
    this.listsSeen += 1;
    this.lists.set(refs, this.listsSeen);
    return this.listsSeen;
  }
}
