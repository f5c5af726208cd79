import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of a service's assessment; a resource is referred to by the
 * service's entity ref.
 *
 * @public
 */
export const RESOURCE_TYPE_MENTORSHIP_ASSESSMENT = 'mentorship-assessment';

/**
 * Allows reading the assessments of services; always on top of the reader's
 * permission to read the catalog entity.
 *
 * @public
 */
export const mentorshipAssessmentReadPermission = createPermission({
  name: 'mentorship.assessment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MENTORSHIP_ASSESSMENT,
});

/**
 * Allows reading who learns from whom, who holds which share of the knowledge,
 * and individual progress. Whoever lacks it reads counts in their place.
 *
 * @public
 */
export const mentorshipPeopleReadPermission = createPermission({
  name: 'mentorship.people.read',
  attributes: { action: 'read' },
});

/**
 * Allows taking assessments out of the portal as CSV.
 *
 * @public
 */
export const mentorshipExportPermission = createPermission({
  name: 'mentorship.export',
  attributes: { action: 'read' },
});

/**
 * Allows pushing evidence on services.
 *
 * @public
 */
export const mentorshipEvidenceWritePermission = createPermission({
  name: 'mentorship.evidence.write',
  attributes: { action: 'update' },
});

/**
 * Allows changing the program: its baseline and its rollout.
 *
 * @public
 */
export const mentorshipProgramWritePermission = createPermission({
  name: 'mentorship.program.write',
  attributes: { action: 'update' },
});

/**
 * Allows starting a run out of turn.
 *
 * @public
 */
export const mentorshipRefreshPermission = createPermission({
  name: 'mentorship.refresh',
  attributes: { action: 'update' },
});

/**
 * All permissions of the plugin.
 *
 * @public
 */
export const mentorshipPermissions = [
  mentorshipAssessmentReadPermission,
  mentorshipPeopleReadPermission,
  mentorshipExportPermission,
  mentorshipEvidenceWritePermission,
  mentorshipProgramWritePermission,
  mentorshipRefreshPermission,
];
