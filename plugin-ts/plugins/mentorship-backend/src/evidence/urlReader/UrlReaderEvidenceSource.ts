import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type {
  ScmIntegration,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import type {
  EvidenceFile,
  RepositoryEvidence,
  ServicePlace,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidenceRequest,
  EvidenceSource,
} from 'backstage-plugin-mentorship-node';
import pLimit from 'p-limit';
import { evidenceFile } from '../evidenceFile';
import { fileAddress } from '../git/fileAddress';
import { byAddress } from '../repositories';

/** Bytes of a file; plans and runbooks have a hundredth. */
const LARGEST_FILE = 1024 * 1024;
/** Files of a repository; whoever has more needs git. */
const MOST_PATHS = 200_000;
const COMMIT = /^[0-9a-f]{40}$/;

/** A repository at one revision, and who lives there. */
interface Reading {
  /** As readers see it. */
  repository: string;
  /** What the reader is asked for. */
  tree: string;
  services: ServicePlace[];
  /** Where a file can be seen at a commit. */
  addressAt: (commit: string) => string | undefined;
}

/**
 * Reads plans, owners files and documents where there is no git, by the API of the
 * code host. There is no history to be had so, and a whole repository comes over the
 * wire whenever anything in it changed.
 */
export class UrlReaderEvidenceSource implements EvidenceSource {
  readonly id = 'url-reader';
  readonly title = 'Files from code hosts';
  /** Git tells more of those that it can read. */
  readonly standsIn = true;
  /** What tells whether a tree changed, by its address. */
  private readonly tags = new Map<string, string>();

  constructor(
    private readonly options: {
      reader: Pick<UrlReaderService, 'readTree'>;
      integrations: ScmIntegrationRegistry;
      /** Repositories that are read at a time. */
      concurrency: number;
      timeoutMs: number;
    },
  ) {}

  async collect(request: EvidenceRequest): Promise<void> {
    const limit = pLimit(this.options.concurrency);
    const readings = this.readings(request);
    await Promise.all(
      readings.map(reading => limit(() => this.read(reading, request))),
    );
  }

  private readings({ services, sink }: EvidenceRequest): Reading[] {
    const readings = new Map<string, Reading>();
    for (const [url, places] of byAddress(services)) {
      const integration = URL.canParse(url)
        ? this.options.integrations.byUrl(url)
        : undefined;
      if (!integration) {
        sink.leaveOut(
          { repository: url, services: places },
          'its host is none of those that `integrations` names',
        );
        continue;
      }
      for (const { entityRef, directory, revision } of places) {
        const tree = treeAddress(integration, url, revision);
        const known = readings.get(tree) ?? {
          repository: revision === undefined ? url : `${url}#${revision}`,
          tree,
          services: [],
          addressAt: commit => fileAddress(integration, url, commit),
        };
        known.services.push({ entityRef, directory });
        readings.set(tree, known);
      }
    }
    return [...readings.values()];
  }

  private async read(
    reading: Reading,
    request: EvidenceRequest,
  ): Promise<void> {
    const { sink, signal } = request;
    const { repository, services } = reading;
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(this.options.timeoutMs);
    let evidence: RepositoryEvidence;
    try {
      const until = AbortSignal.any([signal, timeout]);
      evidence = await within(until, this.evidence(reading, request, until));
    } catch (error) {
      signal.throwIfAborted();
      await sink.fail(
        { repository, services },
        timeout.aborted
          ? 'the code host did not answer in time'
          : reasonOf(error as Error),
      );
      return;
    }
    await sink.put({ ...evidence, services });
  }

  private async evidence(
    reading: Reading,
    { sink }: EvidenceRequest,
    signal: AbortSignal,
  ): Promise<RepositoryEvidence> {
    const { repository, services, tree } = reading;
    const known = await sink.lastGood(repository);
    const isWhole = known && (await holdsWanted(known, sink));
    const tag = this.tags.get(tree) ?? known?.commit;
    const listed = await this.listing(tree, isWhole ? tag : undefined, signal);
    if (!listed) {
      return known!;
    }
    const { paths, etag } = listed;
    const wanted = await sink.wantedPaths(listingOf(paths));
    const files = await this.files(tree, wanted, signal);
    this.tags.set(tree, etag);
    const commit = COMMIT.test(etag) ? etag : undefined;
    const address = commit && reading.addressAt(commit);
    return {
      schema: 'mentorship/evidence/v1',
      repository,
      ...(address && { fileAddress: address }),
      ...(commit && { commit }),
      collectedAt: new Date().toISOString(),
      services,
      paths,
      files,
    };
  }

  /** Every path; `undefined` where nothing changed since. */
  private async listing(
    tree: string,
    etag: string | undefined,
    signal: AbortSignal,
  ): Promise<{ paths: string[]; etag: string } | undefined> {
    const paths: string[] = [];
    let tooMany = false;
    try {
      const response = await this.options.reader.readTree(tree, {
        etag,
        signal,
        filter: path => {
          tooMany ||= paths.length >= MOST_PATHS;
          if (!tooMany) {
            paths.push(path);
          }
          return false;
        },
      });
      await response.files();
      if (tooMany) {
        throw new TooMuch(
          `the repository has more than ${MOST_PATHS} files; read it with git`,
        );
      }
      return { paths: paths.sort(), etag: response.etag };
    } catch (error) {
      if ((error as Error).name === 'NotModifiedError') {
        return undefined;
      }
      throw error;
    }
  }

  /** The contents of some paths; one that is too large or gone by now says so. */
  private async files(
    tree: string,
    wanted: string[],
    signal: AbortSignal,
  ): Promise<EvidenceFile[]> {
    if (wanted.length === 0) {
      return [];
    }
    const asked = new Set(wanted);
    const tooLarge = new Set<string>();
    const response = await this.options.reader.readTree(tree, {
      signal,
      filter: (path, info) => {
        const isAsked = asked.has(path);
        if (isAsked && info !== undefined && info.size > LARGEST_FILE) {
          tooLarge.add(path);
        }
        return isAsked && !tooLarge.has(path);
      },
    });
    const contents = new Map<string, Buffer>();
    for (const file of await response.files()) {
      const content = await file.content();
      if (content.length <= LARGEST_FILE) {
        contents.set(file.path, content);
      } else {
        tooLarge.add(file.path);
      }
    }
    return wanted.map(path => {
      const content = contents.get(path);
      if (content !== undefined) {
        return evidenceFile(path, content);
      }
      const failure = tooLarge.has(path)
        ? `it is larger than ${LARGEST_FILE} bytes`
        : 'it was removed while the repository was read; the next collection knows';
      return { path, failure };
    });
  }
}

/** What this installation does not read, whatever the host says. */
class TooMuch extends Error {}

/** Gives up with a signal, which not every reader heeds. */
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let giveUp = () => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([work, givenUp]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Whether what is kept has all that the core would ask for today. */
async function holdsWanted(
  { paths, files }: RepositoryEvidence,
  sink: EvidenceRequest['sink'],
): Promise<boolean> {
  if (!paths) {
    return false;
  }
  const wanted = await sink.wantedPaths(listingOf(paths));
  const held = new Set(files.map(({ path }) => path));
  return wanted.every(path => held.has(path));
}

/** As `git ls-tree -r -z --name-only` prints it. */
function listingOf(paths: string[]): Uint8Array {
  return new TextEncoder().encode(paths.map(path => `${path}\0`).join(''));
}

/** The address of a repository's tree, as the portal's readers take it. */
function treeAddress(
  { type }: ScmIntegration,
  url: string,
  revision: string | undefined,
): string {
  const base = url.replace(/\.git$/, '');
  if (revision === undefined) {
    return base;
  }
  switch (type) {
    case 'gitlab':
      return `${base}/-/tree/${revision}`;
    case 'bitbucketCloud':
      return `${base}/src/${revision}`;
    case 'gitea':
      return `${base}/src/branch/${revision}`;
    case 'bitbucketServer':
      return `${base}/browse?at=${revision}`;
    case 'azure':
      return `${base}?version=GB${revision}`;
    default:
      return `${base}/tree/${revision}`;
  }
}

/** In words of ours: what a reader says may hold addresses. */
function reasonOf(error: Error): string {
  if (error instanceof TooMuch) {
    return error.message;
  }
  const reasons: Record<string, string> = {
    NotFoundError:
      'the code host shows no such repository or revision; it was moved, or the credentials of `integrations` may not read it',
    NotAllowedError:
      'the portal may not read there; look at `backend.reading` and `integrations`',
    AuthenticationError:
      'the code host does not know the credentials of `integrations`',
  };
  return (
    reasons[error.name] ??
    `the code host could not be read (${
      /^\w{1,40}$/.exec(error.name)?.[0] ?? 'error'
    })`
  );
}
