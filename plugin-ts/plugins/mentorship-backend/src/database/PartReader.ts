import type { AssessmentRow, Role } from 'backstage-plugin-mentorship-common';
import type { Knex } from 'knex';
import { currentRunId } from './currentRun';
import type { AssessmentTableRow, PartRow, ShownRow } from './rows';
import { visible } from './selection';

/** A role that somebody has in a service. */
export interface Part {
  role: Role;
  row: AssessmentRow;
}

/** Reads which part somebody has in the services of the current run. */
export class PartReader {
  constructor(private readonly knex: Knex) {}

  /**
   * The parts of one person: those whose rotation is due first lead, those without
   * a date come last, equal ones are in the order of refs and roles.
   */
  async of(personRef: string): Promise<Part[]> {
    const runId = await currentRunId(this.knex);
    const parts: Array<Pick<PartRow, 'role'> & Pick<ShownRow, 'row'>> =
      await this.knex
        .from(
          visible(this.knex, runId, {})
            .whereIn(['run_id', 'entity_ref'], mine =>
              mine
                .from('mentorship_parts')
                .where('person_ref', personRef.toLowerCase())
                .select('run_id', 'entity_ref'),
            )
            .select<AssessmentTableRow[]>(
              'run_id',
              'entity_ref',
              'rotation_due',
            )
            .as('version'),
        )
        .join('mentorship_parts as part', join =>
          join
            .on('part.run_id', 'version.run_id')
            .on('part.entity_ref', 'version.entity_ref'),
        )
        .join('mentorship_rows as shown', join =>
          join
            .on('shown.run_id', 'version.run_id')
            .on('shown.entity_ref', 'version.entity_ref'),
        )
        .where('part.person_ref', personRef.toLowerCase())
        .orderByRaw('(version.rotation_due is null)')
        .orderBy(['version.rotation_due', 'version.entity_ref', 'part.role'])
        .select('part.role', 'shown.row');
    return parts.map(({ role, row }) => ({ role, row: JSON.parse(row) }));
  }
}
