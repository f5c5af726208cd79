import { backOff } from 'exponential-backoff';
import { setTimeout as sleep } from 'timers/promises';

/** A record as PagerDuty sends it; the core knows what is in it. */
export type PagerDutyRecord = Record<string, unknown>;

const PAGE_SIZE = 100;
/** PagerDuty lets nobody look further. */
const MOST_RECORDS = 10_000;
/** Bytes of a page; real ones have a tenth. */
const LARGEST_PAGE = 16 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const ATTEMPTS = 5;
const FIRST_DELAY_MS = 1_000;
/** Whoever is to wait longer is better off with the next run. */
const LONGEST_DELAY_MS = 60_000;
/** What may pass by itself. */
const PASSING = [429, 500, 502, 503, 504];

/**
 * Reads PagerDuty's REST API, version 2. What may pass by itself is tried again,
 * when PagerDuty says so or with growing delays. Errors say in one sentence what
 * went wrong, and hold neither the token nor a query.
 */
export class PagerDutyClient {
  constructor(
    private readonly options: {
      token: string;
      apiBaseUrl: string;
      /** Milliseconds of one attempt; less in tests. */
      timeoutMs?: number;
      /** What delays are multiplied by; less in tests. */
      pace?: number;
    },
  ) {}

  /** One record; `undefined` where there is none of this id. */
  async record(
    path: string,
    name: string,
    signal: AbortSignal,
  ): Promise<PagerDutyRecord | undefined> {
    try {
      const record = (await this.get(path, [], signal))[name];
      return isObject(record) ? record : undefined;
    } catch (error) {
      if (error instanceof PagerDutyError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Every record of a list, page by page. */
  async *pages(
    path: string,
    list: string,
    query: Array<[string, string]>,
    signal: AbortSignal,
  ): AsyncGenerator<PagerDutyRecord[]> {
    for (let offset = 0; ; ) {
      const page = await this.get(
        path,
        [...query, ['limit', String(PAGE_SIZE)], ['offset', String(offset)]],
        signal,
      );
      const records = page[list];
      if (!Array.isArray(records)) {
        throw new PagerDutyError(path, `sent no list of \`${list}\``);
      }
      yield records.filter(isObject);
      if (page.more !== true) {
        return;
      }
      offset += records.length;
      if (records.length === 0 || offset >= MOST_RECORDS) {
        throw new PagerDutyError(
          path,
          `says that there are more \`${list}\` than the ${offset} that it sends`,
        );
      }
    }
  }

  private async get(
    path: string,
    query: Array<[string, string]>,
    signal: AbortSignal,
  ): Promise<PagerDutyRecord> {
    const { pace = 1 } = this.options;
    try {
      return await backOff(() => this.attempt(path, query, signal), {
        numOfAttempts: ATTEMPTS,
        startingDelay: FIRST_DELAY_MS * pace,
        maxDelay: LONGEST_DELAY_MS * pace,
        jitter: 'full',
        retry: async error => {
          const { waitMs } = error as Partial<PagerDutyError>;
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

  private async attempt(
    path: string,
    query: Array<[string, string]>,
    signal: AbortSignal,
  ): Promise<PagerDutyRecord> {
    signal.throwIfAborted();
    const { apiBaseUrl, token, timeoutMs = TIMEOUT_MS } = this.options;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(
        `${apiBaseUrl.replace(/\/$/, '')}/${path}?${new URLSearchParams(
          query,
        )}`,
        {
          headers: {
            Accept: 'application/vnd.pagerduty+json;version=2',
            Authorization: `Token token=${token}`,
          },
          // The token follows nobody elsewhere.
          redirect: 'manual',
          signal: AbortSignal.any([signal, timeout]),
        },
      );
      if (response.status !== 200) {
        await response.body?.cancel();
        throw refusal(path, response);
      }
      return objectOf(path, await textOf(path, response));
    } catch (error) {
      if (error instanceof PagerDutyError) {
        throw error;
      }
      // The platform's own errors may carry the address.
      throw new PagerDutyError(
        path,
        timeout.aborted ? 'did not answer in time' : 'could not be reached',
        { waitMs: 0 },
      );
    }
  }
}

/** What PagerDuty did wrong, without anything of the request but its path. */
export class PagerDutyError extends Error {
  readonly status?: number;
  /** How long to wait before another attempt; absent where that is of no use. */
  readonly waitMs?: number;

  constructor(
    path: string,
    what: string,
    rest: { status?: number; waitMs?: number } = {},
  ) {
    super(`PagerDuty ${what} (/${path})`);
    this.name = 'PagerDutyError';
    this.status = rest.status;
    this.waitMs = rest.waitMs;
  }
}

function refusal(path: string, { status, headers }: Response): PagerDutyError {
  const hints: Record<number, string> = {
    401: ', so it does not know the token',
    403: ', so the token may not read this',
  };
  const seconds = ['retry-after', 'ratelimit-reset']
    .map(name => Number(headers.get(name)))
    .filter(each => Number.isFinite(each) && each > 0);
  return new PagerDutyError(path, `answered ${status}${hints[status] ?? ''}`, {
    status,
    ...(PASSING.includes(status) && {
      waitMs: Math.max(0, ...seconds) * 1000,
    }),
  });
}

async function textOf(path: string, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST_PAGE) {
      throw new PagerDutyError(path, `sent more than ${LARGEST_PAGE} bytes`);
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function objectOf(path: string, text: string): PagerDutyRecord {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new PagerDutyError(path, 'sent no JSON');
  }
  if (!isObject(body)) {
    throw new PagerDutyError(path, 'sent no JSON object');
  }
  return body;
}

function isObject(value: unknown): value is PagerDutyRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
