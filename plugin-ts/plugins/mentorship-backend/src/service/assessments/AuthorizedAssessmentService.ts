import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  mentorshipExportPermission,
  type AssessmentFacets,
  type AssessmentGroups,
  type AssessmentHistory,
  type AssessmentList,
  type AssessmentRow,
  type AssessmentsFilter,
  type RiskQueue,
} from 'backstage-plugin-mentorship-common';
import type { PageRequest } from '../../database/AssessmentReader';
import type { GroupsRequest } from '../../database/FacetReader';
import type { RiskRequest } from '../../database/RiskReader';
import type { Authorization } from '../Authorization';
import type {
  DefaultAssessmentService,
  ReportLookup,
} from './DefaultAssessmentService';

/** Shows callers the assessments that they may see. */
export class AuthorizedAssessmentService {
  constructor(
    private readonly service: DefaultAssessmentService,
    private readonly authorization: Authorization,
  ) {}

  async list(
    request: PageRequest,
    credentials: BackstageCredentials,
  ): Promise<AssessmentList> {
    return this.service.list(
      request,
      await this.authorization.visibility(credentials),
    );
  }

  /** The rows of services; null for those that the caller may not read. */
  async byRefs(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<Array<AssessmentRow | null>> {
    return this.service.byRefs(
      entityRefs,
      await this.authorization.visibility(credentials),
    );
  }

  async csv(
    filter: AssessmentsFilter,
    credentials: BackstageCredentials,
  ): Promise<AsyncIterable<string>> {
    await this.authorization.require(mentorshipExportPermission, credentials);
    return this.service.csv(
      filter,
      await this.authorization.visibility(credentials),
    );
  }

  async facets(
    filter: AssessmentsFilter,
    credentials: BackstageCredentials,
  ): Promise<AssessmentFacets> {
    return this.service.facets(
      filter,
      await this.authorization.visibility(credentials),
    );
  }

  async groups(
    request: GroupsRequest,
    credentials: BackstageCredentials,
  ): Promise<AssessmentGroups> {
    return this.service.groups(
      request,
      await this.authorization.visibility(credentials),
    );
  }

  async riskQueue(
    request: RiskRequest,
    credentials: BackstageCredentials,
  ): Promise<RiskQueue> {
    return this.service.riskQueue(
      request,
      await this.authorization.visibility(credentials),
    );
  }

  /** How a service came to be what it is, which tells of nobody by name. */
  async history(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<AssessmentHistory | undefined> {
    return (await this.authorization.mayRead(entityRef, credentials))
      ? this.service.history(entityRef)
      : undefined;
  }

  /**
   * One assessment; `hidden` where the caller may not read that entity, and `kept` where
   * they may, there is an assessment of it, and they may not read that.
   */
  async report(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<ReportLookup | { outcome: 'hidden' | 'kept' }> {
    const [access, people] = await Promise.all([
      this.authorization.access(entityRef, credentials),
      this.authorization.maySeePeople(credentials),
    ]);
    if (access === 'hidden') {
      return { outcome: 'hidden' };
    }
    const lookup = await this.service.report(
      entityRef,
      people ? 'named' : 'counted',
    );
    if (access === 'kept') {
      // That there is one is no secret to whom the catalog shows the entity.
      return { outcome: lookup.outcome === 'found' ? 'kept' : 'hidden' };
    }
    return lookup;
  }
}
