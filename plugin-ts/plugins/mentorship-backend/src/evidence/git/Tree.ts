const TAB = 9;
/** How the entry of a submodule begins. */
const SUBMODULE = Buffer.from('160000 commit ');
/** How the entry of a file with content of its own begins, whatever its mode. */
const FILE = Buffer.from('100');

/** The files of a commit. */
export class Tree {
  constructor(
    readonly commit: string,
    /** As `git ls-tree -r -z` prints them: `<mode> <type> <object> TAB <path> NUL` each. */
    private readonly entries: Buffer,
  ) {}

  /**
   * All living paths, as `git ls-tree -r -z --name-only` prints them. A submodule
   * is no file of this repository.
   */
  listing(): Buffer {
    const listing = Buffer.allocUnsafe(this.entries.length);
    let length = 0;
    for (const entry of this.files()) {
      length += entry.copy(listing, length, entry.indexOf(TAB) + 1);
    }
    return listing.subarray(0, length);
  }

  /**
   * The name by which git is asked for each of the files: that of its object. Asked for
   * a path, git goes down from the root each time, which takes many times as long where
   * a folder has thousands of entries and was fetched just now. A symbolic link is
   * followed from where it is.
   */
  names(paths: readonly string[]): Map<string, string> {
    const names = new Map<string, string>(
      paths.map(path => [path, `${this.commit}:${path}`]),
    );
    for (const entry of this.files()) {
      const tab = entry.indexOf(TAB);
      const path = entry.toString('utf8', tab + 1, entry.length - 1);
      if (names.has(path) && entry.subarray(0, FILE.length).equals(FILE)) {
        names.set(path, entry.toString('latin1', 0, tab).split(' ')[2]);
      }
    }
    return names;
  }

  /** The entry of each file, with the NUL behind it. */
  private *files(): Generator<Buffer> {
    const { entries } = this;
    for (let at = 0; at < entries.length; ) {
      const end = entries.indexOf(0, at) + 1 || entries.length;
      const entry = entries.subarray(at, end);
      if (!entry.subarray(0, SUBMODULE.length).equals(SUBMODULE)) {
        yield entry;
      }
      at = end;
    }
  }
}
