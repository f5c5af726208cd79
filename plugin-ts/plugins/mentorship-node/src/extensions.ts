import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { EvidenceSource } from './EvidenceSource';
import type { OperationsSource } from './OperationsSource';
import type { ReviewsSource } from './ReviewsSource';

/**
 * Where modules add their sources of evidence.
 *
 * @public
 */
export interface MentorshipEvidenceExtensionPoint {
  /** Adds a source. Two sources with one id stop the start. */
  addEvidenceSource(source: EvidenceSource): void;

  /**
   * Adds a source of what happens in operation. Its kinds count where the
   * policy's `sources` name them. Two sources with one id stop the start.
   */
  addOperationsSource(source: OperationsSource): void;

  /**
   * Adds a source of reviews, which count where the policy's `sources` name
   * `reviews`. Two sources with one id stop the start.
   */
  addReviewsSource(source: ReviewsSource): void;
}

/**
 * The extension point for sources of evidence.
 *
 * @public
 */
export const mentorshipEvidenceExtensionPoint =
  createExtensionPoint<MentorshipEvidenceExtensionPoint>({
    id: 'mentorship.evidence',
  });
