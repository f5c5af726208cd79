import { CustomErrorBase } from '@backstage/errors';
import { FIRST_PASS_PENDING } from 'backstage-plugin-mentorship-common';

/** No run has come to its end yet, so that nothing is known of any service. */
export class FirstPassPendingError extends CustomErrorBase {
  name = FIRST_PASS_PENDING;

  /** The platform knows the statuses of its own errors only. */
  readonly statusCode = 503;

  constructor() {
    super(
      'The first pass over the catalog is not complete yet, so nothing can be said of any service; GET /status tells how far it is',
    );
  }
}
