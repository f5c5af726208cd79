import {
  fetchObject,
  isObject,
  mayPass,
  patiently,
} from 'backstage-plugin-mentorship-node';

/** A record as PagerDuty sends it; the core knows what is in it. */
export type PagerDutyRecord = Record<string, unknown>;

const PAGE_SIZE = 100;
/** PagerDuty lets nobody look further. */
const MOST_RECORDS = 10_000;
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
    const { apiBaseUrl, token, timeoutMs, pace } = this.options;
    const parameters = new URLSearchParams(query);
    const attempt = () =>
      fetchObject(
        `${apiBaseUrl.replace(/\/$/, '')}/${path}?${parameters}`,
        {
          headers: {
            Accept: 'application/vnd.pagerduty+json;version=2',
            Authorization: `Token token=${token}`,
          },
        },
        {
          signal,
          timeoutMs,
          refusal: response => refusal(path, response),
          error: (what, rest) => new PagerDutyError(path, what, rest),
        },
      );
    return (await patiently(attempt, { pace, signal })).body;
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
    ...(mayPass(status) && {
      waitMs: Math.max(0, ...seconds) * 1000,
    }),
  });
}
