import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  /**
   * How services are judged, where evidence comes from, and who sees names. An
   * unknown key or a wrong type stops the start.
   */
  mentorship?: {
    /**
     * When the whole catalog is judged. Every 10 minutes where absent; while
     * the catalog still changes, a run is followed by another one sooner.
     */
    schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

    /**
     * The policy: weights, thresholds, levels, file patterns, aliases. It is
     * handed to the core as it stands; what the core does not understand stops
     * the start and is named.
     */
    policy?: { [key: string]: unknown };

    people?: {
      /**
       * Who may see who learns from whom, shares of knowledge and individual
       * progress. `permission` (the default): whoever holds
       * `mentorship.people.read`, and nobody where the permission framework is
       * off. `signed-in`: every signed-in user.
       */
      visibility?: 'permission' | 'signed-in';
    };

    history?: {
      /**
       * Days for which it is known what a service was and why that changed, 1 to
       * 3650; 400 where absent, so that a year can be compared with the one before.
       */
      keepDays?: number;
    };

    git?: {
      /**
       * Whether repositories are read at all; `true` where absent. Where it is
       * `false`, plans, owners files and histories are not collected.
       */
      enabled?: boolean;

      /**
       * Folder for copies of remote repositories, kept between runs. A folder
       * in `backend.workingDirectory`, else in the system's temporary
       * directory, where absent.
       */
      directory?: string;

      /**
       * Folders on the backend's machine below which local repositories may be
       * read, for development; relative to the folder where the backend runs.
       * None where absent, so that nobody can point the portal at the
       * backend's own files.
       */
      localFolders?: string[];

      /**
       * Days after which the copy of a remote repository that no service named
       * is removed, 1 to 3650; 30 where absent.
       */
      keepUnusedCopiesDays?: number;

      /** Repositories that are read at a time, 1 to 16; 2 where absent. */
      concurrency?: number;

      /**
       * Seconds after which one git command is given up, 1 to 3600; 300 where
       * absent.
       */
      timeoutSeconds?: number;
    };

    /**
     * Files from code hosts by their API, for services that git did not read: where
     * there is no git, or no disk for copies (`git.enabled: false`). Histories are not
     * to be had so, and with them no bus factor out of the history.
     */
    urlReader?: {
      /** Whether code hosts are asked; `false` where absent. */
      enabled?: boolean;

      /** Repositories that are read at a time, 1 to 16; 2 where absent. */
      concurrency?: number;

      /** Seconds after which a repository is given up, 1 to 3600; 120 where absent. */
      timeoutSeconds?: number;
    };

    /**
     * Whether stewards, apprentices and mentors are reminded of what is due, by the
     * notifications of the portal: a rotation 30 and 7 days before it is due and when
     * it is, a milestone that is overdue, and that nothing has moved for 30 days.
     * `true` where absent. Each user sets in the portal which of them arrive, and how.
     */
    notifications?: boolean;

    /**
     * Evidence that pipelines push with `mentorship push`. A token is one of
     * `backend.auth.externalAccess`; what it is not given here, it may not write.
     *
     * ```yaml
     * mentorship:
     *   push:
     *     tokens:
     *       - subject: ci-payments
     *         services: ['component:payments/*', 'component:default/checkout']
     * backend:
     *   auth:
     *     externalAccess:
     *       - type: static
     *         options: { token: '${MENTORSHIP_PUSH_TOKEN}', subject: ci-payments }
     *         accessRestrictions:
     *           - { plugin: mentorship, permission: mentorship.evidence.write }
     * ```
     *
     * What happened in operation counts for the kinds that `policy.sources` names:
     * `incidents`, `on-calls`, `deployments`, `reviews`.
     */
    push?: {
      /** None where absent, so that nobody may push anything. */
      tokens?: Array<{
        /**
         * The subject of the token as the backend knows it. Tokens of a key set
         * (`jwks`) have `external:` and their prefix before it.
         */
        subject: string;

        /**
         * Entity refs that it may write; `*` in place of a name stands for every
         * name of that kind and namespace.
         */
        services: string[];
      }>;

      /** Megabytes of the largest document, 1 to 200; 20 where absent. */
      largestMegabytes?: number;
    };
  };
}
