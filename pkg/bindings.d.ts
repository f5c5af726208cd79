/* tslint:disable */
/* eslint-disable */
import type { HistoryOutcome, Judgement, Note, OperationsOutcome, PageOutcome, RestoredHistory, RuleCatalogue, ServiceLocation, WhatIfQuestion } from 'backstage-plugin-mentorship-common';


/**
 * The judgement on all services: one entry a service, in the order of the refs.
 */
export class Columns {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Which of `judgements` each service has.
     */
    readonly judgement: Uint32Array;
    /**
     * What services have that stand alike, each once.
     */
    readonly judgements: Judgement[];
    /**
     * Days since the steward took over; -1 where that is unknown.
     */
    readonly stewardAgeDays: Int32Array;
}

/**
 * The evidence of a catalog under one policy, kept in the module's memory
 * until it is freed.
 */
export class Engine {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Results of all services as typed arrays, aligned with the order of the
     * refs: the cheap answer to a new day.
     */
    columns(as_of: string): Columns;
    /**
     * Ends a repository's history; `failure` says why the stream was cut.
     * Answers with what became of it.
     */
    finishHistory(repository: string, failure?: string | null): HistoryOutcome;
    /**
     * Ends PagerDuty's pages: JSON bytes of `PagerDutyAsked`. Only now they count.
     */
    finishPagerduty(asked: Uint8Array | number[]): OperationsOutcome;
    /**
     * Who knows which directory of a service, `depth` levels below `path`: JSON bytes
     * of `Knowledge`; `undefined` where there is no such service. Throws where the
     * path leads out of the service's directory.
     */
    knowledge(service: string, path: string, depth: number, named: boolean): Uint8Array | undefined;
    /**
     * Where each service of a slice says that its source is, in the order of
     * refs; all at once would keep the caller waiting for long.
     */
    locations(start: number, count: number): ServiceLocation[];
    /**
     * An engine without evidence. `policy` is JSON text, `{}` for the
     * defaults; a setting that is unknown or out of range throws with its path.
     */
    constructor(policy: string);
    /**
     * The ids of the services at PagerDuty that the catalog names, in order.
     */
    pagerdutyServices(): string[];
    /**
     * The program as of a day: measures, shares by level, rotations due, rollout,
     * risk queue, proposal: JSON bytes of `Program`. `decided` is JSON bytes of
     * `ProgramDecided`. After `results` of the same day it costs a sum.
     */
    program(as_of: string, decided: Uint8Array | number[]): Uint8Array;
    /**
     * Takes the next bytes of a repository's `git log` stream.
     */
    pushHistory(repository: string, chunk: Uint8Array | number[]): void;
    /**
     * Takes a page of PagerDuty's REST API, version 2, as it was sent: incidents,
     * log entries, on-calls, services or users, in any order. `nextOffset` says
     * whether another one follows.
     */
    pushPagerduty(page: Uint8Array | number[]): OperationsOutcome;
    /**
     * Takes what happened in operation: JSON bytes of `PushedEvidence`. Throws where
     * they are none; a record that cannot be read is told in `notes` and stops
     * nothing.
     */
    putPushed(evidence: Uint8Array | number[]): OperationsOutcome;
    /**
     * Takes what a source found in a repository: JSON bytes of
     * `RepositoryEvidence`. Answers with what its reader should know.
     */
    putRepository(evidence: Uint8Array | number[]): Note[];
    /**
     * Begins a repository's history with what `storeHistory` gave on the same
     * basis: any text that changes with mailmap and options of git. Where it is
     * restored, only what came after `tip` is to be pushed, else everything.
     */
    restoreHistory(repository: string, stored: Uint8Array | number[], basis: string): RestoredHistory;
    /**
     * Results of a slice of the services, in the order of their refs: texts beside
     * one another, which `unpackResults` finds.
     */
    results(as_of: string, start: number, count: number): Uint8Array;
    /**
     * How many services there are.
     */
    serviceCount(): number;
    /**
     * Puts another policy in force; the evidence stays. Throws where it is none, or
     * differs in a setting by which evidence was taken in: that takes a new engine.
     */
    setPolicy(policy: string): void;
    /**
     * A finished history as bytes, so that the next run reads only what is new;
     * `undefined` where none is good.
     */
    storeHistory(repository: string, basis: string): Uint8Array | undefined;
    /**
     * Takes a catalog page: the bytes exactly as `entities/by-query` sent them.
     * Throws where they are no page; an entity that cannot be read is told in
     * `errors` and stops nothing.
     */
    upsertPage(page: Uint8Array | number[]): PageOutcome;
    /**
     * The paths whose text the judgement wants. `listing` is what
     * `git ls-tree -r -z --name-only` prints.
     */
    wantedPaths(listing: Uint8Array | number[]): string[];
    /**
     * The paths of which earlier versions are wanted, for `versions` of
     * `RepositoryEvidence`, out of the same listing.
     */
    wantedVersions(listing: Uint8Array | number[]): string[];
    /**
     * What [`Self::what_if`] says as CSV bytes, one line a service, with the header.
     * Throws where the question may not be asked so.
     */
    whatIfCsv(question: WhatIfQuestion): Uint8Array;
    /**
     * What every service loses when people leave, the worst first: JSON bytes
     * of `WhatIf`. Throws where the question may not be asked so.
     */
    whatIf(question: WhatIfQuestion): Uint8Array;
}

export function __wbg_reset_state(): void;

/**
 * The header line of the CSV export, with its line end.
 */
export function csvHeader(): string;

/**
 * The catalogue of rules with the weights and levels of a policy.
 */
export function rules(policy: string): RuleCatalogue;

/**
 * The version of the core.
 */
export function version(): string;
