import {
  coreServices,
  createServiceFactory,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { AssessmentReader } from '../database/AssessmentReader';
import { EvidencePlaceStore } from '../database/EvidencePlaceStore';
import { FacetReader } from '../database/FacetReader';
import { HistoryStore } from '../database/HistoryStore';
import { weekOfDatabase } from '../database/isoWeek';
import { migratedDatabase } from '../database/migrate';
import { OperationsStore } from '../database/OperationsStore';
import { PointStore } from '../database/PointStore';
import { ProgramStore } from '../database/ProgramStore';
import { PushedEvidenceStore } from '../database/PushedEvidenceStore';
import { ReminderStore } from '../database/ReminderStore';
import { ReviewStore } from '../database/ReviewStore';
import { RiskReader } from '../database/RiskReader';
import { RunStore } from '../database/RunStore';
import { SnapshotStore } from '../database/SnapshotStore';
import type { ServiceResults } from '../engine/results';

/** SQLite always, PostgreSQL where a connection string to one is given. */
export const databases = () =>
  TestDatabases.create({
    ids: [
      'SQLITE_3',
      ...(process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING
        ? (['POSTGRES_18'] as const)
        : []),
    ],
    disableDocker: true,
  });

/** Whether `cargo xtask prove` asks for many more cases than a test run has time for. */
export const isProof = process.env.MENTORSHIP_PROVE === 'true';

/** Gives every plugin of a test backend this database. */
export const databaseFactory = (knex: Knex) =>
  createServiceFactory({
    service: coreServices.database,
    deps: {},
    factory: (): DatabaseService => ({ getClient: async () => knex }),
  });

/** Stages all results of a run, in any order. */
export async function stage(
  runs: RunStore,
  runId: number,
  items: ServiceResults[],
  repository?: string,
): Promise<void> {
  const staging = await runs.staging(runId);
  const key = (each: ServiceResults) => each.entityRef;
  await staging.stage(
    [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    () => (repository === undefined ? undefined : { repository, passing: [] }),
  );
  await staging.finish();
}

/** Stores on a database with the plugin's tables. */
export async function stores(knex: Knex) {
  await migratedDatabase({ getClient: async () => knex });
  return {
    knex,
    runs: new RunStore(knex),
    reader: new AssessmentReader(knex),
    places: new EvidencePlaceStore(knex),
    histories: new HistoryStore(knex),
    pushed: new PushedEvidenceStore(knex),
    operations: new OperationsStore(knex),
    reviews: new ReviewStore(knex),
    reminders: new ReminderStore(knex),
    facets: new FacetReader(knex),
    risks: new RiskReader(knex),
    points: new PointStore(knex, { keepDays: 30 }),
    programs: new ProgramStore(knex),
    snapshots: new SnapshotStore(knex, () => weekOfDatabase(knex)),
  };
}
