import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { ServiceLocation } from 'backstage-plugin-mentorship-common';
import type { RunError } from '../database/RunStore';
import { isEngineTrap, type Core } from './Engine';

/** The core broke down over what came from one place. */
export class RepositoryTrap extends Error {
  constructor(readonly repository: string, cause: Error) {
    super(`the core broke down over ${repository}: ${cause.message}`, {
      cause,
    });
  }
}

/** The core broke down, and the suspects know more than before. */
export class BrokenOff extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/**
 * What the core broke down over, narrowed down from attempt to attempt until
 * each culprit stands alone; culprits are kept from the engine then, told as
 * errors, and everything else is judged. Only here are entities parsed outside
 * the core, because the core cannot be asked any more.
 */
export class Suspects {
  /** Repositories that the core cannot take in, with the reason. */
  readonly repositories = new Map<string, string>();
  private readonly culprits = new Map<string, string>();
  /** Services to be judged one by one: `start` included, `end` not. */
  private range: { start: number; end: number } | undefined;

  /** What was found, as errors of the run. */
  errors(): RunError[] {
    return [...this.culprits, ...this.repositories].map(([place, message]) => ({
      place,
      message,
    }));
  }

  /** A page without the culprits, and how many were taken off it. */
  cleared(page: Uint8Array): { bytes: Uint8Array; removed: number } {
    if (this.culprits.size === 0) {
      return { bytes: page, removed: 0 };
    }
    const parsed = parsePage(page);
    const items = parsed.items.filter(item => !this.culprits.has(name(item)));
    return {
      bytes: writePage({ ...parsed, items }),
      removed: parsed.items.length - items.length,
    };
  }

  /**
   * Has the core take in a page.
   *
   * @throws BrokenOff where the core broke down and the entity was found.
   */
  async watchPage<T>(
    page: Uint8Array,
    core: { core: Core; policy: string },
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isEngineTrap(error)) {
        throw error;
      }
      await this.findOnPage(page, error, core);
      throw new BrokenOff(error);
    }
  }

  /**
   * Has the core take in what came from one place, unless it broke down over it.
   *
   * @throws BrokenOff where the core broke down.
   */
  async watchPlace(place: string, work: () => Promise<void>): Promise<void> {
    if (this.repositories.has(place)) {
      return;
    }
    try {
      await work();
    } catch (error) {
      if (!isEngineTrap(error)) {
        throw error;
      }
      const trap = new RepositoryTrap(place, error);
      this.addRepository(trap);
      throw new BrokenOff(trap);
    }
  }

  /** Finds the entity on a page over which the core breaks down, by halving. */
  private async findOnPage(
    page: Uint8Array,
    trap: Error,
    { core, policy }: { core: Core; policy: string },
  ): Promise<void> {
    const breaks = (items: unknown[]) => breaksDown(core, policy, items);
    let items = parsePage(page).items;
    if ((await breaks([])) || !(await breaks(items))) {
      throw trap;
    }
    while (items.length > 1) {
      const half = Math.ceil(items.length / 2);
      const [first, second] = [items.slice(0, half), items.slice(half)];
      if (await breaks(first)) {
        items = first;
      } else if (await breaks(second)) {
        items = second;
      } else {
        throw trap;
      }
    }
    this.culprits.set(name(items[0]), why(trap));
  }

  /** Notes the repository whose evidence the core cannot take in. */
  addRepository(trap: RepositoryTrap): void {
    if (this.repositories.has(trap.repository)) {
      throw trap;
    }
    this.repositories.set(trap.repository, why(trap.cause as Error));
  }

  /**
   * Notes services among which one cannot be judged. More than one are judged
   * one by one in the next attempt, and then the culprit is known.
   */
  addServices(
    start: number,
    count: number,
    locations: ServiceLocation[],
    trap: Error,
  ): void {
    if (count > 1) {
      this.range = { start, end: start + count };
      return;
    }
    const culprit = locations.at(start)?.entityRef;
    if (culprit === undefined || this.culprits.has(culprit)) {
      throw trap;
    }
    this.culprits.set(culprit, why(trap));
  }

  /** How many services to judge at a time from here. */
  sliceSize(start: number, usual: number): number {
    if (!this.range || start >= this.range.end) {
      return usual;
    }
    return start >= this.range.start
      ? 1
      : Math.min(usual, this.range.start - start);
  }
}

interface CatalogPage {
  items: unknown[];
}

function parsePage(page: Uint8Array): CatalogPage {
  return JSON.parse(new TextDecoder().decode(page));
}

function writePage(page: CatalogPage): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(page));
}

async function breaksDown(
  core: Core,
  policy: string,
  items: unknown[],
): Promise<boolean> {
  const engine = await core.createEngine(policy);
  try {
    await engine.upsertPage(
      writePage({ items, totalItems: items.length, pageInfo: {} } as never),
    );
    return false;
  } catch (error) {
    if (isEngineTrap(error)) {
      return true;
    }
    throw error;
  } finally {
    await engine.free();
  }
}

/** The entity's ref; where it has none, the beginning of what it is. */
function name(item: unknown): string {
  try {
    return stringifyEntityRef(item as Entity);
  } catch {
    return `catalog entity ${JSON.stringify(item).slice(0, 200)}`;
  }
}

function why(trap: Error): string {
  return `the core broke down over it, which is a defect of the core: ${trap.message}`;
}
