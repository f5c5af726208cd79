import { createServer, type IncomingMessage, type ServerResponse } from 'http';
import type { AddressInfo } from 'net';

export const TOKEN = 'y_NbAkKc66ryYTWUXYEu';

type Json = Record<string, any>;

/** What an account at PagerDuty holds. */
export interface Account {
  incidents: Json[];
  /** By the incident's id. */
  logs: Record<string, Json[]>;
  services: Json[];
  oncalls: Json[];
  users: Json[];
}

/** Answers in place of the account; `false` lets the account answer. */
export type Interference = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => boolean;

export const reference = (type: string, id: string, summary = id) => ({
  id,
  type: `${type}_reference`,
  summary,
  self: `https://api.pagerduty.com/${type}s/${id}`,
  html_url: null,
});

/** A resolved incident of a service, answered and resolved by a user. */
export function incidentOf(
  id: string,
  service: string,
  created: string,
  user = 'UA',
): { incident: Json; log: Json[] } {
  const at = (minutes: number) =>
    new Date(Date.parse(created) + minutes * 60_000).toISOString();
  const entry = (type: string, minutes: number, rest: Json = {}) => ({
    id: `R${id}${minutes}`,
    type: `${type}_log_entry`,
    summary: `${type} by somebody`,
    created_at: at(minutes),
    agent: reference('user', user),
    channel: { type: 'web_ui', summary: 'SECRET DETAILS' },
    incident: reference('incident', id),
    ...rest,
  });
  return {
    incident: {
      id,
      type: 'incident',
      summary: '[#1] SECRET TITLE',
      title: 'SECRET TITLE',
      status: 'resolved',
      urgency: 'high',
      created_at: created,
      last_status_change_at: at(30),
      last_status_change_by: reference('user', user),
      service: reference('service', service),
      escalation_policy: reference('escalation_policy', `E${service}`),
      assignments: [],
    },
    log: [
      entry('trigger', 0, { agent: reference('service', service) }),
      entry('acknowledge', 5),
      entry('annotate', 10),
      entry('resolve', 30),
    ],
  };
}

/** A server on this machine that speaks like PagerDuty's REST API. */
export async function pagerDutyServer(
  account: Account,
  options: { port?: number; token?: string } = {},
) {
  const { port: wantedPort = 0, token = TOKEN } = options;
  const asked: string[] = [];
  const state: { interfere: Interference; pageSize: number } = {
    interfere: () => false,
    pageSize: 100,
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://here');
    asked.push(`${pathname.slice(1)}?${searchParams}`);
    if (state.interfere(request, response, pathname.slice(1))) {
      return;
    }
    const send = (status: number, body: unknown) => {
      response.statusCode = status;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Token token=${token}`) {
      send(401, { error: { code: 2006, message: 'You are not authorized' } });
      return;
    }
    const list = (name: string, all: Json[]) => {
      const offset = Number(searchParams.get('offset') ?? 0);
      const limit = Math.min(
        Number(searchParams.get('limit') ?? 25),
        state.pageSize,
      );
      send(200, {
        [name]: all.slice(offset, offset + limit),
        limit,
        offset,
        more: offset + limit < all.length,
        total: null,
      });
    };
    const [collection, id, below] = pathname.slice(1).split('/');
    const ids = searchParams.getAll('service_ids[]');
    const since = searchParams.get('since') ?? '';
    const until = searchParams.get('until') ?? '9';
    if (collection === 'incidents' && below === 'log_entries') {
      list('log_entries', account.logs[id] ?? []);
    } else if (collection === 'incidents') {
      list(
        'incidents',
        account.incidents.filter(
          each =>
            ids.includes(each.service?.id) &&
            each.created_at >= since &&
            each.created_at < until,
        ),
      );
    } else if (collection === 'services') {
      list('services', account.services);
    } else if (collection === 'oncalls') {
      const policies = searchParams.getAll('escalation_policy_ids[]');
      list(
        'oncalls',
        account.oncalls.filter(
          each =>
            policies.includes(each.escalation_policy.id) &&
            (each.start ?? '') < until &&
            (each.end ?? '9') > since,
        ),
      );
    } else {
      const user = account.users.find(each => each.id === id);
      send(user ? 200 : 404, user ? { user } : { error: { code: 2100 } });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    state,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
