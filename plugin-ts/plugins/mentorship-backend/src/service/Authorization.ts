import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  type BasicPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import {
  mentorshipAssessmentReadPermission,
  mentorshipPeopleReadPermission,
} from 'backstage-plugin-mentorship-common';
import type { MentorshipConfig } from '../config';
import type { AssessmentCriterion, Visibility } from '../database/selection';
import { assessmentResourceRef } from '../permissions/rules';
import type { ReadableEntities } from './ReadableEntities';

/**
 * What a caller may see and do. The catalog's permission to read an entity comes
 * first, this plugin's own on top.
 */
export class Authorization {
  constructor(
    private readonly options: {
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
      readable: ReadableEntities;
      config: Pick<MentorshipConfig, 'peopleVisibility' | 'permissionsEnabled'>;
    },
  ) {}

  /** Whether the caller may read the entity and what is said of it. */
  async mayRead(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    return (await this.access(entityRef, credentials)) === 'granted';
  }

  /**
   * What the caller may know of an entity: what is said of it, that it is there, as the
   * catalog tells them, or not even that.
   */
  async access(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<'granted' | 'kept' | 'hidden'> {
    const [entity, assessment] = await this.options.permissions.authorize(
      [
        { permission: catalogEntityReadPermission, resourceRef: entityRef },
        {
          permission: mentorshipAssessmentReadPermission,
          resourceRef: entityRef,
        },
      ],
      { credentials },
    );
    if (entity.result !== AuthorizeResult.ALLOW) {
      return 'hidden';
    }
    return assessment.result === AuthorizeResult.ALLOW ? 'granted' : 'kept';
  }

  /** What of the list the caller may see; applied before anything is counted. */
  async visibility(credentials: BackstageCredentials): Promise<Visibility> {
    const [catalog, assessment] = await this.decisions(credentials);
    if (assessment.result === AuthorizeResult.DENY) {
      throw notAllowed(mentorshipAssessmentReadPermission.name);
    }
    const entityRefs = await this.refsUnder(catalog, credentials);
    return {
      ...(entityRefs && { entityRefs }),
      ...(assessment.result === AuthorizeResult.CONDITIONAL && {
        criteria: createConditionTransformer<AssessmentCriterion>(
          this.options.permissionsRegistry.getPermissionRuleset(
            assessmentResourceRef,
          ),
        )(assessment.conditions),
      }),
    };
  }

  /** The entities that the catalog shows the caller; absent where it shows all. */
  async readableRefs(
    credentials: BackstageCredentials,
  ): Promise<string[] | undefined> {
    const [catalog] = await this.decisions(credentials);
    return this.refsUnder(catalog, credentials);
  }

  private async refsUnder(
    { result }: PolicyDecision,
    credentials: BackstageCredentials,
  ): Promise<string[] | undefined> {
    if (result === AuthorizeResult.DENY) {
      return [];
    }
    return result === AuthorizeResult.CONDITIONAL
      ? this.options.readable.refs(credentials)
      : undefined;
  }

  /** Whether assessments are shown to the caller at all, be it of some services only. */
  async maySeeAssessments(credentials: BackstageCredentials): Promise<boolean> {
    const [, assessment] = await this.decisions(credentials);
    return assessment.result !== AuthorizeResult.DENY;
  }

  /** Whether no service is kept from the caller. */
  async maySeeEverything(credentials: BackstageCredentials): Promise<boolean> {
    const decisions = await this.decisions(credentials);
    return decisions.every(({ result }) => result === AuthorizeResult.ALLOW);
  }

  /**
   * Whether the caller may see who learns from whom.
   *
   * Fails closed: with the permission framework off every permission is
   * granted, and that must not show who learns from whom.
   */
  async maySeePeople(credentials: BackstageCredentials): Promise<boolean> {
    const { peopleVisibility, permissionsEnabled } = this.options.config;
    if (peopleVisibility === 'signed-in' && isUser(credentials)) {
      return true;
    }
    return (
      permissionsEnabled &&
      this.may(mentorshipPeopleReadPermission, credentials)
    );
  }

  async may(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.may(permission, credentials))) {
      throw notAllowed(permission.name);
    }
  }

  private decisions(credentials: BackstageCredentials) {
    return this.options.permissions.authorizeConditional(
      [
        { permission: catalogEntityReadPermission },
        { permission: mentorshipAssessmentReadPermission },
      ],
      { credentials },
    );
  }
}

/** The error that names the permission that is missing. */
export function notAllowed(permission: string): NotAllowedError {
  return new NotAllowedError(
    `This needs the permission \`${permission}\`; ask whoever runs the portal for it`,
  );
}

function isUser(credentials: BackstageCredentials): boolean {
  return (credentials.principal as { type?: string }).type === 'user';
}
