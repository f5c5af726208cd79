/**
 * Extension points for mentorship evidence sources.
 *
 * @packageDocumentation
 */
export {};
