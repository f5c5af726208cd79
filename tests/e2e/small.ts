/** Pictures as small files: what is kept in a history is loaded by everybody who clones it. */

import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';

/**
 * Writes a picture anew with a palette of its own. Pages have few colours, so that
 * letters stay as they are drawn. Of less quality, what is small would lose its colour,
 * such as a mark; nothing is scattered in between, for it would be seen on plain areas.
 * The same picture becomes the same bytes.
 */
export async function makeSmall(path: string): Promise<void> {
  const image = sharp(await readFile(path));
  await writeFile(
    path,
    await image
      .png({ palette: true, quality: 100, dither: 0, compressionLevel: 9 })
      .toBuffer(),
  );
}
