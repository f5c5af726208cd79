export interface Config {
  mentorship?: {
    modules?: {
      /**
       * Reviews of pull requests in the repositories that the catalog names, with the
       * credentials of `integrations.github`. They count where
       * `mentorship.policy.sources` names `reviews`.
       *
       * ```yaml
       * mentorship:
       *   policy:
       *     sources: [git, reviews]
       *   modules:
       *     github:
       *       days: 180
       * ```
       */
      github?: {
        /** Days to look back on, 30 to 550; 180 where absent. */
        days?: number;

        /** Repositories that are read at a time, 1 to 16; 4 where absent. */
        concurrency?: number;
      };
    };
  };
}
