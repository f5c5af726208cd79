/**
 * Wire types, permissions and client of the mentorship plugin.
 *
 * @packageDocumentation
 */
export {};
