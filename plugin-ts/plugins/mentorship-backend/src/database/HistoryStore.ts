import type { Knex } from 'knex';
import type { HistoryPartRow, HistoryRow } from './rows';

/** Bytes in one row, so that no statement takes long. */
const PART_BYTES = 256 * 1024;

/** A history to be gone on from. */
export interface StoredHistory {
  /** The last commit. */
  tip: string;
  commits: number;
  /** What git itself made of the commits with; see `EvidenceSink`. */
  basis: string;
}

/** How a history was read. */
export interface HistoryReading {
  collectedAt: string;
  reading: 'full' | 'incremental';
  /** Why it was read in full although an older one was known, or none was. */
  fullBecause?: string;
}

/**
 * Keeps the histories as the core gave them out. They are in the database and
 * not beside the copies of repositories, so that every replica goes on from what
 * another one read, and so that the last good history outlives a disk. Losing
 * one costs time and nothing else.
 */
export class HistoryStore {
  constructor(private readonly knex: Knex) {}

  /** What is stored of a repository's history, but for the history itself. */
  async find(
    source: string,
    repository: string,
  ): Promise<StoredHistory | undefined> {
    const row = await this.knex<HistoryRow>('mentorship_histories')
      .where({ source, repository })
      .first('tip', 'commits', 'basis');
    return row && row.tip !== null
      ? { tip: row.tip, commits: row.commits ?? 0, basis: row.basis ?? '' }
      : undefined;
  }

  /** The core's bytes. Whether they are whole is for the core to say. */
  async load(source: string, repository: string): Promise<Uint8Array> {
    const parts: Buffer[] = await this.knex<HistoryPartRow>(
      'mentorship_history_parts',
    )
      .where({ source, repository })
      .orderBy('part')
      .pluck('bytes');
    return Buffer.concat(parts);
  }

  /** Replaces what is stored, at once. */
  async replace(
    source: string,
    repository: string,
    history: StoredHistory,
    bytes: Uint8Array,
  ): Promise<void> {
    await this.knex.transaction(async transaction => {
      // First, because it makes writers of the same history wait for each other.
      await transaction<HistoryRow>('mentorship_histories')
        .insert({ source, repository, ...history })
        .onConflict(['source', 'repository'])
        .merge(history);
      const parts = () =>
        transaction<HistoryPartRow>('mentorship_history_parts');
      await parts().where({ source, repository }).delete();
      for (let part = 0; part * PART_BYTES < bytes.length; part++) {
        const start = part * PART_BYTES;
        await parts().insert({
          source,
          repository,
          part,
          bytes: Buffer.from(bytes.subarray(start, start + PART_BYTES)),
        });
      }
    });
  }

  /** Keeps how the stored history was read. */
  async wasRead(
    source: string,
    repository: string,
    { collectedAt, reading, fullBecause }: HistoryReading,
  ): Promise<void> {
    await this.knex<HistoryRow>('mentorship_histories')
      .where({ source, repository })
      .update({
        collected_at: collectedAt,
        reading,
        full_because: fullBecause ?? null,
      });
  }

  /** Forgets a history. */
  async forget(source: string, repository: string): Promise<void> {
    await this.knex.transaction(async transaction => {
      for (const table of [
        'mentorship_histories',
        'mentorship_history_parts',
      ]) {
        await transaction(table).where({ source, repository }).delete();
      }
    });
  }

  /** Forgets repositories where no service lives any more. */
  async forgetOthers(source: string, repositories: string[]): Promise<void> {
    const known: string[] = await this.knex<HistoryRow>('mentorship_histories')
      .where({ source })
      .pluck('repository');
    const lives = new Set(repositories);
    for (const repository of known.filter(each => !lives.has(each))) {
      await this.forget(source, repository);
    }
  }
}
