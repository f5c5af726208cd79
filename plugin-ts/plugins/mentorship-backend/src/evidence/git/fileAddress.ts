import type { ScmIntegration } from '@backstage/integration';

/**
 * Where a file of a repository can be seen at a commit, with `{path}` and
 * `{line}` to be filled in; `undefined` for hosts whose addresses are unknown.
 */
export function fileAddress(
  integration: ScmIntegration,
  url: string,
  commit: string,
): string | undefined {
  const base = url.replace(/\/+$/, '').replace(/\.git$/, '');
  switch (integration.type) {
    case 'github':
      return `${base}/blob/${commit}/{path}#L{line}`;
    case 'gitlab':
      return `${base}/-/blob/${commit}/{path}#L{line}`;
    case 'bitbucketCloud':
      return `${base}/src/${commit}/{path}#lines-{line}`;
    case 'bitbucketServer':
      return `${base}/browse/{path}?at=${commit}#{line}`;
    case 'gitea':
      return `${base}/src/commit/${commit}/{path}#L{line}`;
    case 'azure':
      return `${base}?path=/{path}&version=GC${commit}&line={line}`;
    default:
      return undefined;
  }
}

/**
 * The address that git is given. GitLab redirects the short form, and redirects
 * are not followed.
 */
export function cloneAddress(integration: ScmIntegration, url: string): string {
  return integration.type === 'gitlab' && !url.endsWith('.git')
    ? `${url.replace(/\/+$/, '')}.git`
    : url;
}

/**
 * Equal for all spellings of one repository's address, so that it is copied
 * once: with `.git` or without, in any case of letters, which code hosts do not
 * tell apart.
 */
export function repositoryKey(url: string): string {
  const plain = URL.canParse(url) ? new URL(url).href : url;
  return plain
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}
