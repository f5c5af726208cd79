/**
 * What is known of one question to the backend. A question that was answered
 * once keeps its value while it is asked again, and where that fails.
 */
export type Answer<T> =
  | { state: 'asking' }
  | { state: 'answered'; value: T; asking: boolean; problem?: unknown }
  | { state: 'failed'; problem: unknown; asking: boolean };

interface Entry<T> {
  answer: Answer<T>;
  /** When the last answer came, in milliseconds of the monotonic clock. */
  answeredAt?: number;
  underWay?: Promise<void>;
  listeners: Set<() => void>;
}

/** How long an answer is taken for fresh, in milliseconds. */
export const FRESH_FOR = 60_000;

const ASKING: Answer<never> = { state: 'asking' };

/**
 * Answers by key, shared by everything on the page that asks the same: three
 * cards of one service make one request.
 */
export class AnswerStore<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly load: (key: string) => Promise<T>) {}

  /** What is known now; the same object until something changes. */
  read(key: string): Answer<T> {
    return this.entries.get(key)?.answer ?? ASKING;
  }

  /** Calls `listener` at each change, until the function returned is called. */
  subscribe(key: string, listener: () => void): () => void {
    const { listeners } = this.entry(key);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /** Asks where nothing is known, or only something stale. */
  ensure(key: string): Promise<void> {
    const { answeredAt } = this.entry(key);
    const fresh =
      answeredAt !== undefined && performance.now() - answeredAt < FRESH_FOR;
    return fresh ? Promise.resolve() : this.ask(key);
  }

  /** Asks, or joins the request under way. Never rejects. */
  ask(key: string): Promise<void> {
    const entry = this.entry(key);
    entry.underWay ??= this.request(key, entry).finally(() => {
      entry.underWay = undefined;
    });
    return entry.underWay;
  }

  private async request(key: string, entry: Entry<T>): Promise<void> {
    if (entry.answer.state !== 'asking') {
      set(entry, { ...entry.answer, asking: true });
    }
    try {
      const value = await this.load(key);
      entry.answeredAt = performance.now();
      set(entry, { state: 'answered', value, asking: false });
    } catch (problem) {
      set(
        entry,
        entry.answer.state === 'answered'
          ? { ...entry.answer, asking: false, problem }
          : { state: 'failed', problem, asking: false },
      );
    }
  }

  private entry(key: string): Entry<T> {
    let entry = this.entries.get(key);
    if (!entry) {
      entry = { answer: ASKING, listeners: new Set() };
      this.entries.set(key, entry);
    }
    return entry;
  }
}

function set<T>(entry: Entry<T>, answer: Answer<T>) {
  entry.answer = answer;
  entry.listeners.forEach(listener => listener());
}
