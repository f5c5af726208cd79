import type {
  HistoryOutcome,
  Note,
  OperationsOutcome,
  PageOutcome,
  RestoredHistory,
  RuleCatalogue,
  ServiceLocation,
  WhatIfQuestion,
} from 'backstage-plugin-mentorship-common';

/**
 * The core's engine, on a thread of its own. It holds entities and evidence in
 * its own memory, and judges them as of any day. Calls are answered in the order
 * in which they were made.
 */
export interface Engine {
  /** Takes in a catalog page, byte for byte as the catalog sent it. */
  upsertPage(page: Uint8Array): Promise<PageOutcome>;
  serviceCount(): Promise<number>;
  /** Source locations of services from `start` on, in the order of refs. */
  locations(start: number, count: number): Promise<ServiceLocation[]>;
  /** Out of a NUL-separated listing, the paths whose contents are asked for. */
  wantedPaths(listing: Uint8Array): Promise<string[]>;
  /** Out of the same listing, the paths whose earlier versions are asked for. */
  wantedVersions(listing: Uint8Array): Promise<string[]>;
  /** Takes in the JSON of a `RepositoryEvidence`. */
  putRepository(evidence: Uint8Array): Promise<Note[]>;
  /**
   * Takes in the JSON of a `PushedEvidence`. Rejects where it is none; records
   * that cannot be read are told and stop nothing.
   */
  putPushed(evidence: Uint8Array): Promise<OperationsOutcome>;
  /** The ids of the services at PagerDuty that the catalog names, in order. */
  pagerdutyServices(): Promise<string[]>;
  /** Takes in an answer of PagerDuty's REST API; rejects where it is no JSON object. */
  pushPagerduty(answer: Uint8Array): Promise<OperationsOutcome>;
  /** Takes in the JSON of a `PagerDutyAsked`. Only then the answers count. */
  finishPagerduty(asked: Uint8Array): Promise<OperationsOutcome>;
  /** Begins a history with what `storeHistory` gave on the same basis. */
  restoreHistory(
    repository: string,
    stored: Uint8Array,
    basis: string,
  ): Promise<RestoredHistory>;
  pushHistory(repository: string, chunk: Uint8Array): Promise<void>;
  finishHistory(repository: string, failure?: string): Promise<HistoryOutcome>;
  /** A finished history as bytes; `undefined` where none is good. */
  storeHistory(
    repository: string,
    basis: string,
  ): Promise<Uint8Array | undefined>;
  /** Results of services from `start` on, in the order of their refs, for `resultsIn`. */
  results(asOf: string, start: number, count: number): Promise<Uint8Array>;
  /**
   * JSON of `Program`; `decided` is JSON of `ProgramDecided`. After the results of
   * the same day it costs a sum.
   */
  program(asOf: string, decided: Uint8Array): Promise<Uint8Array>;
  /** JSON of `WhatIf`. Rejects where the question may not be asked so. */
  whatIf(question: WhatIfQuestion): Promise<Uint8Array>;
  /** The same as CSV, one line a service, with the header. */
  whatIfCsv(question: WhatIfQuestion): Promise<Uint8Array>;
  /**
   * JSON of `Knowledge`: who knows which directory of a service, `depth` levels
   * below `path`. Rejects where the path leads out of the service's directory;
   * `undefined` where there is no such service.
   */
  knowledge(
    service: string,
    path: string,
    depth: number,
    named: boolean,
  ): Promise<Uint8Array | undefined>;
  /** Gives the memory back; nothing may be called afterwards. */
  free(): Promise<void>;
}

/** The core, loaded. */
export interface Core {
  /** Rejects with the path and the mend where the policy is no good. */
  createEngine(policy: string): Promise<Engine>;
  /** The header line of the CSV export, with its line end. */
  csvHeader(): string;
  rules(policy: string): RuleCatalogue;
  version(): string;
}

/**
 * Whether the core broke down, which is a defect of the core and leaves the
 * engine that threw it unusable. Recognised by name, so that it does not matter
 * through which copy of the package it came.
 */
export function isEngineTrap(error: unknown): error is Error {
  return error instanceof Error && error.name === 'EngineTrapError';
}
