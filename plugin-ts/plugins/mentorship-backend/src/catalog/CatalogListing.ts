import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError, ServiceUnavailableError } from '@backstage/errors';
import { setTimeout as sleep } from 'timers/promises';

/** Entities asked for at a time; keeps a page near 1 MB. */
const PAGE_SIZE = 500;
const ATTEMPTS = 5;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const PAGE_TIMEOUT_MS = 30_000;

/** Reads the catalog page by page, as bytes that only the core understands. */
export class CatalogListing {
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
      /** Waits between attempts; replaced in tests. */
      wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
    },
  ) {}

  /**
   * One page, byte for byte as the catalog sent it. What may pass by itself is
   * tried again with growing delays: no answer, 429, 5xx, a body cut short.
   */
  async page(
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        return await this.attempt(cursor, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (attempt === ATTEMPTS || !mayPass(error)) {
          throw new ServiceUnavailableError(
            `the catalog could not be listed after ${attempt} attempts`,
            error,
          );
        }
        await this.wait(delay(attempt, error), signal);
      }
    }
  }

  private async attempt(
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const { auth, discovery } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'catalog',
    });
    const address = new URL(
      `${await discovery.getBaseUrl('catalog')}/entities/by-query`,
    );
    address.searchParams.set('limit', String(PAGE_SIZE));
    if (cursor) {
      address.searchParams.set('cursor', cursor);
    }
    const response = await fetch(address, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(PAGE_TIMEOUT_MS)]),
    });
    if (!response.ok) {
      throw new CatalogAnswerError(
        response.headers.get('Retry-After'),
        await ResponseError.fromResponse(response),
      );
    }
    return new Uint8Array(await response.arrayBuffer());
  }

  private async wait(milliseconds: number, signal: AbortSignal) {
    await (this.options.wait
      ? this.options.wait(milliseconds, signal)
      : sleep(milliseconds, undefined, { signal }));
  }
}

class CatalogAnswerError extends Error {
  readonly status: number;

  constructor(readonly retryAfter: string | null, answer: ResponseError) {
    super(answer.message, { cause: answer });
    this.status = answer.statusCode;
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof CatalogAnswerError
    ? error.status === 429 || error.status >= 500
    : true;
}

function delay(attempt: number, error: unknown): number {
  const asked =
    error instanceof CatalogAnswerError ? Number(error.retryAfter) * 1000 : 0;
  const growing = FIRST_DELAY_MS * 2 ** (attempt - 1);
  return Math.min(Math.max(asked || 0, growing), LONGEST_DELAY_MS);
}
