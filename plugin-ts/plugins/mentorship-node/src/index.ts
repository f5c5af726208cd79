/**
 * Extension points for mentorship evidence sources.
 *
 * @packageDocumentation
 */
export * from './EvidenceSource';
export * from './extensions';
export * from './OperationsSource';
