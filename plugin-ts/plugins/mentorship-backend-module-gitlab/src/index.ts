/**
 * Brings reviews from GitLab to the mentorship backend.
 *
 * @packageDocumentation
 */
export { mentorshipModuleGitLab as default } from './module';
