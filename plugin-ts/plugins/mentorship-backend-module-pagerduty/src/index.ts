/**
 * Brings incidents and on-calls from PagerDuty to the mentorship backend.
 *
 * @packageDocumentation
 */
export { mentorshipModulePagerDuty as default } from './module';
