import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  mentorshipExportPermission,
  mentorshipProgramWritePermission,
  mentorshipRefreshPermission,
  type MentorshipStatusReport,
  type RefreshReport,
  type RuleCatalogue,
  type RuleEntry,
  type RunReport,
  type SourceReport,
} from 'backstage-plugin-mentorship-common';
import type { Authorization } from '../Authorization';
import type { DefaultStatusService } from './DefaultStatusService';

/** Tells callers how the plugin is doing, and what they may do with it. */
export class AuthorizedStatusService {
  constructor(
    private readonly service: DefaultStatusService,
    private readonly authorization: Authorization,
  ) {}

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
    const { authorization } = this;
    const [
      status,
      assessments,
      people,
      mayExport,
      refresh,
      decide,
      everything,
    ] = await Promise.all([
      this.service.status(),
      authorization.maySeeAssessments(credentials),
      authorization.maySeePeople(credentials),
      authorization.may(mentorshipExportPermission, credentials),
      authorization.may(mentorshipRefreshPermission, credentials),
      authorization.may(mentorshipProgramWritePermission, credentials),
      authorization.maySeeEverything(credentials),
    ]);
    const viewer = {
      assessments,
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
    await this.authorization.require(mentorshipRefreshPermission, credentials);
    return this.service.refresh();
  }
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
