import type {
  FileVersion,
  RepositoryEvidence,
} from 'backstage-plugin-mentorship-common';
import { areTooMuch, isFinal } from './FileVersions';
import type { GitRepository } from './GitRepository';

/**
 * Earlier versions of files: those of the last run of each file that no commit since
 * has touched, and the others from git.
 *
 * @throws GitError where git cannot give them.
 */
export async function versionsOnTopOf(
  known: Pick<RepositoryEvidence, 'commit' | 'versions'> | undefined,
  {
    git,
    commit,
    paths,
  }: { git: GitRepository; commit: string; paths: string[] },
  signal: AbortSignal,
): Promise<FileVersion[]> {
  const isSameCommit = known?.commit === commit;
  const pasts = finalPasts(known?.versions ?? [], { isSameCommit });
  const touched = known?.commit
    ? await git.touched(paths, known.commit, commit, signal)
    : paths;
  for (const path of touched) {
    pasts.delete(path);
  }
  const unknown = paths.filter(path => !pasts.has(path));
  const versions = [
    ...paths.flatMap(path => pasts.get(path) ?? []),
    ...(await git.versions(commit, unknown, signal)),
  ];
  // What is left out where not all are read must not depend on when they were read.
  return pasts.size > 0 && unknown.length > 0 && areTooMuch(versions)
    ? git.versions(commit, paths, signal)
    : versions;
}

/** The versions of each file, but for those of which reading again may bring more. */
function finalPasts(
  all: FileVersion[],
  reading: { isSameCommit: boolean },
): Map<string, FileVersion[]> {
  const pasts = new Map<string, FileVersion[]>();
  for (const version of all) {
    const past = pasts.get(version.path) ?? [];
    past.push(version);
    pasts.set(version.path, past);
  }
  for (const { path, failure } of all) {
    if (failure !== undefined && !isFinal(failure, reading)) {
      pasts.delete(path);
    }
  }
  return pasts;
}
