import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  mentorshipExportPermission,
  type WhatIfQuestion,
} from 'backstage-plugin-mentorship-common';
import type { Visibility } from '../../database/selection';
import type { ReportLookup } from '../assessments/DefaultAssessmentService';
import type { Authorization } from '../Authorization';
import type { KnowledgeRequest, WhatIfRequest } from '../requests';
import type { DefaultQuestionService } from './DefaultQuestionService';

/** Lets callers ask what they may learn the answer of. */
export class AuthorizedQuestionService {
  constructor(
    private readonly service: DefaultQuestionService,
    private readonly authorization: Authorization,
  ) {}

  /**
   * What is lost when people leave. Those who may not see names ask about large
   * groups only, so that they learn nothing of one person.
   */
  async whatIf(
    asked: WhatIfRequest,
    credentials: BackstageCredentials,
  ): Promise<string> {
    return this.service.whatIf(...(await this.permitted(asked, credentials)));
  }

  /** The same as CSV, for those who may take results away. */
  async whatIfCsv(
    asked: WhatIfRequest,
    credentials: BackstageCredentials,
  ): Promise<string> {
    await this.authorization.require(mentorshipExportPermission, credentials);
    return this.service.whatIfCsv(
      ...(await this.permitted(asked, credentials)),
    );
  }

  private async permitted(
    asked: WhatIfRequest,
    credentials: BackstageCredentials,
  ): Promise<[Omit<WhatIfQuestion, 'asOf' | 'among'>, Visibility]> {
    const [visibility, people] = await Promise.all([
      this.authorization.visibility(credentials),
      this.authorization.maySeePeople(credentials),
    ]);
    const audience = people ? 'named' : 'counted';
    return [{ ...asked, audience, groupsOnly: !people }, visibility];
  }

  /** Who knows what of one service; `hidden` where the caller may not read it. */
  async knowledge(
    entityRef: string,
    request: KnowledgeRequest,
    credentials: BackstageCredentials,
  ): Promise<ReportLookup | { outcome: 'hidden' }> {
    if (!(await this.authorization.mayRead(entityRef, credentials))) {
      return { outcome: 'hidden' };
    }
    const people = await this.authorization.maySeePeople(credentials);
    const audience = people ? 'named' : 'counted';
    const json = await this.service.knowledge(entityRef, request, audience);
    return { outcome: 'found', json, audience };
  }
}
