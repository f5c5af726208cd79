'use strict';

const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const { EngineTrapError, load, startEngine } = require('../node.cjs');

const AS_OF = '2026-11-21';
const page = Buffer.from(
  JSON.stringify({
    items: ['ledger', 'mail'].map(name => ({
      kind: 'Component',
      metadata: { name, annotations: { 'mentorship/steward': 'user:alice' } },
      spec: { type: 'service', owner: 'group:payments' },
    })),
    pageInfo: {},
  }),
);

describe('an engine on a thread', () => {
  it('answers as the engine of this thread does', async () => {
    const { Engine } = await load();
    const here = new Engine('{}');
    const there = await startEngine('{}');
    assert.deepEqual(await there.upsertPage(page), here.upsertPage(page));
    assert.deepEqual(await there.locations(0, 9), here.locations(0, 9));
    assert.deepEqual(
      Buffer.from(await there.results(AS_OF, 0, 9)),
      Buffer.from(here.results(AS_OF, 0, 9)),
    );
    await there.free();
  });

  it('leaves the bytes with the caller', async () => {
    const engine = await startEngine('{}');
    const mine = new Uint8Array(page);
    await engine.upsertPage(mine);
    assert.equal(mine.length, page.length);
    await engine.free();
  });

  it('refuses a policy that is no good, with the path', async () => {
    await assert.rejects(
      startEngine('{"no-such-setting": 1}'),
      error =>
        !(error instanceof EngineTrapError) &&
        error.message.includes('no-such-setting'),
    );
  });

  it('rejects with what a call throws, and goes on', async () => {
    const engine = await startEngine('{}');
    await assert.rejects(
      engine.upsertPage(Buffer.from('<html>')),
      error => !(error instanceof EngineTrapError) && error instanceof Error,
    );
    await engine.upsertPage(page);
    assert.equal(await engine.serviceCount(), 2);
    await engine.free();
  });

  it('keeps the thread that called it free while it works', async () => {
    const engine = await startEngine('{}');
    await engine.upsertPage(page);
    const order = [];
    const answered = engine
      .results(AS_OF, 0, 9)
      .then(() => order.push('engine'));
    setImmediate(() => order.push('this thread'));
    await answered;
    assert.deepEqual(order, ['this thread', 'engine']);
    await engine.free();
  });

  it('tells every caller that it was freed', async () => {
    const engine = await startEngine('{}');
    const waiting = assert.rejects(engine.results(AS_OF, 0, 9), /was freed/);
    await engine.free();
    await waiting;
    await assert.rejects(engine.serviceCount(), /was freed/);
    await engine.free();
  });
});
