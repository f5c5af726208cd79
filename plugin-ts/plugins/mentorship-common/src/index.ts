/**
 * Wire types, permissions and client of the mentorship plugin.
 *
 * @packageDocumentation
 */
export * from './assessments';
export type * from './http';
export * from './MentorshipClient';
export * from './permissions';
export type * from './wire';
