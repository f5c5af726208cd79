/**
 * Wire types, permissions and client of the mentorship plugin.
 *
 * @packageDocumentation
 */
export * from './assessments';
export type * from './history';
export type * from './me';
export * from './MentorshipClient';
export * from './permissions';
export type * from './program';
export * from './status';
export type * from './wire';
