import type { WhatIfQuestion } from 'backstage-plugin-mentorship-common';
import type { Core, Engine } from '../engine/Engine';

/** What the core is made to break down over. */
export interface Traps {
  /** A page that holds this text. */
  page?: string;
  /** Results that hold this entity ref. */
  service?: string;
  /** Evidence or history of this repository. */
  repository?: string;
  /** A pushed document that holds this text. */
  pushed?: string;
  /** An answer of PagerDuty that holds this text. */
  pagerduty?: string;
  /** The stored history of this repository. */
  restoring?: string;
  /** The question what happens if somebody leaves, named so. */
  question?: string;
  /** The program as of this day. */
  program?: string;
}

/** The real core, made to break down over what a test says. */
export function trapping(core: Core, traps: Traps): Core {
  return {
    ...core,
    createEngine: async policy =>
      new TrappingEngine(await core.createEngine(policy), traps),
  };
}

class TrappingEngine implements Engine {
  private broken = false;

  constructor(private readonly inner: Engine, private readonly traps: Traps) {}

  async upsertPage(page: Uint8Array) {
    this.check(this.traps.page, new TextDecoder().decode(page));
    return this.inner.upsertPage(page);
  }
  serviceCount() {
    return this.inner.serviceCount();
  }
  locations(start: number, count: number) {
    return this.inner.locations(start, count);
  }
  wantedPaths(listing: Uint8Array) {
    return this.inner.wantedPaths(listing);
  }
  wantedVersions(listing: Uint8Array) {
    return this.inner.wantedVersions(listing);
  }
  putRepository(evidence: Uint8Array) {
    return this.inner.putRepository(evidence);
  }
  async putPushed(evidence: Uint8Array) {
    this.check(this.traps.pushed, new TextDecoder().decode(evidence));
    return this.inner.putPushed(evidence);
  }
  pagerdutyServices() {
    return this.inner.pagerdutyServices();
  }
  async pushPagerduty(answer: Uint8Array) {
    this.check(this.traps.pagerduty, new TextDecoder().decode(answer));
    return this.inner.pushPagerduty(answer);
  }
  finishPagerduty(asked: Uint8Array) {
    return this.inner.finishPagerduty(asked);
  }
  async pushHistory(repository: string, chunk: Uint8Array) {
    this.check(this.traps.repository, repository);
    await this.inner.pushHistory(repository, chunk);
  }
  async restoreHistory(repository: string, stored: Uint8Array, basis: string) {
    this.check(this.traps.restoring, repository);
    return this.inner.restoreHistory(repository, stored, basis);
  }
  finishHistory(repository: string, failure?: string) {
    return this.inner.finishHistory(repository, failure);
  }
  storeHistory(repository: string, basis: string) {
    return this.inner.storeHistory(repository, basis);
  }
  async results(asOf: string, start: number, count: number) {
    const results = await this.inner.results(asOf, start, count);
    this.check(
      this.traps.service && `"entityRef":"${this.traps.service}"`,
      new TextDecoder().decode(results),
    );
    return results;
  }
  async program(asOf: string, decided: Uint8Array) {
    this.check(this.traps.program, asOf);
    return this.inner.program(asOf, decided);
  }
  async whatIf(question: WhatIfQuestion) {
    this.check(this.traps.question, question.leaves?.join() ?? '');
    return this.inner.whatIf(question);
  }
  whatIfCsv(question: WhatIfQuestion) {
    return this.inner.whatIfCsv(question);
  }
  knowledge(service: string, path: string, depth: number, named: boolean) {
    return this.inner.knowledge(service, path, depth, named);
  }
  free() {
    return this.inner.free();
  }

  private check(trap: string | undefined, text: string) {
    if (this.broken || (trap !== undefined && text.includes(trap))) {
      this.broken = true;
      throw Object.assign(new Error('unreachable'), {
        name: 'EngineTrapError',
      });
    }
  }
}
