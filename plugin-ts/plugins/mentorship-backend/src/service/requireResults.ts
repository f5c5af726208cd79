import type { AssessmentReader } from '../database/AssessmentReader';
import { FirstPassPendingError } from '../FirstPassPendingError';

/** @throws FirstPassPendingError where no run has come to its end yet. */
export async function requireResults(
  reader: Pick<AssessmentReader, 'hasResults'>,
): Promise<void> {
  if (!(await reader.hasResults())) {
    throw new FirstPassPendingError();
  }
}
