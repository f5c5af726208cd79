/**
 * Brings reviews from GitHub to the mentorship backend.
 *
 * @packageDocumentation
 */
export { mentorshipModuleGitHub as default } from './module';
