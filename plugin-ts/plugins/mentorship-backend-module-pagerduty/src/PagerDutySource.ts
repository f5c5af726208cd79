import type {
  LastCollection,
  OperationsRequest,
  OperationsSource,
} from 'backstage-plugin-mentorship-node';
import limiter, { type Limit } from 'p-limit';
import {
  PagerDutyError,
  type PagerDutyClient,
  type PagerDutyRecord,
} from './PagerDutyClient';
import { needed, peopleIn } from './records';

/** Ids in one address, so that it does not become too long. */
const IDS_AT_A_TIME = 50;
/** Days in one list, so that it does not become too long for PagerDuty. */
const DAYS_AT_A_TIME = 30;
/** How far back incidents are looked at again in every run. */
const OVERLAP_DAYS = 7;
/** How far back and ahead on-calls are looked at. */
const ON_CALL_DAYS = 30;
/** After how long everything is looked at again, so that nothing is missed for long. */
const COMPLETE_AFTER_MS = 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

type Kind = 'incidents' | 'on-calls';

/**
 * Brings incidents with their log, and who is on call, of the services that the
 * catalog names. In most runs it looks at the last days only, and reads the log
 * of those incidents only that changed.
 */
export class PagerDutySource implements OperationsSource {
  readonly id = 'pagerduty';
  readonly title: string;
  readonly tool = 'pagerduty';
  readonly kinds: Kind[] = ['incidents', 'on-calls'];
  private readonly limit: Limit;

  constructor(
    private readonly options: {
      client: PagerDutyClient;
      title: string;
      /** Days to look back on. */
      days: number;
      /** Incidents that are read at a time. */
      concurrency: number;
    },
  ) {
    this.title = options.title;
    this.limit = limiter(options.concurrency);
  }

  /** One kind that fails does not keep the other from being had. */
  async collect(request: OperationsRequest): Promise<void> {
    const collections: Record<Kind, () => Promise<void>> = {
      incidents: () => this.incidents(request),
      'on-calls': () => this.onCalls(request),
    };
    for (const kind of this.kinds) {
      try {
        await collections[kind]();
      } catch (error) {
        request.signal.throwIfAborted();
        await request.sink.fail(kind, (error as Error).message);
      }
    }
  }

  private async incidents(request: OperationsRequest): Promise<void> {
    const { serviceIds, today, sink, signal } = request;
    const since = plusDays(today, -this.options.days);
    const last = await sink.last('incidents');
    const complete = !last || this.asksForMore(last, serviceIds, since);
    const from = complete
      ? since
      : later(since, plusDays(last.collectedAt, -OVERLAP_DAYS));
    const reading: Reading = {
      ...request,
      kept: await sink.kept('incidents'),
      people: new Map(),
    };
    for (const [start, end] of spans(from, plusDays(today, 1))) {
      for (const ids of batches(serviceIds)) {
        const pages = this.options.client.pages(
          'incidents',
          'incidents',
          [
            ...ids.map((id): [string, string] => ['service_ids[]', id]),
            ['since', `${start}T00:00:00Z`],
            ['until', `${end}T00:00:00Z`],
            ['time_zone', 'UTC'],
          ],
          signal,
        );
        for await (const page of pages) {
          await settled(
            page.map(each => this.limit(() => this.incident(each, reading))),
          );
        }
      }
    }
    await sink.succeed('incidents', { since, complete });
  }

  /** Whether what is known says too little of what is asked for now. */
  private asksForMore(
    last: LastCollection,
    serviceIds: readonly string[],
    since: string,
  ): boolean {
    const known = new Set(last.serviceIds);
    return (
      serviceIds.some(id => !known.has(id)) ||
      known.size > serviceIds.length ||
      last.since > since ||
      Date.now() - Date.parse(last.completeAt) > COMPLETE_AFTER_MS
    );
  }

  /** Keeps an incident with its log, and with the addresses of its people. */
  private async incident(
    incident: PagerDutyRecord,
    reading: Reading,
  ): Promise<void> {
    const { sink, kept, people, signal } = reading;
    const { client } = this.options;
    const id = text(incident.id);
    const version = [incident.status, incident.last_status_change_at].join(' ');
    // While it is open, notes come without any change of its status.
    if (incident.status === 'resolved' && kept.get(id) === version) {
      sink.confirm('incidents', id);
      return;
    }
    const log = id === '' ? [] : await this.log(id, reading);
    const users = [];
    for (const person of peopleIn([incident, log])) {
      const known =
        people.get(person) ??
        client.record(`users/${encodeURIComponent(person)}`, 'user', signal);
      people.set(person, known);
      users.push((await known) ?? { id: person });
    }
    await sink.put('incidents', {
      key: id,
      version,
      day: dayOf(incident.created_at),
      bytes: needed({ incidents: [incident], log_entries: log, users }),
    });
  }

  /** The log of an incident; empty, and told, where it is shown no more. */
  private async log(
    id: string,
    { signal, logger }: Reading,
  ): Promise<PagerDutyRecord[]> {
    const path = `incidents/${encodeURIComponent(id)}/log_entries`;
    const pages = this.options.client.pages(path, 'log_entries', [], signal);
    const log: PagerDutyRecord[] = [];
    try {
      for await (const page of pages) {
        log.push(...page);
      }
    } catch (error) {
      // One incident says nothing of the others.
      if (!(error instanceof PagerDutyError && error.status === 404)) {
        throw error;
      }
      logger.warn(
        `PagerDuty shows the log of incident ${id} no more; it counts by what its page says`,
      );
    }
    return log;
  }

  /** Who is on call now is no sum of what was before: all or nothing is put. */
  private async onCalls(request: OperationsRequest): Promise<void> {
    const { serviceIds, today, sink, signal, logger } = request;
    const { client } = this.options;
    const asked = new Set(serviceIds);
    const services: PagerDutyRecord[] = [];
    if (serviceIds.length > 0) {
      for await (const page of client.pages(
        'services',
        'services',
        [],
        signal,
      )) {
        services.push(...page.filter(({ id }) => asked.delete(text(id))));
      }
    }
    if (asked.size > 0) {
      logger.warn(
        `PagerDuty shows no service ${[...asked].join(
          ', ',
        )}; the catalog names it in \`pagerduty.com/service-id\``,
      );
    }
    const policies = new Set(
      services.map(({ escalation_policy: policy }) =>
        text((policy as PagerDutyRecord | undefined)?.id),
      ),
    );
    const onCalls: PagerDutyRecord[] = [];
    for (const ids of batches([...policies].filter(id => id !== '').sort())) {
      const pages = client.pages(
        'oncalls',
        'oncalls',
        [
          ...ids.map((id): [string, string] => ['escalation_policy_ids[]', id]),
          ['include[]', 'users'],
          ['since', `${plusDays(today, -ON_CALL_DAYS)}T00:00:00Z`],
          ['until', `${plusDays(today, ON_CALL_DAYS)}T00:00:00Z`],
          ['time_zone', 'UTC'],
        ],
        signal,
      );
      for await (const page of pages) {
        onCalls.push(...page);
      }
    }
    await sink.put('on-calls', {
      key: 'all',
      version: today,
      bytes: needed({ services, oncalls: onCalls }),
    });
    const since = plusDays(today, -this.options.days);
    await sink.succeed('on-calls', { since, complete: true });
  }
}

interface Reading extends OperationsRequest {
  /** The versions of incidents that are kept. */
  kept: ReadonlyMap<string, string>;
  /** Users by id, each asked for once. */
  people: Map<string, Promise<PagerDutyRecord | undefined>>;
}

/** Waits for all of them, so that none goes on after one failed. */
async function settled(all: Array<Promise<void>>): Promise<void> {
  const failed = (await Promise.allSettled(all)).find(
    each => each.status === 'rejected',
  );
  if (failed) {
    throw failed.reason;
  }
}

function* batches(ids: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < ids.length; start += IDS_AT_A_TIME) {
    yield ids.slice(start, start + IDS_AT_A_TIME);
  }
}

/** Spans of days, `end` not included, that cover everything from day to day. */
function* spans(from: string, to: string): Generator<[string, string]> {
  for (let start = from; start < to; ) {
    const next = plusDays(start, DAYS_AT_A_TIME);
    const end = next < to ? next : to;
    yield [start, end];
    start = end;
  }
}

function plusDays(time: string, days: number): string {
  const day = Date.parse(time.slice(0, 10));
  return new Date(day + days * DAY_MS).toISOString().slice(0, 10);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function dayOf(time: unknown): string | undefined {
  const day = text(time).slice(0, 10);
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
