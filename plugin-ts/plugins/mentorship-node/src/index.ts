/**
 * Extension points for mentorship evidence sources.
 *
 * @packageDocumentation
 */
export * from './addresses';
export * from './CodeHostReviews';
export * from './EvidenceSource';
export * from './extensions';
export * from './GraphQlClient';
export * from './OperationsSource';
export * from './patience';
export * from './reviewsConfig';
export * from './ReviewsSource';
