import { createHash } from 'crypto';
import type { Knex } from 'knex';
import type { ReminderRow } from './rows';

/** Something that one user is told of one service, once. */
export interface ToldReminder {
  entityRef: string;
  /** The reminder's id, which tells it from the service's others. */
  id: string;
  recipient: string;
}

/**
 * Keeps who was reminded of what. Whoever claims a reminder tells it; of several
 * backends one gets it.
 */
export class ReminderStore {
  constructor(private readonly knex: Knex) {}

  /** Those of some reminders that nobody claimed yet; most were told long ago. */
  async unclaimed<Each extends ToldReminder>(some: Each[]): Promise<Each[]> {
    const claimed: string[] = await this.rows()
      .whereIn('key', some.map(keyOf))
      .pluck('key');
    const known = new Set(claimed);
    return some.filter(reminder => !known.has(keyOf(reminder)));
  }

  /** Whether it was nobody's before, and is the caller's now. */
  async claim(reminder: ToldReminder): Promise<boolean> {
    const claimed = await this.rows()
      .insert({
        key: keyOf(reminder),
        recipient: reminder.recipient,
        told_at: new Date().toISOString(),
      })
      .onConflict('key')
      .ignore()
      .returning('key');
    return claimed.length > 0;
  }

  /** Gives back what could not be told. */
  async release(reminder: ToldReminder): Promise<void> {
    await this.rows()
      .where({ key: keyOf(reminder) })
      .delete();
  }

  /** Forgets what was told before a day, which no reminder stands for that long. */
  async forgetBefore(day: string): Promise<void> {
    await this.rows().where('told_at', '<', day).delete();
  }

  private rows() {
    return this.knex<ReminderRow>('mentorship_reminders');
  }
}

function keyOf({ entityRef, id, recipient }: ToldReminder): string {
  return createHash('sha256')
    .update(JSON.stringify([entityRef, id, recipient]))
    .digest('hex');
}
