import type { AuthService } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Note } from 'backstage-plugin-mentorship-common';
import limiter from 'p-limit';
import type {
  Push,
  PushedEvidenceStore,
} from '../../database/PushedEvidenceStore';
import { isEngineTrap, type Core, type Engine } from '../../engine/Engine';
import { PushedDocument } from '../../evidence/pushed/PushedDocument';

/** Documents that are read at a time; each has an engine of its own. */
const CONCURRENCY = 2;
/** Documents that are here or on their way; more are sent again later. */
const MOST_AT_ONCE = 10;

/**
 * Takes pushed documents: the core reads each one in an engine that knows
 * nothing but the service, and what it understood is kept for the next run.
 */
export class EvidenceIntake {
  private readonly limit = limiter(CONCURRENCY);
  private underWay = 0;

  constructor(
    private readonly options: {
      core: Core;
      policy: string;
      auth: AuthService;
      catalog: Pick<CatalogService, 'getEntityByRef'>;
      pushed: Pick<PushedEvidenceStore, 'take'>;
    },
  ) {}

  /**
   * Takes one document; answers with what the core did not understand. Its bytes are
   * asked for where there is room for them, so that memory has a bound.
   *
   * @throws InputError where the core refuses it, NotFoundError where there is no
   * such service, ConflictError where something newer is there.
   */
  async take(push: Push, bytes: () => Promise<Uint8Array>): Promise<Note[]> {
    if (this.underWay >= MOST_AT_ONCE) {
      throw new ServiceUnavailableError(
        'Too much is being pushed at once; send it again in a moment',
      );
    }
    this.underWay += 1;
    try {
      const body = await bytes();
      return await this.limit(() => this.takeBody(push, body));
    } finally {
      this.underWay -= 1;
    }
  }

  private async takeBody(push: Push, body: Uint8Array): Promise<Note[]> {
    const document = PushedDocument.read(body, push.entityRef);
    const notes = await this.understood(push.entityRef, document);
    await this.options.pushed.take(push, document.parts);
    return notes;
  }

  private async understood(
    entityRef: string,
    document: PushedDocument,
  ): Promise<Note[]> {
    const { core, policy } = this.options;
    const catalogPage = await this.catalogPage(entityRef);
    const engine = await core.createEngine(policy);
    try {
      const { services } = await engine.upsertPage(catalogPage);
      if (services === 0) {
        throw noService(entityRef);
      }
      return await read(document, engine);
    } catch (error) {
      if (isEngineTrap(error)) {
        throw new InputError(
          `The core broke down over the document, which is a defect of the core, and nothing was taken: ${error.message}`,
        );
      }
      // What the core refuses is a plain error, whose message is for readers.
      throw (error as Error).name === 'Error'
        ? new InputError((error as Error).message)
        : error;
    } finally {
      await engine.free();
    }
  }

  /** A listing that holds the one entity. */
  private async catalogPage(entityRef: string): Promise<Uint8Array> {
    const { auth, catalog } = this.options;
    const entity = await catalog.getEntityByRef(entityRef, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      throw noService(entityRef);
    }
    const page = { items: [entity], totalItems: 1, pageInfo: {} };
    return new TextEncoder().encode(JSON.stringify(page));
  }
}

async function read(
  { schema, bytes }: PushedDocument,
  engine: Engine,
): Promise<Note[]> {
  return schema === 'mentorship/evidence/v1'
    ? engine.putRepository(bytes)
    : (await engine.putPushed(bytes)).notes;
}

function noService(entityRef: string): NotFoundError {
  return new NotFoundError(`The catalog has no service ${entityRef}`);
}
