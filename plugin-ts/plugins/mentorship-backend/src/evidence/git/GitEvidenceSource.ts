import type { ScmIntegrationRegistry } from '@backstage/integration';
import type {
  FileVersion,
  HistoryOutcome,
  ServiceLocation,
  ServicePlace,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidencePlace,
  EvidenceRequest,
  EvidenceSource,
} from 'backstage-plugin-mentorship-node';
import pLimit from 'p-limit';
import type { GitConfig } from '../../config';
import { byAddress, type RemotePlace } from '../repositories';
import { cloneAddress, fileAddress, repositoryKey } from './fileAddress';
import { Git, GitError } from './Git';
import { GitRepository } from './GitRepository';
import { HostCredentials } from './HostCredentials';
import { LocalFolders, type LocalPlace } from './LocalFolders';
import { RemoteCopies, type RemoteCopy } from './RemoteCopies';
import { versionsOnTopOf } from './versionsOnTopOf';

/** A repository at one commit, and who lives there. */
interface Reading extends EvidencePlace {
  gitDirectory: string;
  reference: string;
  /** The copy that is read; absent for a repository on this machine. */
  copy?: RemoteCopy;
  fileAddress: (commit: string) => string | undefined;
  /** Why what is read is stale. */
  failure?: string;
}

/**
 * Reads plans, owners files, documents and histories out of git repositories:
 * those on code hosts that the portal's integrations know, by keeping copies,
 * and in development those in local folders.
 */
export class GitEvidenceSource implements EvidenceSource {
  readonly id = 'git';
  readonly title = 'Git repositories';

  private readonly git: Git;
  private readonly copies: RemoteCopies;
  private readonly folders: LocalFolders;
  private readonly integrations: ScmIntegrationRegistry;
  private readonly credentials: HostCredentials;
  private readonly concurrency: number;

  constructor(
    options: GitConfig & {
      integrations: ScmIntegrationRegistry;
      /** The git program; another one in tests. */
      program?: string;
    },
  ) {
    this.git = new Git(options);
    this.copies = new RemoteCopies(this.git, options);
    this.folders = new LocalFolders(options.localFolders);
    this.integrations = options.integrations;
    this.credentials = new HostCredentials(options.integrations);
    this.concurrency = options.concurrency;
  }

  async collect(request: EvidenceRequest): Promise<void> {
    const given = new AbortController();
    const signal = AbortSignal.any([request.signal, given.signal]);
    const limit = pLimit(this.concurrency);
    const work = [
      ...(await this.localReadings(request)).map(
        reading => () => this.read(reading, { ...request, signal }),
      ),
      ...[...byAddress(request.services)].map(
        ([url, places]) =>
          () =>
            this.readRemote(url, places, { ...request, signal }),
      ),
    ];
    try {
      await Promise.all(work.map(each => limit(each)));
      await this.tidyUp({ ...request, signal });
    } finally {
      // One that failed ends the others, which would feed an engine in vain.
      given.abort();
    }
  }

  /** What could not be removed costs disk; what was read is as good as before. */
  private async tidyUp({ logger, signal }: EvidenceRequest): Promise<void> {
    try {
      const removed = await this.copies.removeUnused(signal);
      if (removed > 0) {
        logger.info(
          `${removed} copies of repositories were removed, because no service has named them for long`,
        );
      }
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(
        'copies of repositories that no service names were not removed, so the disk fills; the next run tries again',
        error as Error,
      );
    }
  }

  private async localReadings(request: EvidenceRequest): Promise<Reading[]> {
    const readings = new Map<string, Reading>();
    for (const [path, entityRefs] of byFolder(request.services)) {
      const lookup = await this.folders.find(path);
      const services = (directory: string) =>
        entityRefs.map(entityRef => ({ entityRef, directory }));
      if (lookup.outcome === 'found') {
        addServices(readings, lookup.place, services(lookup.place.directory));
      } else {
        const place = { repository: path, services: services('') };
        if (lookup.outcome === 'failed') {
          await request.sink.fail(place, lookup.reason);
        } else {
          request.sink.leaveOut(place, lookup.reason);
        }
      }
    }
    return [...readings.values()];
  }

  private async readRemote(
    url: string,
    places: RemotePlace[],
    request: EvidenceRequest,
  ): Promise<void> {
    const integration = knownHost(url, this.integrations);
    if (!integration) {
      request.sink.leaveOut(
        { repository: url, services: places },
        'its host is none of those that `integrations` names',
      );
      return;
    }
    try {
      await this.copies.use(
        {
          key: repositoryKey(url),
          url: cloneAddress(integration, url),
          access: await this.credentials.of(url),
        },
        request.signal,
        async copy => {
          const toLink = (commit: string) =>
            fileAddress(integration, url, commit);
          await this.readCopy(copy, { url, places, toLink }, request);
        },
      );
    } catch (error) {
      request.signal.throwIfAborted();
      if (!(error instanceof GitError)) {
        throw error;
      }
      await request.sink.fail(
        { repository: url, services: places },
        error.message,
      );
    }
  }

  private async readCopy(
    copy: RemoteCopy,
    { url, places, toLink }: RemoteRepository,
    request: EvidenceRequest,
  ): Promise<void> {
    const readings = new Map<string, Reading>();
    const revisions = byRevision(places);
    for (const [revision, services] of revisions) {
      const repository =
        revisions.length === 1 || revision === undefined
          ? url
          : `${url}#${revision}`;
      const part = { repository, services };
      try {
        const copied = await copy.revision(revision);
        if (!copied) {
          await putEmpty({ ...part, repository: url }, request);
          continue;
        }
        const commit = await new GitRepository(
          this.git,
          copied.gitDirectory,
        ).commit(copied.reference, copy.signal);
        const known = commit !== undefined && readings.get(commit);
        if (known) {
          known.services.push(...services);
        } else {
          readings.set(commit ?? part.repository, {
            ...part,
            ...copied,
            copy,
            fileAddress: toLink,
          });
        }
      } catch (error) {
        request.signal.throwIfAborted();
        if (!(error instanceof GitError)) {
          throw error;
        }
        await request.sink.fail(part, error.message);
      }
    }
    for (const reading of readings.values()) {
      await this.read(reading, request);
    }
  }

  private async read(
    reading: Reading,
    request: EvidenceRequest,
  ): Promise<void> {
    const { sink } = request;
    const { repository, services, failure, copy } = reading;
    const git = new GitRepository(this.git, reading.gitDirectory);
    const signal = copy?.signal ?? request.signal;
    try {
      const commit = await git.commit(reading.reference, signal);
      if (commit === undefined) {
        if (reading.copy) {
          throw new GitError(
            failure ?? 'the copy does not hold the revision',
            null,
          );
        }
        await putEmpty(reading, request);
        return;
      }
      const tree = await git.tree(commit, signal);
      const listing = tree.listing();
      const wanted = await sink.wantedPaths(listing);
      const files = await git.files(tree, wanted, signal);
      const versions = await this.versions(
        git,
        { commit, paths: await sink.wantedVersions(listing) },
        reading,
        request,
      );
      const address = reading.fileAddress(commit);
      await sink.put({
        schema: 'mentorship/evidence/v1',
        repository,
        ...(address !== undefined && { fileAddress: address }),
        commit,
        collectedAt: new Date().toISOString(),
        ...(failure !== undefined && { failure }),
        services,
        paths: listing.toString().split('\0').filter(Boolean),
        files,
        versions,
      });
      await this.readHistory(git, commit, reading, request);
    } catch (error) {
      request.signal.throwIfAborted();
      if (!(error instanceof GitError)) {
        throw error;
      }
      await copy?.suspect();
      await sink.fail({ repository, services }, error.message);
    }
  }

  /**
   * Earlier versions of files. Where git cannot give them, nobody knows since when files
   * say what they say, and the rest of the evidence stands.
   */
  private async versions(
    git: GitRepository,
    { commit, paths }: { commit: string; paths: string[] },
    { repository, copy }: Reading,
    { sink, signal }: EvidenceRequest,
  ): Promise<FileVersion[]> {
    try {
      return await versionsOnTopOf(
        await sink.lastGood(repository),
        { git, commit, paths },
        copy?.signal ?? signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GitError)) {
        throw error;
      }
      const failure = error.message;
      return paths.map(path => ({ path, commit, at: '', failure }));
    }
  }

  /**
   * Reads what is new in a history, and all of it where what an earlier run kept
   * does not serve.
   */
  private async readHistory(
    git: GitRepository,
    commit: string,
    reading: Reading,
    request: EvidenceRequest,
  ): Promise<void> {
    const { sink } = request;
    const signal = reading.copy?.signal ?? request.signal;
    const since = await sink.beginHistory(reading.repository, {
      basis: await git.historyBasis(commit, signal),
      goesOnFrom: known => git.isAncestor(known, commit, signal),
    });
    const outcome = await this.streamHistory(
      git,
      { commit, since },
      reading,
      request,
    );
    if (since !== undefined && outcome.state === 'failed') {
      await this.streamHistory(git, { commit }, reading, request);
    }
  }

  /** A history that is cut short leaves the rest of the evidence as it is. */
  private async streamHistory(
    git: GitRepository,
    part: { commit: string; since?: string },
    { repository, copy }: Reading,
    { sink, signal, logger }: EvidenceRequest,
  ): Promise<HistoryOutcome> {
    try {
      if (part.since !== part.commit) {
        await git.history(part, copy?.signal ?? signal, chunk =>
          sink.pushHistory(repository, chunk),
        );
      }
      return await sink.finishHistory(repository);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GitError)) {
        throw error;
      }
      logger.warn(
        `the history of ${repository} was cut short: ${error.message}`,
      );
      await copy?.suspect();
      return sink.finishHistory(repository, error.message);
    }
  }
}

/** A repository on a code host, and who lives there. */
interface RemoteRepository {
  url: string;
  places: RemotePlace[];
  toLink: (commit: string) => string | undefined;
}

/**
 * The services of each revision, the default branch first, so that the
 * repository's plain address stands for it.
 */
function byRevision(
  places: RemotePlace[],
): Array<[string | undefined, ServicePlace[]]> {
  const revisions = new Map<string | undefined, ServicePlace[]>();
  for (const { revision, entityRef, directory } of places) {
    const services = revisions.get(revision) ?? [];
    services.push({ entityRef, directory });
    revisions.set(revision, services);
  }
  return [...revisions].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

function byFolder(services: readonly ServiceLocation[]): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const { entityRef, location } of services) {
    if (location?.type === 'folder') {
      const lodgers = folders.get(location.path) ?? [];
      lodgers.push(entityRef);
      folders.set(location.path, lodgers);
    }
  }
  return folders;
}

function addServices(
  readings: Map<string, Reading>,
  { repository, gitDirectory }: LocalPlace,
  services: ServicePlace[],
): void {
  const known = readings.get(repository);
  if (known) {
    known.services.push(...services);
    return;
  }
  readings.set(repository, {
    repository,
    services,
    gitDirectory,
    reference: 'HEAD',
    fileAddress: () => undefined,
  });
}

/** An integration for the address, where it is one that git may be sent to. */
function knownHost(url: string, integrations: ScmIntegrationRegistry) {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { protocol, username, password } = new URL(url);
  return ['https:', 'http:'].includes(protocol) && !username && !password
    ? integrations.byUrl(url)
    : undefined;
}

/** A repository without a commit holds nothing, and that is what is found. */
async function putEmpty(
  { repository, services }: EvidencePlace,
  { sink }: EvidenceRequest,
): Promise<void> {
  await sink.put({
    schema: 'mentorship/evidence/v1',
    repository,
    collectedAt: new Date().toISOString(),
    services,
    paths: [],
    files: [],
  });
  await sink.finishHistory(repository);
}
