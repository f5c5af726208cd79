import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { spawn } from 'child_process';
import { once } from 'events';
import { createServer } from 'http';
import type { AddressInfo } from 'net';
import { GitEvidenceSource } from '../evidence/git/GitEvidenceSource';

/** A code host with repositories of a folder, as git itself serves them. */
export interface GitServer {
  /** `http://127.0.0.1:<port>` */
  address: string;
  /** `127.0.0.1:<port>` */
  host: string;
  /** Addresses asked for, in order. */
  asked: string[];
  /** What the header `Authorization` has to say, where anything. */
  authorization?: string;
  /** What that header said, each once. */
  told: Set<string | undefined>;
  /** What is answered instead of a repository. */
  answerWith?: { status: number; headers?: Record<string, string> };
  close(): Promise<void>;
}

export async function gitServer(folder: string): Promise<GitServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://host');
    state.asked.push(request.url ?? '');
    const { authorization } = request.headers;
    state.told.add(authorization);
    if (state.authorization && authorization !== state.authorization) {
      response
        .writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' })
        .end('no');
      return;
    }
    if (state.answerWith) {
      response
        .writeHead(state.answerWith.status, state.answerWith.headers)
        .end('no');
      return;
    }
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        PATH_INFO: decodeURIComponent(url.pathname),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(child.stdin);
    const chunks: Buffer[] = [];
    child.stdout.on('data', chunk => chunks.push(chunk));
    child.on('close', () => {
      const answer = Buffer.concat(chunks);
      const headEnd = answer.indexOf('\r\n\r\n');
      for (const line of answer.toString('latin1', 0, headEnd).split('\r\n')) {
        const [key, value] = line.split(': ');
        if (key === 'Status') {
          response.statusCode = parseInt(value, 10);
        } else {
          response.setHeader(key, value);
        }
      }
      response.end(answer.subarray(headEnd + 4));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: GitServer = {
    address: `http://${host}`,
    host,
    asked: [],
    told: new Set(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return state;
}

/** The server as a code host that `integrations` names. */
export function integrationsOf(server: GitServer): ScmIntegrations {
  const github = [{ host: server.host, apiBaseUrl: server.address }];
  return ScmIntegrations.fromConfig(
    mockServices.rootConfig({ data: { integrations: { github } } }),
  );
}

/** Reads the server's repositories, with copies in a folder. */
export function sourceOf(
  server: GitServer,
  directory: string,
): GitEvidenceSource {
  return new GitEvidenceSource({
    directory,
    localFolders: [],
    keepUnusedCopiesMs: 3_600_000,
    concurrency: 2,
    timeoutMs: 600_000,
    integrations: integrationsOf(server),
  });
}
