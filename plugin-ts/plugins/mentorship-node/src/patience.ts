import { backOff } from 'exponential-backoff';
import { setTimeout as sleep } from 'timers/promises';

/** Bytes of an answer; real ones have a tenth. */
const LARGEST_ANSWER = 16 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const ATTEMPTS = 5;
const FIRST_DELAY_MS = 1_000;
/** Whoever is to wait longer is better off with the next run. */
const LONGEST_DELAY_MS = 60_000;
/** What may pass by itself. */
const PASSING = [429, 500, 502, 503, 504];

/**
 * Whether what a status tells of may pass by itself.
 *
 * @public
 */
export function mayPass(status: number): boolean {
  return PASSING.includes(status);
}

/**
 * An error that says how long to wait before another attempt; not where that is of
 * no use.
 *
 * @public
 */
export interface PassingError extends Error {
  /** Milliseconds. */
  readonly waitMs?: number;
}

/**
 * Attempts something until it succeeds, fails for good, or the wait is too long for
 * a run; delays grow, and are not shorter than the error says.
 *
 * @public
 */
export async function patiently<T>(
  attempt: () => Promise<T>,
  { pace = 1, signal }: { pace?: number; signal: AbortSignal },
): Promise<T> {
  try {
    return await backOff(attempt, {
      numOfAttempts: ATTEMPTS,
      startingDelay: FIRST_DELAY_MS * pace,
      maxDelay: LONGEST_DELAY_MS * pace,
      jitter: 'full',
      retry: async error => {
        const { waitMs } = error as Partial<PassingError>;
        if (waitMs === undefined || waitMs > LONGEST_DELAY_MS) {
          return false;
        }
        await sleep(waitMs * pace, undefined, { signal });
        return true;
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/**
 * The JSON object that a tool answers. What goes wrong is an error that `error` makes
 * of a few words of ours, or `refusal` of an answer that is not 200: none of them
 * holds an address or a credential. Redirects are not followed, so that a credential
 * goes to nobody else.
 *
 * @public
 */
export async function fetchObject(
  address: string,
  init: { method?: string; headers: Record<string, string>; body?: string },
  options: {
    signal: AbortSignal;
    /** Milliseconds; 30,000 where absent. */
    timeoutMs?: number;
    /** With what the answer says, of which nothing may be told. */
    refusal: (response: Response, said: string) => PassingError;
    error: (what: string, rest?: { waitMs?: number }) => PassingError;
  },
): Promise<{ body: Record<string, unknown>; headers: Headers }> {
  const { signal, refusal, error } = options;
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const until = AbortSignal.any([signal, timeout]);
  const answer = await whole(address, init, until).catch(() => {
    // The platform's own errors may carry the address.
    throw error(
      timeout.aborted ? 'did not answer in time' : 'could not be reached',
      { waitMs: 0 },
    );
  });
  const { response, text } = answer;
  if (response.status !== 200) {
    throw refusal(response, text ?? '');
  }
  if (text === undefined) {
    throw error(`sent more than ${LARGEST_ANSWER} bytes`);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw error('sent no JSON');
  }
  if (!isObject(body)) {
    throw error('sent no JSON object');
  }
  return { body, headers: response.headers };
}

/**
 * Whether a value is an object with keys.
 *
 * @public
 */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An answer to its end; without a text where it is too long. */
async function whole(
  address: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<{ response: Response; text?: string }> {
  const response = await fetch(address, {
    ...init,
    redirect: 'manual',
    signal,
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST_ANSWER) {
      return { response };
    }
  }
  return { response, text: Buffer.concat(chunks).toString('utf8') };
}
