/**
 * An address that may be opened: `http` or `https`, and nothing else. What a
 * repository or an annotation says is not trusted to be one.
 */
export function webAddress(href: string | undefined): string | undefined {
  if (!href || !/^https?:\/\//i.test(href)) {
    return undefined;
  }
  try {
    return new URL(href).href;
  } catch {
    return undefined;
  }
}
