/**
 * Mentorship tab, cards and catalog-wide page.
 *
 * @packageDocumentation
 */
export { mentorshipPlugin as default } from './plugin';
export { mentorshipApiRef } from './api';
export { mentorshipTranslationRef } from './translation';
