import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  mentorshipAssessmentReadPermission,
  mentorshipPermissions,
} from 'backstage-plugin-mentorship-common';
import {
  mentorshipEvidenceExtensionPoint,
  type EvidenceSource,
  type OperationsSource,
  type ReviewsSource,
} from 'backstage-plugin-mentorship-node';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogListing } from './catalog/CatalogListing';
import { readMentorshipConfig } from './config';
import { AssessmentReader } from './database/AssessmentReader';
import { Erasure } from './database/Erasure';
import { EvidencePlaceStore } from './database/EvidencePlaceStore';
import { FacetReader } from './database/FacetReader';
import { Forgotten } from './database/Forgotten';
import { HistoryStore } from './database/HistoryStore';
import { weekOfDatabase } from './database/isoWeek';
import { migratedDatabase, migratingScheduler } from './database/migrate';
import { OperationsStore } from './database/OperationsStore';
import { PartReader } from './database/PartReader';
import { PointStore } from './database/PointStore';
import { ProgramStore } from './database/ProgramStore';
import { PushedEvidenceStore } from './database/PushedEvidenceStore';
import { ReminderStore } from './database/ReminderStore';
import { ReviewStore } from './database/ReviewStore';
import { RiskReader } from './database/RiskReader';
import { RunStore } from './database/RunStore';
import { SnapshotStore } from './database/SnapshotStore';
import type { Core } from './engine/Engine';
import { loadCore } from './engine/loadCore';
import { StandingEngine } from './engine/StandingEngine';
import { uncounted } from './engine/uncounted';
import { GitEvidenceSource } from './evidence/git/GitEvidenceSource';
import { UrlReaderEvidenceSource } from './evidence/urlReader/UrlReaderEvidenceSource';
import { PushedEvidenceSource } from './evidence/pushed/PushedEvidenceSource';
import {
  assessmentPermissionRules,
  assessmentResourceRef,
} from './permissions/rules';
import { AssessmentRunner } from './run/AssessmentRunner';
import { RunMetrics } from './run/RunMetrics';
import { Reminding } from './run/Reminding';
import { AuthorizedAssessmentService } from './service/assessments/AuthorizedAssessmentService';
import { DefaultAssessmentService } from './service/assessments/DefaultAssessmentService';
import { Authorization } from './service/Authorization';
import { AuthorizedEvidenceIntake } from './service/evidence/AuthorizedEvidenceIntake';
import { EvidenceIntake } from './service/evidence/EvidenceIntake';
import { PersonService } from './service/people/PersonService';
import { AuthorizedProgramService } from './service/program/AuthorizedProgramService';
import { DefaultProgramService } from './service/program/DefaultProgramService';
import { AuthorizedQuestionService } from './service/questions/AuthorizedQuestionService';
import { DefaultQuestionService } from './service/questions/DefaultQuestionService';
import { ReadableEntities } from './service/ReadableEntities';
import { createRouter } from './service/router';
import { AuthorizedStatusService } from './service/status/AuthorizedStatusService';
import {
  DefaultStatusService,
  RUN_TASK_ID,
} from './service/status/DefaultStatusService';

/** What comes from outside and is replaced in tests. */
export interface Surroundings {
  loadCore: () => Promise<Core>;
  /** The civil day in UTC, `YYYY-MM-DD`. */
  today: () => string;
  /** How long to wait for a catalog that still changes. */
  settleMs: number;
}

/** Builds the plugin in the given surroundings. */
export function createMentorshipPlugin(surroundings: Surroundings) {
  return createBackendPlugin({
    pluginId: 'mentorship',
    register(env) {
      const sources = new Map<string, EvidenceSource>();
      const operationsSources = new Map<string, OperationsSource>();
      const reviewsSources = new Map<string, ReviewsSource>();
      const requireNew = ({ id }: { id: string }) => {
        const all = [sources, operationsSources, reviewsSources];
        if (all.some(known => known.has(id))) {
          throw new Error(
            `two sources of evidence are called \`${id}\`; remove one of the modules that add it`,
          );
        }
      };
      const addEvidenceSource = (source: EvidenceSource) => {
        requireNew(source);
        sources.set(source.id, source);
      };
      env.registerExtensionPoint(mentorshipEvidenceExtensionPoint, {
        addEvidenceSource,
        addOperationsSource: source => {
          requireNew(source);
          operationsSources.set(source.id, source);
        },
        addReviewsSource: source => {
          requireNew(source);
          reviewsSources.set(source.id, source);
        },
      });

      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          discovery: coreServices.discovery,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          notifications: notificationService,
          logger: coreServices.logger,
          metrics: metricsServiceRef,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          scheduler: coreServices.scheduler,
          urlReader: coreServices.urlReader,
        },
        async init(services) {
          const { logger, scheduler } = services;
          const config = readMentorshipConfig(services.config);
          const core = await surroundings.loadCore();
          await requireGoodPolicy(core, config.policy);
          if (config.git) {
            addEvidenceSource(
              new GitEvidenceSource({
                ...config.git,
                integrations: ScmIntegrations.fromConfig(services.config),
              }),
            );
          }

          if (config.urlReader) {
            addEvidenceSource(
              new UrlReaderEvidenceSource({
                ...config.urlReader,
                reader: services.urlReader,
                integrations: ScmIntegrations.fromConfig(services.config),
              }),
            );
          }

          const knex = await migratedDatabase(services.database);
          const reader = new AssessmentReader(knex);
          const runs = new RunStore(knex);
          const places = new EvidencePlaceStore(knex);
          const histories = new HistoryStore(knex);
          const forgotten = new Forgotten(config.erased);
          const pushed = new PushedEvidenceStore(knex, forgotten);
          if (config.push.tokens.length > 0) {
            // The last, because it stands in for the others.
            addEvidenceSource(new PushedEvidenceSource(pushed));
          }
          const notCounted = await uncounted(core, config.policy, [
            ...[...operationsSources.values()].flatMap(({ kinds }) => kinds),
            ...(reviewsSources.size > 0 ? (['reviews'] as const) : []),
          ]);
          for (const warning of notCounted.values()) {
            logger.warn(`a source is installed in vain: ${warning}`);
          }
          const judging = {
            core,
            policy: config.policy,
            sources: [...sources.values()],
            operationsSources: [...operationsSources.values()],
            reviewsSources: [...reviewsSources.values()],
            runs,
            places,
            histories,
            pushed,
            operations: new OperationsStore(knex, forgotten),
            reviews: new ReviewStore(knex, forgotten),
            programs: new ProgramStore(knex),
            points: new PointStore(knex, { keepDays: config.keepHistoryDays }),
            snapshots: new SnapshotStore(
              knex,
              () => weekOfDatabase(knex),
              config.erased,
            ),
            reader,
            today: surroundings.today,
            listing: new CatalogListing(services),
            logger,
          };
          const { timeoutMs } = config;
          const standing = new StandingEngine(judging);
          services.lifecycle.addShutdownHook(() => standing.end());

          services.permissionsRegistry.addResourceType({
            resourceRef: assessmentResourceRef,
            permissions: [mentorshipAssessmentReadPermission],
            rules: Object.values(assessmentPermissionRules),
            getResources: refs => reader.resources(refs),
          });
          services.permissionsRegistry.addPermissions(
            mentorshipPermissions.filter(
              permission => permission !== mentorshipAssessmentReadPermission,
            ),
          );

          const authorization = new Authorization({
            permissions: services.permissions,
            permissionsRegistry: services.permissionsRegistry,
            readable: new ReadableEntities({
              catalog: services.catalog,
              kinds: () => reader.kinds(),
            }),
            config,
          });
          const status = new DefaultStatusService({
            ...judging,
            scheduler,
            timeoutMs,
            uncounted: notCounted,
          });
          services.httpRouter.use(
            createRouter({
              assessments: new AuthorizedAssessmentService(
                new DefaultAssessmentService({
                  ...judging,
                  facets: new FacetReader(knex),
                  risks: new RiskReader(knex),
                }),
                authorization,
              ),
              questions: new AuthorizedQuestionService(
                new DefaultQuestionService({ reader, standing }),
                authorization,
              ),
              program: new AuthorizedProgramService(
                new DefaultProgramService({
                  ...judging,
                  erased: config.erased,
                  refresh: () => status.refresh(),
                }),
                authorization,
              ),
              status: new AuthorizedStatusService(status, authorization),
              intake: new AuthorizedEvidenceIntake(
                new EvidenceIntake({
                  ...judging,
                  auth: services.auth,
                  catalog: services.catalog,
                }),
                { permissions: services.permissions, config: config.push },
              ),
              people: new PersonService({
                ...judging,
                parts: new PartReader(knex),
              }),
              authorization,
              largestEvidence: config.push.largestBytes,
              httpAuth: services.httpAuth,
              auditor: services.auditor,
            }),
          );

          const runner = new AssessmentRunner({
            ...judging,
            metrics: new RunMetrics({ ...judging, metrics: services.metrics }),
            settleMs: surroundings.settleMs,
            timeoutMs,
            cutOffMs: CUT_OFF_MS,
            ...(config.erased.length > 0 && {
              erasure: new Erasure(knex, forgotten),
            }),
            ...(config.notifications && {
              reminding: new Reminding({
                notifications: services.notifications,
                store: new ReminderStore(knex),
                logger,
              }),
            }),
          });
          const shutdown = new AbortController();
          services.lifecycle.addShutdownHook(() => shutdown.abort());
          await migratingScheduler(services.database, () =>
            scheduler.scheduleTask({
              ...config.schedule,
              id: RUN_TASK_ID,
              fn: signal =>
                runner.runUntilSettled(
                  AbortSignal.any([signal, shutdown.signal]),
                ),
            }),
          );
          // Whoever stops a portal before anything is shown need not wait for the
          // next turn of the schedule when it starts again.
          if ((await runs.lastRun()) && !(await runs.currentRun())) {
            await status.refresh();
          }
        },
      });
    },
  });
}

/** Longer than any schedule lets a run take. */
const CUT_OFF_MS = 6 * 60 * 60 * 1000;

/** The core alone knows what a policy may say; its word stops the start. */
async function requireGoodPolicy(core: Core, policy: string): Promise<void> {
  try {
    await (await core.createEngine(policy)).free();
  } catch (error) {
    throw new Error(
      `\`mentorship.policy\` cannot be used: ${(error as Error).message}`,
    );
  }
}

/**
 * Judges the services of the catalog for mentorship, steward rotation and bus
 * factor, and serves the results.
 *
 * @public
 */
export const mentorshipPlugin = createMentorshipPlugin({
  loadCore,
  today: () => new Date().toISOString().slice(0, 10),
  settleMs: 5_000,
});
