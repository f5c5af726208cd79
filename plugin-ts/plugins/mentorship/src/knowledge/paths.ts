/** The last part of a path; empty for the root of the repository. */
export function lastPartOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
