import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  mentorshipEvidenceWritePermission,
  type Note,
} from 'backstage-plugin-mentorship-common';
import type { PushConfig } from '../../config';
import { notAllowed } from '../Authorization';
import type { EvidenceIntake } from './EvidenceIntake';

/**
 * Decides who may push evidence on which service. The permission alone is not
 * enough, because a framework that is off grants it to everybody: the
 * configuration names the token and what it may write.
 */
export class AuthorizedEvidenceIntake {
  constructor(
    private readonly intake: EvidenceIntake,
    private readonly options: {
      permissions: PermissionsService;
      config: Pick<PushConfig, 'tokens'>;
    },
  ) {}

  /**
   * Takes one document on a service, of which nothing is read before it is known that
   * the caller may write it.
   *
   * @throws NotAllowedError where the caller may not write this service.
   */
  async take(
    entityRef: string,
    bytes: () => Promise<Uint8Array>,
    credentials: BackstageCredentials,
  ): Promise<Note[]> {
    const subject = subjectOf(credentials);
    const writes = this.options.config.tokens.some(
      token => token.subject === subject && token.mayWrite(entityRef),
    );
    if (subject === undefined || !writes) {
      throw new NotAllowedError(
        `${
          subject ?? 'A person'
        } may not push evidence on ${entityRef}; \`mentorship.push.tokens\` in the portal's configuration says which token may write what`,
      );
    }
    const permission = mentorshipEvidenceWritePermission;
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw notAllowed(permission.name);
    }
    return this.intake.take({ entityRef, subject }, bytes);
  }
}

/** The subject of a service's token; `undefined` for people. */
function subjectOf({ principal }: BackstageCredentials): string | undefined {
  const { type, subject } = principal as { type?: string; subject?: string };
  return type === 'service' ? subject : undefined;
}
