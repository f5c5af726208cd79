/**
 * Runs the mentorship core over the catalog, keeps its results and serves them.
 *
 * @packageDocumentation
 */
export { mentorshipPlugin as default } from './plugin';
export {
  createMentorshipConditionalDecision,
  mentorshipConditions,
} from './permissions/rules';
