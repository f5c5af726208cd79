/**
 * Wire types, permissions and client of the mentorship plugin.
 *
 * @packageDocumentation
 */
export * from './assessments';
export * from './MentorshipClient';
export * from './permissions';
export * from './status';
export type * from './wire';
