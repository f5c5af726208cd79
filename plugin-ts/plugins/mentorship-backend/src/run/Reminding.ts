import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Reminder } from 'backstage-plugin-mentorship-common';
import type { ReminderStore } from '../database/ReminderStore';
import { daysBefore } from '../days';

/** What is due to whom of one service. */
export interface ServiceReminder extends Reminder {
  entityRef: string;
}

/** Notifications of one run; the next one sends more. */
const MOST_AT_A_TIME = 200;
/** Reminders that are looked up in one question. */
const LOOKED_UP_AT_A_TIME = 200;
/** Longer than any reminder stands. */
const KEPT_DAYS = 400;

/**
 * Tells those concerned what is due, by the portal's notifications, each thing once.
 * What the core says is passed on as it is; whom it reaches, and how, is for the
 * portal and its users to set.
 */
export class Reminding {
  private isWarned = false;

  constructor(
    private readonly options: {
      notifications: NotificationService;
      store: ReminderStore;
      logger: LoggerService;
    },
  ) {}

  /** Never rejects but with the signal's reason: nobody is judged by what is told. */
  async tell(
    reminders: readonly ServiceReminder[],
    today: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, logger } = this.options;
    let sent = 0;
    try {
      for (
        let start = 0;
        start < reminders.length && sent < MOST_AT_A_TIME;
        start += LOOKED_UP_AT_A_TIME
      ) {
        const some = reminders.slice(start, start + LOOKED_UP_AT_A_TIME);
        for (const reminder of await this.untold(some)) {
          signal.throwIfAborted();
          sent += await this.tellOnce(reminder);
          if (sent >= MOST_AT_A_TIME) {
            break;
          }
        }
      }
      await store.forgetBefore(daysBefore(today, KEPT_DAYS));
    } catch (error) {
      signal.throwIfAborted();
      // Every run tries again, and one warning tells as much as many.
      logger[this.isWarned ? 'debug' : 'warn'](
        `reminders could not be sent, and the next run tries again; install the notifications of the portal, or set \`mentorship.notifications\` to false: ${error}`,
      );
      this.isWarned = true;
    }
    if (sent > 0) {
      logger.info(`${sent} reminders were sent`);
    }
  }

  /** Reminders with those recipients alone who were not told yet. */
  private async untold(some: ServiceReminder[]): Promise<ServiceReminder[]> {
    const each = some.flatMap(reminder =>
      reminder.recipients.map(recipient => ({ ...reminder, recipient })),
    );
    const untold = await this.options.store.unclaimed(each);
    return some.flatMap(reminder => {
      const recipients = untold
        .filter(
          ({ entityRef, id }) =>
            entityRef === reminder.entityRef && id === reminder.id,
        )
        .map(({ recipient }) => recipient);
      return recipients.length > 0 ? [{ ...reminder, recipients }] : [];
    });
  }

  /** Answers with how many notifications it took. */
  private async tellOnce(reminder: ServiceReminder): Promise<number> {
    const { notifications, store } = this.options;
    const { entityRef, id, topic, title, text } = reminder;
    const claimed: string[] = [];
    for (const recipient of reminder.recipients) {
      if (await store.claim({ entityRef, id, recipient })) {
        claimed.push(recipient);
      }
    }
    if (claimed.length === 0) {
      return 0;
    }
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: claimed },
        payload: {
          title,
          description: text,
          link: pageOf(entityRef),
          severity: 'normal',
          topic,
          // What follows on a reminder takes its place.
          scope: scopeOf(reminder),
        },
      });
      return 1;
    } catch (error) {
      for (const recipient of claimed) {
        await store.release({ entityRef, id, recipient });
      }
      throw error;
    }
  }
}

/** One rotation is told three times, in one place; milestones stand side by side. */
function scopeOf({ entityRef, topic, id }: ServiceReminder): string {
  return topic === 'milestone-overdue'
    ? `${entityRef} ${id}`
    : `${entityRef} ${topic}`;
}

/** The service's tab, where the catalog has it. */
function pageOf(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [namespace, kind, name].map(encodeURIComponent);
  return `/catalog/${parts.join('/')}/mentorship`;
}
