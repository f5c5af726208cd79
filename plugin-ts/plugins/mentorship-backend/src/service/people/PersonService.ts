import type {
  Assessment,
  Me,
  MyApprenticeship,
  MyService,
} from 'backstage-plugin-mentorship-common';
import type {
  EvidenceSource,
  OperationsSource,
  ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import type { AssessmentReader } from '../../database/AssessmentReader';
import type { Part, PartReader } from '../../database/PartReader';
import type { RunStore } from '../../database/RunStore';
import type { SnapshotStore } from '../../database/SnapshotStore';
import { requireResults } from '../requireResults';

/** Tells one person what concerns them, and what is held about them. */
export class PersonService {
  constructor(
    private readonly options: {
      reader: Pick<AssessmentReader, 'hasResults' | 'report'>;
      parts: Pick<PartReader, 'of'>;
      runs: Pick<RunStore, 'currentRun'>;
      snapshots: Pick<SnapshotStore, 'names'>;
      sources: readonly EvidenceSource[];
      operationsSources: readonly OperationsSource[];
      reviewsSources: readonly ReviewsSource[];
    },
  ) {}

  /**
   * Everybody may read their own records. Of services that the catalog keeps from
   * them (`entityRefs` are those that it does not) they learn the number only.
   */
  async me(entityRef: string, entityRefs?: string[]): Promise<Me> {
    const { reader, parts, runs, snapshots } = this.options;
    await requireResults(reader);
    const [run, all, inSnapshots] = await Promise.all([
      runs.currentRun(),
      parts.of(entityRef),
      snapshots.names(entityRef),
    ]);
    const readable = entityRefs && new Set(entityRefs);
    const shown = all.filter(
      ({ row }) => !readable || readable.has(row.entityRef),
    );
    const services = shown.flatMap(serviceOf);
    return {
      entityRef,
      asOf: run?.asOf ?? '',
      stewardships: services.filter(({ role }) => role === 'steward'),
      otherRoles: services.filter(({ role }) => role !== 'steward'),
      apprenticeships: await this.apprenticeships(entityRef, shown),
      held: {
        assessments: new Set(all.map(({ row }) => row.entityRef)).size,
        inSnapshots,
        sources: [
          ...this.options.sources,
          ...this.options.operationsSources,
          ...this.options.reviewsSources,
        ].map(({ id, title }) => ({ id, title })),
      },
    };
  }

  private async apprenticeships(
    person: string,
    parts: Part[],
  ): Promise<MyApprenticeship[]> {
    const learnt = parts
      .filter(({ role }) => role === 'apprentice')
      .map(({ row }) => row)
      .sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
    const found = await Promise.all(
      learnt.map(async ({ entityRef, title }) => {
        const report = await this.options.reader.report(entityRef, 'named');
        const { mentorship }: Partial<Assessment> =
          'json' in report ? JSON.parse(report.json) : {};
        return (mentorship?.apprentices ?? [])
          .filter(apprentice => apprentice.entityRef === person)
          .map(apprentice => ({ entityRef, title, apprentice }));
      }),
    );
    return found.flat();
  }
}

function serviceOf({ role, row }: Part): MyService[] {
  const { entityRef, title, level, rotationState, rotationDue } = row;
  return role === 'apprentice'
    ? []
    : [{ role, entityRef, title, level, rotationState, rotationDue }];
}
