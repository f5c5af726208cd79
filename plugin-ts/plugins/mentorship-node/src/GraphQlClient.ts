import { fetchObject, isObject, mayPass, patiently } from './patience';

/**
 * An object as a code host sends it.
 *
 * @public
 */
export type GraphQlObject = Record<string, unknown>;

/** Pages of one list; a host that sends more sends them without end. */
const MOST_PAGES = 5_000;
/** How long to wait for a host that has had enough and does not say until when. */
const UNTOLD_WAIT_MS = 60_000;
/** What is said of a part that the credentials do not reach. */
const DENIALS = ['FORBIDDEN', 'INSUFFICIENT_SCOPES'];
const DENIED = ', so the credentials of `integrations` may not read this';
/** What a gateway says where the host behind it took too long. */
const TOOK_TOO_LONG = [502, 504];

/**
 * What is known of an error of a code host; what is absent is not so.
 *
 * @public
 */
export interface CodeHostErrorDetails {
  isLimit?: boolean;
  isTooMuch?: boolean;
  waitMs?: number;
}

/**
 * What a code host did wrong, in one sentence for readers: it holds no token, no
 * address and nothing that the host said but codes.
 *
 * @public
 */
export class CodeHostError extends Error {
  /** Whether the host asks for patience longer than anybody waits. */
  readonly isLimit: boolean;
  /** Whether the host may answer where it is asked for less at a time. */
  readonly isTooMuch: boolean;
  /** How long to wait before another attempt; absent where that is of no use. */
  readonly waitMs?: number;

  constructor(message: string, rest: CodeHostErrorDetails = {}) {
    super(message);
    this.name = 'CodeHostError';
    this.isLimit = rest.isLimit ?? false;
    this.isTooMuch = rest.isTooMuch ?? false;
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
    const { pace } = this.options;
    return patiently(() => this.attempt(question, signal), { pace, signal });
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
    const { address, headers, query, variables } = question;
    const answer = await fetchObject(
      address,
      {
        method: 'POST',
        headers: {
          ...headers,
          Accept: 'application/json',
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({ query, variables }),
      },
      {
        signal,
        timeoutMs: this.options.timeoutMs,
        refusal: (response, said) => this.refusal(response, said),
        error: (what, rest) => this.error(what, rest),
      },
    );
    return this.dataOf(answer.body, answer.headers);
  }

  private refusal({ status, headers }: Response, said: string): CodeHostError {
    // A host that has had enough says 403 as well as 429, and not always until when.
    const isLimit =
      status === 429 ||
      (status === 403 &&
        (headers.has('retry-after') ||
          headers.get('x-ratelimit-remaining') === '0' ||
          tellsOfLimit(said)));
    if (isLimit) {
      return this.limit(headers);
    }
    const hints: Record<number, string> = {
      401: ', so it does not know the credentials of `integrations`',
      403: DENIED,
    };
    return this.error(`answered ${status}${hints[status] ?? ''}`, {
      isTooMuch: TOOK_TOO_LONG.includes(status),
      ...(mayPass(status) && { waitMs: waitMsOf(headers) ?? 0 }),
    });
  }

  private dataOf(body: GraphQlObject, headers: Headers): GraphQlObject {
    const { data, errors } = body;
    const told = Array.isArray(errors) ? errors : [];
    if (told.some(isOfLimit) || (!data && isOfLimit(body))) {
      throw this.limit(headers);
    }
    if (told.length > 0) {
      const codes = told.map(codeOf);
      if (told.some(isOfWhole)) {
        throw this.nowhere();
      }
      const known = [...new Set(codes.filter(code => code !== ''))];
      const named = known.length > 0 ? ` (${known.join(', ')})` : '';
      const hint = known.some(code => DENIALS.includes(code)) ? DENIED : '';
      throw this.error(`could not answer${named}${hint}`, {
        isTooMuch: codes.includes('RESOURCE_LIMITS_EXCEEDED'),
      });
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
    const waitMs = waitMsOf(headers) ?? UNTOLD_WAIT_MS;
    return this.error('asks for patience, because it was asked too much', {
      isLimit: true,
      waitMs,
    });
  }

  private error(what: string, rest: CodeHostErrorDetails = {}): CodeHostError {
    return new CodeHostError(`${this.options.title} ${what}`, rest);
  }
}

/** How long a host asks to wait: in seconds, or until a time in Unix seconds. */
function waitMsOf(headers: Headers): number | undefined {
  const number = (name: string) => {
    const value = headers.get(name);
    return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const seconds = number('retry-after');
  if (seconds !== undefined) {
    return seconds * 1000;
  }
  const left = number('x-ratelimit-remaining') ?? number('ratelimit-remaining');
  const until = number('x-ratelimit-reset') ?? number('ratelimit-reset');
  // Hosts tell with every answer when they begin to count anew: whoever has
  // something left does not wait for that.
  return until === undefined || (left ?? 0) > 0
    ? undefined
    : Math.max(0, until * 1000 - Date.now());
}

/** Whether an error says that the repository is not there, and no part of it alone. */
function isOfWhole(error: unknown): boolean {
  const { path } = (isObject(error) ? error : {}) as { path?: unknown };
  const isPart = Array.isArray(path) && path.length > 1;
  return codeOf(error) === 'NOT_FOUND' && !isPart;
}

/** Whether an error says, by its code or in words alone, that too much was asked. */
function isOfLimit(error: unknown): boolean {
  const { message } = (isObject(error) ? error : {}) as { message?: unknown };
  return (
    codeOf(error).includes('RATE_LIMIT') ||
    (typeof message === 'string' && tellsOfLimit(message))
  );
}

/** GitHub's secondary limits have no code, and often no header. */
function tellsOfLimit(said: string): boolean {
  return /\brate limit\b/i.test(said);
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
