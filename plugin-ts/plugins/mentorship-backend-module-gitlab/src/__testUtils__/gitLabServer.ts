import { createServer } from 'http';
import type { AddressInfo } from 'net';

type Json = Record<string, any>;

/** A merge request as GitLab's schema has it. */
export interface MergeRequest {
  iid: string;
  updatedAt: string;
  author: { username: string } | null;
  diffStats: Array<{ path: string }> | null;
  notes: Json[];
}

export const TOKEN = 'glpat-SECRET';

/** A server on this machine that answers those of GitLab's questions that we ask. */
export async function gitLabServer(
  projects: Record<string, MergeRequest[]>,
  pageSize = 2,
) {
  const state: {
    asked: Json[];
    interfere: (question: Json) => Json | undefined;
  } = { asked: [], interfere: () => undefined };

  const connection = (all: unknown[], after: unknown) => {
    const start = after === null || after === undefined ? 0 : Number(after);
    const end = start + pageSize;
    return {
      nodes: all.slice(start, end),
      pageInfo: { hasNextPage: end < all.length, endCursor: String(end) },
    };
  };
  const answer = ({ query, variables }: Json): Json => {
    const all = projects[variables.path];
    if (!all) {
      // GitLab says so of what may not be seen, too.
      return { data: { project: null } };
    }
    if (query.includes('mergeRequests(')) {
      const sorted = all
        .filter(({ updatedAt }) => updatedAt >= variables.since)
        .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
      const page = connection(sorted, variables.after);
      const nodes = (page.nodes as MergeRequest[]).map(each => ({
        ...each,
        notes: connection(each.notes, null),
      }));
      return { data: { project: { mergeRequests: { ...page, nodes } } } };
    }
    const one = all.find(({ iid }) => iid === variables.iid)!;
    const mergeRequest = { notes: connection(one.notes, variables.after) };
    return { data: { project: { mergeRequest } } };
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      state.asked.push({ address: request.url, ...body.variables });
      const { authorization, 'private-token': token } = request.headers;
      const isKnown = [authorization, token].some(each =>
        String(each).endsWith(TOKEN),
      );
      response.statusCode = isKnown ? 200 : 401;
      response.setHeader('Content-Type', 'application/json');
      response.end(
        JSON.stringify(
          isKnown
            ? state.interfere(body) ?? answer(body)
            : { errors: [{ message: 'Invalid token' }] },
        ),
      );
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    state,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
