import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  FrozenBaseline,
  Program,
  ProgramDecided,
  ProgramReport,
  SnapshotList,
} from 'backstage-plugin-mentorship-common';
import type { AssessmentReader } from '../../database/AssessmentReader';
import type { IsoWeek } from '../../database/isoWeek';
import type { ProgramStore, SummedProgram } from '../../database/ProgramStore';
import type { SnapshotStore } from '../../database/SnapshotStore';
import type { Confirmation } from '../requests';
import { requireResults } from '../requireResults';

/** Answers what is asked of the program as a whole, and keeps what its owner decides. */
export class DefaultProgramService {
  constructor(
    private readonly options: {
      reader: Pick<AssessmentReader, 'hasResults'>;
      programs: ProgramStore;
      snapshots: SnapshotStore;
      /** Refs of users who asked to be forgotten. */
      erased: readonly string[];
      /** Starts a run. */
      refresh: () => Promise<unknown>;
      /** The civil day in UTC, `YYYY-MM-DD`. */
      today: () => string;
    },
  ) {}

  async snapshots(): Promise<SnapshotList> {
    return { items: await this.options.snapshots.list() };
  }

  /** The CSV of a week; `undefined` where no snapshot of it was taken. */
  async snapshot(week: IsoWeek): Promise<AsyncIterable<string> | undefined> {
    return this.options.snapshots.csv(week);
  }

  async program(): Promise<ProgramReport> {
    const { programs, erased } = this.options;
    const [summed, decided, origins] = await Promise.all([
      this.summedProgram(),
      programs.decided(),
      programs.baselineOrigins(),
    ]);
    const isErased = (ref = '') =>
      erased.some(gone => gone.toLowerCase() === ref.toLowerCase());
    return {
      program: JSON.parse(summed.program),
      decided,
      frozen: origins.map(({ setBy, ...origin }) => ({
        ...origin,
        ...(setBy && !isErased(setBy) && { setBy }),
      })),
      isUpToDate: summed.isOfRun && summed.decided === JSON.stringify(decided),
    };
  }

  /**
   * Freezes baselines in place of all that were frozen before, and notes who did.
   *
   * @throws InputError where the program has no such measure.
   */
  async freezeBaselines(
    baselines: FrozenBaseline[],
    setBy: string | undefined,
  ): Promise<ProgramDecided> {
    const { measures } = await this.knownProgram();
    const known = measures.map(measure => measure.id);
    for (const { measure } of baselines) {
      if (!known.includes(measure)) {
        throw new InputError(
          `There is no measure \`${measure}\`; there are ${known.join(', ')}`,
        );
      }
    }
    const set = { by: setBy, at: new Date().toISOString() };
    await this.options.programs.freeze(baselines, set);
    return this.decided();
  }

  /**
   * Confirms a step of the rollout, or takes that back.
   *
   * @throws NotFoundError where there is no such step, InputError where evidence
   * tells whether it is done.
   */
  async confirmStep(
    id: string,
    { confirmed, on }: Confirmation,
  ): Promise<ProgramDecided> {
    const { programs, today } = this.options;
    const { rollout } = await this.knownProgram();
    const step = rollout.find(each => each.id === id);
    if (!step) {
      const known = rollout.map(each => each.id).join(', ');
      throw new NotFoundError(
        `The rollout has no step \`${id}\`; there are ${known}`,
      );
    }
    if (!step.needsConfirmation) {
      throw new InputError(
        `Evidence tells whether \`${id}\` is done, so nobody confirms it`,
      );
    }
    await programs.confirm(id, confirmed ? on ?? today() : undefined);
    return this.decided();
  }

  private async knownProgram(): Promise<Program> {
    return JSON.parse((await this.summedProgram()).program);
  }

  private async summedProgram(): Promise<SummedProgram & { isOfRun: boolean }> {
    await requireResults(this.options.reader);
    const summed = await this.options.programs.program();
    if (!summed) {
      throw new ServiceUnavailableError(
        'No run has summed up the program yet; the next one does, and GET /status tells how it fares',
      );
    }
    return summed;
  }

  /** What is set now; a run that takes it into account is started. */
  private async decided(): Promise<ProgramDecided> {
    await this.options.refresh();
    return this.options.programs.decided();
  }
}
