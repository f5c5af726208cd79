import { createServer } from 'http';
import type { AddressInfo } from 'net';

type Json = Record<string, any>;

/** A pull request as GitHub's schema has it. */
export interface PullRequest {
  number: number;
  updatedAt: string;
  author: { login: string } | null;
  reviews: Json[];
  files: Json[];
}

export const TOKEN = 'ghp_SECRET';

/** A server on this machine that answers those of GitHub's questions that we ask. */
export async function gitHubServer(
  repositories: Record<string, PullRequest[]>,
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
      pageInfo: {
        hasNextPage: end < all.length,
        endCursor: end < all.length ? String(end) : null,
      },
    };
  };
  const answer = ({ query, variables }: Json): Json => {
    const name = `${variables.owner}/${variables.name}`;
    const all = repositories[name];
    if (!all) {
      return {
        data: { repository: null },
        errors: [
          {
            type: 'NOT_FOUND',
            path: ['repository'],
            message: `Could not resolve to a Repository with the name '${name}'.`,
          },
        ],
      };
    }
    if (query.includes('pullRequests(')) {
      const sorted = [...all].sort((a, b) =>
        a.updatedAt < b.updatedAt ? 1 : -1,
      );
      const page = connection(sorted, variables.after);
      const nodes = (page.nodes as PullRequest[]).map(each => ({
        ...each,
        reviews: connection(each.reviews, null),
        files: connection(each.files, null),
      }));
      return { data: { repository: { pullRequests: { ...page, nodes } } } };
    }
    const one = all.find(({ number }) => number === variables.number)!;
    const list = query.includes('files(') ? 'files' : 'reviews';
    const pullRequest = { [list]: connection(one[list], variables.after) };
    return { data: { repository: { pullRequest } } };
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      state.asked.push({ address: request.url, ...body.variables });
      const isKnown = request.headers.authorization?.endsWith(TOKEN);
      response.statusCode = isKnown ? 200 : 401;
      response.setHeader('Content-Type', 'application/json');
      response.end(
        JSON.stringify(
          isKnown
            ? state.interfere(body) ?? answer(body)
            : { message: 'Bad credentials' },
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
