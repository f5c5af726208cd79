import { isUtf8 } from 'node:buffer';
import type { EvidenceFile } from 'backstage-plugin-mentorship-common';

/** A file as the core takes it; what is no UTF-8, and what a byte order mark means, is for the core to say. */
export function evidenceFile(path: string, content: Buffer): EvidenceFile {
  return isUtf8(content)
    ? { path, text: content.toString('utf8') }
    : { path, bytes: content.toString('latin1') };
}
