import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  mentorshipExportPermission,
  mentorshipProgramWritePermission,
  type FrozenBaseline,
  type ProgramDecided,
  type ProgramReport,
  type SnapshotList,
} from 'backstage-plugin-mentorship-common';
import type { IsoWeek } from '../../database/isoWeek';
import type { Authorization } from '../Authorization';
import type { Confirmation } from '../requests';
import type { DefaultProgramService } from './DefaultProgramService';

/** Shows the program to those who may see all of it; lets its owner decide. */
export class AuthorizedProgramService {
  constructor(
    private readonly service: DefaultProgramService,
    private readonly authorization: Authorization,
  ) {}

  /**
   * The program is a sum over every service, from which readers of some would learn
   * of the others.
   */
  async program(credentials: BackstageCredentials): Promise<ProgramReport> {
    if (!(await this.authorization.maySeeEverything(credentials))) {
      throw new NotAllowedError(
        'The program sums up every service, and you may not read them all; GET /assessments/groups and GET /risk-queue count those that you may read',
      );
    }
    const [report, people] = await Promise.all([
      this.service.program(),
      this.authorization.maySeePeople(credentials),
    ]);
    return people
      ? report
      : {
          ...report,
          frozen: report.frozen.map(({ measure, setAt }) => ({
            measure,
            setAt,
          })),
        };
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
    await this.authorization.require(
      mentorshipProgramWritePermission,
      credentials,
    );
    const { userEntityRef } = credentials.principal as {
      userEntityRef?: string;
    };
    return this.service.freezeBaselines(baselines, userEntityRef);
  }

  async confirmStep(
    id: string,
    confirmation: Confirmation,
    credentials: BackstageCredentials,
  ): Promise<ProgramDecided> {
    await this.authorization.require(
      mentorshipProgramWritePermission,
      credentials,
    );
    return this.service.confirmStep(id, confirmation);
  }

  /** A snapshot is of every service, of those too that are gone by now. */
  private async requireSnapshots(
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.authorization.require(mentorshipExportPermission, credentials);
    if (!(await this.authorization.maySeeEverything(credentials))) {
      throw new NotAllowedError(
        'A snapshot is of every service, and you may not read them all; GET /assessments.csv exports those that you may read',
      );
    }
  }
}
