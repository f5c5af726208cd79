import { isUtf8 } from 'node:buffer';
import type { EvidenceFile } from 'backstage-plugin-mentorship-common';

/** A file as the core takes it. */
export function evidenceFile(path: string, content: Buffer): EvidenceFile {
  return { path, ...contentAsTaken(content) };
}

/** Content as the core takes it; what is no UTF-8, and what a byte order mark means, is for the core to say. */
export function contentAsTaken(
  content: Buffer,
): Pick<EvidenceFile, 'text' | 'bytes'> {
  return isUtf8(content)
    ? { text: content.toString('utf8') }
    : { bytes: content.toString('latin1') };
}
