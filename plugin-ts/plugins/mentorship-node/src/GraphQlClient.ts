import { backOff } from 'exponential-backoff';
import { setTimeout as sleep } from 'timers/promises';

/**
 * An object as a code host sends it.
 *
 * @public
 */
export type GraphQlObject = Record<string, unknown>;

/** Bytes of an answer; real ones have a tenth. */
const LARGEST_ANSWER = 16 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const ATTEMPTS = 5;
const FIRST_DELAY_MS = 1_000;
/** Whoever is to wait longer is better off with the next run. */
const LONGEST_DELAY_MS = 60_000;
/** What may pass by itself. */
const PASSING = [429, 500, 502, 503, 504];
/** Pages of one list; a host that sends more sends them without end. */
const MOST_PAGES = 5_000;

/**
 * What a code host did wrong, in one sentence for readers: it holds no token, no
 * address and nothing that the host said but codes.
 *
 * @public
 */
export class CodeHostError extends Error {
  /** Whether the host asks for patience longer than anybody waits. */
  readonly isLimit: boolean;
  /** How long to wait before another attempt; absent where that is of no use. */
  readonly waitMs?: number;

  constructor(
    message: string,
    rest: { isLimit?: boolean; waitMs?: number } = {},
  ) {
    super(message);
    this.name = 'CodeHostError';
    this.isLimit = rest.isLimit ?? false;
    this.waitMs = rest.waitMs;
  }
}

/**
 * Asks a code host by GraphQL. What may pass by itself is tried again, when the host
 * says so or with growing delays. An answer that is not whole is no answer.
 *
 * @public
 */
export class GraphQlClient {
  constructor(
    private readonly options: {
      /** What the host is called in errors. */
      title: string;
      /** Milliseconds of one attempt; less in tests. */
      timeoutMs?: number;
      /** What delays are multiplied by; less in tests. */
      pace?: number;
    },
  ) {}

  /**
   * The data of an answer.
   *
   * @throws CodeHostError
   */
  async query(
    question: {
      address: string;
      headers: Record<string, string>;
      query: string;
      variables: GraphQlObject;
    },
    signal: AbortSignal,
  ): Promise<GraphQlObject> {
    const { pace = 1 } = this.options;
    try {
      return await backOff(() => this.attempt(question, signal), {
        numOfAttempts: ATTEMPTS,
        startingDelay: FIRST_DELAY_MS * pace,
        maxDelay: LONGEST_DELAY_MS * pace,
        jitter: 'full',
        retry: async error => {
          const { waitMs } = error as Partial<CodeHostError>;
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
   * Every page of a list, each with the nodes that are objects.
   *
   * @throws CodeHostError also where the host leads in circles.
   */
  async *pages(
    page: (after: string | null) => Promise<unknown>,
  ): AsyncGenerator<GraphQlObject[]> {
    let after: string | null = null;
    for (let count = 0; count < MOST_PAGES; count++) {
      const connection = this.object(await page(after), 'a list');
      const { nodes } = connection;
      if (!Array.isArray(nodes)) {
        throw this.error('sent a list without its items');
      }
      yield nodes.filter(isObject);
      const info = this.object(connection.pageInfo, 'where a list goes on');
      if (info.hasNextPage !== true) {
        return;
      }
      if (typeof info.endCursor !== 'string' || info.endCursor === after) {
        throw this.error('says that there is more, and not where');
      }
      after = info.endCursor;
    }
    throw this.error(`sends more than ${MOST_PAGES} pages of one list`);
  }

  /**
   * A value that has to be an object.
   *
   * @throws CodeHostError where it is none.
   */
  object(value: unknown, what: string): GraphQlObject {
    if (!isObject(value)) {
      throw this.error(`did not send ${what}`);
    }
    return value;
  }

  private async attempt(
    question: Parameters<GraphQlClient['query']>[0],
    signal: AbortSignal,
  ): Promise<GraphQlObject> {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(this.options.timeoutMs ?? TIMEOUT_MS);
    try {
      const response = await fetch(question.address, {
        method: 'POST',
        headers: {
          ...question.headers,
          Accept: 'application/json',
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({
          query: question.query,
          variables: question.variables,
        }),
        // The credentials are for this host and no other.
        redirect: 'manual',
        signal: AbortSignal.any([signal, timeout]),
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        throw this.refusal(response);
      }
      return this.dataOf(await this.textOf(response), response.headers);
    } catch (error) {
      if (error instanceof CodeHostError) {
        throw error;
      }
      // The platform's own errors may carry the address.
      throw this.error(
        timeout.aborted ? 'did not answer in time' : 'could not be reached',
        { waitMs: 0 },
      );
    }
  }

  private refusal({ status, headers }: Response): CodeHostError {
    // A host that has had enough says 403 as well as 429, and until when.
    const isLimit =
      status === 429 ||
      (status === 403 &&
        (headers.has('retry-after') ||
          headers.get('x-ratelimit-remaining') === '0'));
    if (isLimit) {
      return this.limit(headers);
    }
    const hints: Record<number, string> = {
      401: ', so it does not know the credentials of `integrations`',
      403: ', so the credentials of `integrations` may not read this',
    };
    return this.error(`answered ${status}${hints[status] ?? ''}`, {
      ...(PASSING.includes(status) && { waitMs: waitMsOf(headers) ?? 0 }),
    });
  }

  private dataOf(text: string, headers: Headers): GraphQlObject {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      throw this.error('sent no JSON');
    }
    const { data, errors } = this.object(body, 'a JSON object');
    if (Array.isArray(errors) && errors.length > 0) {
      const codes = errors.map(codeOf);
      if (codes.some(code => code.includes('RATE_LIMIT'))) {
        throw this.limit(headers);
      }
      if (codes.includes('NOT_FOUND')) {
        throw this.nowhere();
      }
      const told = [...new Set(codes.filter(code => code !== ''))];
      throw this.error(
        `could not answer${told.length > 0 ? ` (${told.join(', ')})` : ''}`,
      );
    }
    return this.object(data, 'any data');
  }

  /** That the host shows no such repository. */
  nowhere(): CodeHostError {
    return this.error(
      'shows no such repository; it was moved, or the credentials of `integrations` may not read it',
    );
  }

  private limit(headers: Headers): CodeHostError {
    const waitMs = waitMsOf(headers) ?? 0;
    return this.error('asks for patience, because it was asked too much', {
      isLimit: true,
      waitMs,
    });
  }

  private error(
    what: string,
    rest: { isLimit?: boolean; waitMs?: number } = {},
  ): CodeHostError {
    return new CodeHostError(`${this.options.title} ${what}`, rest);
  }

  private async textOf(response: Response): Promise<string> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > LARGEST_ANSWER) {
        throw this.error(`sent more than ${LARGEST_ANSWER} bytes`);
      }
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

/** How long a host asks to wait: in seconds, or until a time in Unix seconds. */
function waitMsOf(headers: Headers): number | undefined {
  const number = (name: string) => {
    const value = headers.get(name);
    return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const seconds = number('retry-after');
  const until = number('x-ratelimit-reset') ?? number('ratelimit-reset');
  if (seconds !== undefined) {
    return seconds * 1000;
  }
  return until === undefined
    ? undefined
    : Math.max(0, until * 1000 - Date.now());
}

/** The code of an error; its message may hold anything. */
function codeOf(error: unknown): string {
  const { type, extensions } = (isObject(error) ? error : {}) as {
    type?: unknown;
    extensions?: { code?: unknown };
  };
  const code = type ?? extensions?.code;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : '';
}

function isObject(value: unknown): value is GraphQlObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
