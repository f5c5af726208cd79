export interface Config {
  mentorship?: {
    modules?: {
      /**
       * Incidents and on-calls of the services that the catalog names by
       * `pagerduty.com/service-id`. They count where `mentorship.policy.sources`
       * names `incidents` and `on-calls`.
       *
       * ```yaml
       * mentorship:
       *   policy:
       *     sources: [git, incidents, on-calls]
       *   modules:
       *     pagerduty:
       *       token: ${PAGERDUTY_TOKEN}
       * ```
       */
      pagerduty?: {
        /**
         * A read-only key of PagerDuty's REST API, version 2.
         *
         * @visibility secret
         */
        token: string;

        /**
         * Where the API is: `https://api.pagerduty.com` where absent,
         * `https://api.eu.pagerduty.com` for accounts of the EU region.
         */
        apiBaseUrl?: string;

        /** What the source is called on screen; `PagerDuty` where absent. */
        title?: string;

        /** Days to look back on, 30 to 550; 180 where absent. */
        days?: number;

        /** Requests that are made at a time, 1 to 16; 4 where absent. */
        concurrency?: number;
      };
    };
  };
}
