import { ServiceUnavailableError } from '@backstage/errors';
import type { AssessmentReader } from '../database/AssessmentReader';

/** @throws ServiceUnavailableError where no run has come to its end yet. */
export async function requireResults(
  reader: Pick<AssessmentReader, 'hasResults'>,
): Promise<void> {
  if (!(await reader.hasResults())) {
    throw new ServiceUnavailableError(
      'The first pass over the catalog is not complete yet, so nothing can be said of any service; GET /status tells how far it is',
    );
  }
}
