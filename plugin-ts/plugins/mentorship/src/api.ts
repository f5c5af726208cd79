import { createApiRef } from '@backstage/frontend-plugin-api';
import type { MentorshipApi } from 'backstage-plugin-mentorship-common';

/**
 * The mentorship backend, as the pages ask it.
 *
 * @public
 */
export const mentorshipApiRef = createApiRef<MentorshipApi>({
  id: 'plugin.mentorship.client',
});
