/**
 * Tells the catalog who is steward and who is learning what.
 *
 * @packageDocumentation
 */
export { catalogModuleMentorship as default } from './module';
export {
  MENTORSHIP_DECLARED_ANNOTATION,
  RELATION_APPRENTICE_OF,
  RELATION_HAS_APPRENTICE,
  RELATION_HAS_STEWARD,
  RELATION_STEWARD_OF,
} from './MentorshipProcessor';
