/**
 * The path of a repository's address as it is meant, without the `.git` that git takes;
 * `undefined` where the text is no address. Anybody may write one into the catalog.
 *
 * @public
 */
export function repositoryPath(address: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(address).pathname);
    return path.replace(/\/+$/, '').replace(/\.git$/, '');
  } catch {
    return undefined;
  }
}
