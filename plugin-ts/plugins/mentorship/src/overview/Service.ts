import type { AssessmentRow } from 'backstage-plugin-mentorship-common';

/** A row as the table holds it. */
export type Service = AssessmentRow & { id: string };
