import type {
  AssessmentList,
  AssessmentsQuery,
  MentorshipApi,
} from 'backstage-plugin-mentorship-common';
import { FRESH_FOR } from './AnswerStore';

/** Pages that are remembered; whoever comes back was on one of the last. */
const MOST_REMEMBERED = 20;

/** A page of services; `problem` says why it could not be loaded again. */
export interface ServicePage {
  list: AssessmentList;
  problem?: unknown;
}

/** Asks for pages of services, and remembers the last ones. */
export class ServicePages {
  /** By question, the one that was answered last at the end. */
  private readonly answered = new Map<string, AssessmentList>();
  /** Under way or answered, and waited for by nobody yet. */
  private ahead?: {
    key: string;
    list: Promise<AssessmentList>;
    /** In milliseconds of the monotonic clock. */
    askedAt: number;
  };

  constructor(private readonly api: MentorshipApi) {}

  /** Asks for the page that is shown next. */
  askAhead(query: AssessmentsQuery) {
    const list = this.api.getAssessments(query);
    // Whoever shows the page says why it cannot be loaded.
    list.catch(() => {});
    const key = JSON.stringify(query);
    this.ahead = { key, list, askedAt: performance.now() };
  }

  /**
   * The page; where it cannot be loaded, as it was loaded before.
   *
   * @throws why it cannot be loaded, where it never was or nobody waits any more.
   */
  async ask(
    query: AssessmentsQuery,
    signal: AbortSignal,
  ): Promise<ServicePage> {
    const key = JSON.stringify(query);
    const begun = this.takeAhead(key);
    try {
      const list = await (begun ?? this.api.getAssessments(query, { signal }));
      this.remember(key, list);
      return { list };
    } catch (problem) {
      const list = this.answered.get(key);
      if (signal.aborted || !list) {
        throw problem;
      }
      return { list, problem };
    }
  }

  /** What was asked ahead, unless it was something else or is old by now. */
  private takeAhead(key: string) {
    const { ahead } = this;
    this.ahead = undefined;
    const taken =
      ahead?.key === key && performance.now() - ahead.askedAt < FRESH_FOR;
    return taken ? ahead.list : undefined;
  }

  private remember(key: string, list: AssessmentList) {
    this.answered.delete(key);
    this.answered.set(key, list);
    if (this.answered.size > MOST_REMEMBERED) {
      const [oldest] = this.answered.keys();
      this.answered.delete(oldest);
    }
  }
}
