import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

const KEPT_MS = 60_000;

/**
 * Which entities the catalog lets somebody read, asked of the catalog with
 * their own credentials and kept for a minute for each principal.
 */
export class ReadableEntities {
  private readonly kept = new Map<
    string,
    { until: number; refs: Promise<string[]> }
  >();

  constructor(
    private readonly options: {
      catalog: CatalogService;
      /** The kinds worth asking for. */
      kinds: () => Promise<string[]>;
      /** Milliseconds of a clock; replaced in tests. */
      now?: () => number;
    },
  ) {}

  async refs(credentials: BackstageCredentials): Promise<string[]> {
    const now = this.options.now?.() ?? Date.now();
    for (const [key, { until }] of this.kept) {
      if (until <= now) {
        this.kept.delete(key);
      }
    }
    const principal = JSON.stringify(credentials.principal);
    const kept = this.kept.get(principal);
    if (kept) {
      return kept.refs;
    }
    const refs = this.ask(credentials);
    this.kept.set(principal, { until: now + KEPT_MS, refs });
    refs.catch(() => this.kept.delete(principal));
    return refs;
  }

  private async ask(credentials: BackstageCredentials): Promise<string[]> {
    const kinds = await this.options.kinds();
    if (kinds.length === 0) {
      return [];
    }
    const pages = this.options.catalog.streamEntities(
      {
        filter: { kind: kinds },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
      },
      { credentials },
    );
    const refs: string[] = [];
    for await (const page of pages) {
      refs.push(...page.map(entity => stringifyEntityRef(entity)));
    }
    return refs;
  }
}
