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
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import {
  mentorshipAssessmentReadPermission,
  mentorshipExportPermission,
  mentorshipPeopleReadPermission,
  mentorshipProgramWritePermission,
  mentorshipRefreshPermission,
  type AssessmentFacets,
  type AssessmentGroups,
  type AssessmentHistory,
  type AssessmentList,
  type AssessmentsFilter,
  type FrozenBaseline,
  type MentorshipStatusReport,
  type ProgramDecided,
  type ProgramReport,
  type RefreshReport,
  type RiskQueue,
  type RuleCatalogue,
  type RuleEntry,
  type RunReport,
  type SnapshotList,
  type SourceReport,
} from 'backstage-plugin-mentorship-common';
import type { MentorshipConfig } from '../config';
import type { PageRequest } from '../database/AssessmentReader';
import type { GroupsRequest } from '../database/FacetReader';
import type { IsoWeek } from '../database/isoWeek';
import type { RiskRequest } from '../database/RiskReader';
import type { AssessmentCriterion, Visibility } from '../database/selection';
import { assessmentResourceRef } from '../permissions/rules';
import type {
  DefaultAssessmentService,
  ReportLookup,
} from './DefaultAssessmentService';
import type { ReadableEntities } from './ReadableEntities';
import type { Confirmation, KnowledgeRequest } from './requests';

/**
 * Decides what the caller may see, and then asks the service behind it. The
 * catalog's permission to read an entity comes first, this plugin's own on top.
 */
export class AuthorizedAssessmentService {
  constructor(
    private readonly service: DefaultAssessmentService,
    private readonly options: {
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
      readable: ReadableEntities;
      config: Pick<MentorshipConfig, 'peopleVisibility' | 'permissionsEnabled'>;
    },
  ) {}

  async list(
    request: PageRequest,
    credentials: BackstageCredentials,
  ): Promise<AssessmentList> {
    return this.service.list(request, await this.visibility(credentials));
  }

  async csv(
    filter: AssessmentsFilter,
    credentials: BackstageCredentials,
  ): Promise<AsyncIterable<string>> {
    await this.require(mentorshipExportPermission, credentials);
    return this.service.csv(filter, await this.visibility(credentials));
  }

  async facets(
    filter: AssessmentsFilter,
    credentials: BackstageCredentials,
  ): Promise<AssessmentFacets> {
    return this.service.facets(filter, await this.visibility(credentials));
  }

  async groups(
    request: GroupsRequest,
    credentials: BackstageCredentials,
  ): Promise<AssessmentGroups> {
    return this.service.groups(request, await this.visibility(credentials));
  }

  async riskQueue(
    request: RiskRequest,
    credentials: BackstageCredentials,
  ): Promise<RiskQueue> {
    return this.service.riskQueue(request, await this.visibility(credentials));
  }

  /** How a service came to be what it is, which tells of nobody by name. */
  async history(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<AssessmentHistory | undefined> {
    return (await this.mayRead(entityRef, credentials))
      ? this.service.history(entityRef)
      : undefined;
  }

  /**
   * The program is a sum over every service, from which readers of some would learn
   * of the others.
   */
  async program(credentials: BackstageCredentials): Promise<ProgramReport> {
    if (!(await this.maySeeEverything(credentials))) {
      throw new NotAllowedError(
        'The program sums up every service, and you may not read them all; GET /assessments/groups and GET /risk-queue count those that you may read',
      );
    }
    return this.service.program();
  }

  async snapshots(credentials: BackstageCredentials): Promise<SnapshotList> {
    await this.requireSnapshots(credentials);
    return this.service.snapshots();
  }

  async snapshot(
    week: IsoWeek,
    credentials: BackstageCredentials,
  ): Promise<AsyncIterable<string> | undefined> {
    await this.requireSnapshots(credentials);
    return this.service.snapshot(week);
  }

  async freezeBaselines(
    baselines: FrozenBaseline[],
    credentials: BackstageCredentials,
  ): Promise<ProgramDecided> {
    await this.require(mentorshipProgramWritePermission, credentials);
    return this.service.freezeBaselines(baselines);
  }

  async confirmStep(
    id: string,
    confirmation: Confirmation,
    credentials: BackstageCredentials,
  ): Promise<ProgramDecided> {
    await this.require(mentorshipProgramWritePermission, credentials);
    return this.service.confirmStep(id, confirmation);
  }

  /** One assessment; `denied` where the caller may not read that service. */
  async report(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ReportLookup | { outcome: 'denied' }> {
    if (!(await this.mayRead(entityRef, credentials))) {
      return { outcome: 'denied' };
    }
    const people = await this.maySeePeople(credentials);
    return this.service.report(entityRef, people ? 'named' : 'counted');
  }

  /**
   * What is lost when people leave. Those who may not see names ask about large
   * groups only, so that they learn nothing of one person.
   */
  async whatIf(
    leaves: string[],
    credentials: BackstageCredentials,
  ): Promise<string> {
    const [visibility, people] = await Promise.all([
      this.visibility(credentials),
      this.maySeePeople(credentials),
    ]);
    return this.service.whatIf(
      {
        leaves,
        audience: people ? 'named' : 'counted',
        groupsOnly: !people,
      },
      visibility,
    );
  }

  /** Who knows what of one service; `denied` where the caller may not read it. */
  async knowledge(
    entityRef: string,
    request: KnowledgeRequest,
    credentials: BackstageCredentials,
  ): Promise<ReportLookup | { outcome: 'denied' }> {
    if (!(await this.mayRead(entityRef, credentials))) {
      return { outcome: 'denied' };
    }
    const people = await this.maySeePeople(credentials);
    const audience = people ? 'named' : 'counted';
    const json = await this.service.knowledge(entityRef, request, audience);
    return { outcome: 'found', json, audience };
  }

  rules(): RuleCatalogue {
    return this.service.rules();
  }

  rule(id: string): RuleEntry {
    return this.service.rule(id);
  }

  /** `repositories` are told to those only who may know of every service. */
  async status(
    { repositories }: { repositories: boolean },
    credentials: BackstageCredentials,
  ): Promise<MentorshipStatusReport> {
    const [status, people, mayExport, refresh, decide, everything] =
      await Promise.all([
        this.service.status(),
        this.maySeePeople(credentials),
        this.may(mentorshipExportPermission, credentials),
        this.may(mentorshipRefreshPermission, credentials),
        this.may(mentorshipProgramWritePermission, credentials),
        this.maySeeEverything(credentials),
      ]);
    const viewer = {
      people,
      export: mayExport,
      refresh,
      program: everything,
      decide,
    };
    if (!everything) {
      return { ...withoutReasons(status), viewer };
    }
    return {
      ...status,
      ...(repositories && { repositories: await this.service.repositories() }),
      viewer,
    };
  }

  async refresh(credentials: BackstageCredentials): Promise<RefreshReport> {
    await this.require(mentorshipRefreshPermission, credentials);
    return this.service.refresh();
  }

  /** Whether the caller may read the entity and what is said of it. */
  private async mayRead(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const decisions = await this.options.permissions.authorize(
      [
        { permission: catalogEntityReadPermission, resourceRef: entityRef },
        {
          permission: mentorshipAssessmentReadPermission,
          resourceRef: entityRef,
        },
      ],
      { credentials },
    );
    return decisions.every(({ result }) => result === AuthorizeResult.ALLOW);
  }

  /** What of the list the caller may see; applied before anything is counted. */
  private async visibility(
    credentials: BackstageCredentials,
  ): Promise<Visibility> {
    const [catalog, assessment] = await this.decisions(credentials);
    if (assessment.result === AuthorizeResult.DENY) {
      throw notAllowed(mentorshipAssessmentReadPermission.name);
    }
    if (catalog.result === AuthorizeResult.DENY) {
      return { entityRefs: [] };
    }
    return {
      ...(catalog.result === AuthorizeResult.CONDITIONAL && {
        entityRefs: await this.options.readable.refs(credentials),
      }),
      ...(assessment.result === AuthorizeResult.CONDITIONAL && {
        criteria: createConditionTransformer<AssessmentCriterion>(
          this.options.permissionsRegistry.getPermissionRuleset(
            assessmentResourceRef,
          ),
        )(assessment.conditions),
      }),
    };
  }

  /** A snapshot is of every service, of those too that are gone by now. */
  private async requireSnapshots(
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(mentorshipExportPermission, credentials);
    if (!(await this.maySeeEverything(credentials))) {
      throw new NotAllowedError(
        'A snapshot is of every service, and you may not read them all; GET /assessments.csv exports those that you may read',
      );
    }
  }

  private async maySeeEverything(
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const decisions = await this.decisions(credentials);
    return decisions.every(({ result }) => result === AuthorizeResult.ALLOW);
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

  /**
   * Fails closed: with the permission framework off every permission is
   * granted, and that must not show who learns from whom.
   */
  private async maySeePeople(
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const { peopleVisibility, permissionsEnabled } = this.options.config;
    if (peopleVisibility === 'signed-in' && isUser(credentials)) {
      return true;
    }
    return (
      permissionsEnabled &&
      this.may(mentorshipPeopleReadPermission, credentials)
    );
  }

  private async may(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    return result === AuthorizeResult.ALLOW;
  }

  private async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.may(permission, credentials))) {
      throw notAllowed(permission.name);
    }
  }
}

function notAllowed(permission: string): NotAllowedError {
  return new NotAllowedError(
    `This needs the permission \`${permission}\`; ask whoever runs the portal for it`,
  );
}

function isUser(credentials: BackstageCredentials): boolean {
  return (credentials.principal as { type?: string }).type === 'user';
}

/** Reasons name repositories and entities, which not everybody may know of. */
function withoutReasons(
  status: Omit<MentorshipStatusReport, 'viewer'>,
): Omit<MentorshipStatusReport, 'viewer'> {
  const run = ({ failure: _, ...rest }: RunReport): RunReport => rest;
  const source = ({ lastFailure, ...rest }: SourceReport): SourceReport => ({
    ...rest,
    ...(lastFailure && { lastFailure: { at: lastFailure.at } }),
  });
  return {
    ...status,
    ...(status.currentRun && { currentRun: run(status.currentRun) }),
    ...(status.lastRun && { lastRun: run(status.lastRun) }),
    sources: status.sources.map(source),
  };
}
