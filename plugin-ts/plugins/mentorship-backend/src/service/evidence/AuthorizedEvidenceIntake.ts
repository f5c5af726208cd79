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
   * Opens the way for one document on a service, before any of it is read.
   *
   * @throws NotAllowedError where the caller may not write this service.
   */
  async open(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<(body: Uint8Array) => Promise<Note[]>> {
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
      throw new NotAllowedError(
        `This needs the permission \`${permission.name}\`; ask whoever runs the portal for it`,
      );
    }
    return body => this.intake.take({ entityRef, subject }, body);
  }
}

/** The subject of a service's token; `undefined` for people. */
function subjectOf({ principal }: BackstageCredentials): string | undefined {
  const { type, subject } = principal as { type?: string; subject?: string };
  return type === 'service' ? subject : undefined;
}
