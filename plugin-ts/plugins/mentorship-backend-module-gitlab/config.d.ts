export interface Config {
  mentorship?: {
    modules?: {
      /**
       * Reviews of merge requests in the repositories that the catalog names, with the
       * credentials of `integrations.gitlab`. They count where
       * `mentorship.policy.sources` names `reviews`.
       *
       * ```yaml
       * mentorship:
       *   policy:
       *     sources: [git, reviews]
       *   modules:
       *     gitlab:
       *       days: 180
       * ```
       */
      gitlab?: {
        /** Days to look back on, 30 to 550; 180 where absent. */
        days?: number;

        /** Repositories that are read at a time, 1 to 16; 4 where absent. */
        concurrency?: number;
      };
    };
  };
}
