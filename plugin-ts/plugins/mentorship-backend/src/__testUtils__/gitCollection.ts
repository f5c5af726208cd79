import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import type {
  RepositoryEvidence,
  ServiceLocation,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidencePlace,
  EvidenceSink,
} from 'backstage-plugin-mentorship-node';
import { chmodSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { GitEvidenceSource } from '../evidence/git/GitEvidenceSource';
import { temporaryFolder, type Commit } from './gitRepositories';

export const ALICE = 'Alice <alice@example.com>';
export const COMMITS: Commit[] = [
  {
    author: ALICE,
    at: 1_700_000_000,
    files: { 'MENTORSHIP.md': '# Plan\n', 'src/main.ts': 'one\n' },
  },
  {
    author: 'Old Name <ben@old.example.com>',
    at: 1_700_086_400,
    message: 'Second\n\nCo-authored-by: Cy <cy@example.com>',
    files: {
      'pay/CODEOWNERS': '* @alice\n',
      '.mailmap': 'Ben <ben@example.com> <ben@old.example.com>\n',
    },
  },
];

/** Remembers what the source hands over, and asks for everything but sources. */
export class RememberingSink implements EvidenceSink {
  readonly evidence = new Map<string, RepositoryEvidence>();
  readonly failures = new Map<string, string>();
  readonly leftOut = new Map<string, string>();
  readonly histories = new Map<string, string>();
  readonly endings = new Map<string, string | undefined>();

  async wantedPaths(listing: Uint8Array): Promise<string[]> {
    return new TextDecoder()
      .decode(listing)
      .split('\0')
      .filter(path => path && !path.startsWith('src/'));
  }
  async wantedVersions(listing: Uint8Array): Promise<string[]> {
    const wanted = await this.wantedPaths(listing);
    return wanted.filter(path => path === 'MENTORSHIP.md');
  }
  lastGoods = new Map<string, RepositoryEvidence>();
  async lastGood(repository: string) {
    return this.lastGoods.get(repository);
  }
  async put(evidence: RepositoryEvidence) {
    this.evidence.set(evidence.repository, evidence);
    return [];
  }
  async fail({ repository }: EvidencePlace, reason: string) {
    this.failures.set(repository, reason);
  }
  leaveOut({ repository }: EvidencePlace, reason: string) {
    this.leftOut.set(repository, reason);
  }
  async pushHistory(repository: string, chunk: Uint8Array) {
    this.histories.set(
      repository,
      `${this.histories.get(repository) ?? ''}${new TextDecoder().decode(
        chunk,
      )}`,
    );
  }
  async beginHistory() {
    return undefined;
  }
  async finishHistory(repository: string, failure?: string) {
    this.endings.set(repository, failure);
    return failure === undefined
      ? { state: 'missing' as const }
      : { state: 'failed' as const, reason: failure };
  }
}

/** Holds whatever is made, and is removed at the end. */
export const root = temporaryFolder();
let count = 0;
/** Where nothing is yet. */
export const fresh = (name: string) => join(root, `${count++}`, name);

/** Has a source collect from git; the sink remembers what came of it. */
export async function collect(
  services: ServiceLocation[],
  options: {
    program?: string;
    localFolders?: string[];
    directory?: string;
    timeoutMs?: number;
    keepUnusedCopiesMs?: number;
    signal?: AbortSignal;
    sink?: RememberingSink;
    integrations?: object;
  } = {},
) {
  const sink = options.sink ?? new RememberingSink();
  const source = new GitEvidenceSource({
    directory: options.directory ?? fresh('copies'),
    localFolders: options.localFolders ?? [root],
    keepUnusedCopiesMs: options.keepUnusedCopiesMs ?? 3_600_000,
    concurrency: 2,
    timeoutMs: options.timeoutMs ?? 30_000,
    program: options.program,
    integrations: ScmIntegrations.fromConfig(
      mockServices.rootConfig({
        data: { integrations: options.integrations ?? {} } as never,
      }),
    ),
  });
  await source.collect({
    services,
    sink,
    logger: mockServices.logger.mock(),
    signal: options.signal ?? new AbortController().signal,
  });
  return sink;
}

export const inFolder = (path: string, name = 'pay'): ServiceLocation => ({
  entityRef: `component:default/${name}`,
  location: { type: 'folder', path },
});

/** A git program that does something else for one of the commands. */
export function programDoing(script: string): string {
  const program = fresh('git');
  mkdirSync(join(program, '..'), { recursive: true });
  writeFileSync(program, `#!/bin/sh\n${script}\nexec git "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}
