'use strict';

const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { describe, it } = require('node:test');
const { EngineTrapError, guard } = require('../guard.cjs');
const { load } = require('../node.cjs');

const AS_OF = '2026-11-21';
const page = Buffer.from(
  JSON.stringify({
    items: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'ledger',
          annotations: { 'mentorship/steward': 'user:alice' },
        },
        spec: { type: 'service', owner: 'group:payments' },
      },
    ],
    pageInfo: {},
  }),
);

function judged(api) {
  const engine = new api.Engine('{}');
  engine.upsertPage(page);
  assert.equal(engine.serviceCount(), 1);
  const results = Buffer.from(engine.results(AS_OF, 0, 1)).toString();
  return { engine, results };
}

describe('the module', () => {
  it('is instantiated once', async () => {
    assert.equal(await load(), await load());
  });

  it('has the version of its package', async () => {
    const { version } = require('../package.json');
    assert.equal((await load()).version(), version);
  });

  it('judges a catalog page', async () => {
    const { results } = judged(await load());
    assert.match(results, /component:default\/ledger/);
  });

  it('judges what is there by another policy', async () => {
    const api = await load();
    const policy = JSON.stringify({ weights: { 'no-steward': 40 } });
    const { engine, results } = judged(api);
    engine.setPolicy(policy);
    const again = Buffer.from(engine.results(AS_OF, 0, 1)).toString();
    assert.notEqual(again, results);
    const anew = new api.Engine(policy);
    anew.upsertPage(page);
    assert.equal(Buffer.from(anew.results(AS_OF, 0, 1)).toString(), again);
    assert.throws(() => engine.setPolicy('{"sources": []}'), /`sources`/);
  });

  it('throws what is expected as plain errors, and goes on', async () => {
    const api = await load();
    assert.throws(
      () => new api.Engine('{"no-such-setting": 1}'),
      error => !(error instanceof EngineTrapError) && error instanceof Error,
    );
    const { engine } = judged(api);
    assert.throws(
      () => engine.upsertPage(Buffer.from('<html>')),
      error => !(error instanceof EngineTrapError) && error instanceof Error,
    );
    assert.equal(engine.serviceCount(), 1);
  });

  it('survives a trap: old engines are lost, new ones judge alike', () => {
    const bindings = require('../dist/node.cjs');
    const trap = () => {
      throw new WebAssembly.RuntimeError('unreachable');
    };
    const api = guard({ ...bindings, trap }, bindings.__wbg_reset_state);
    const before = judged(api);
    for (let round = 0; round < 3; round += 1) {
      assert.throws(() => api.trap(), EngineTrapError);
    }
    assert.throws(() => before.engine.serviceCount(), EngineTrapError);
    before.engine.free();
    assert.equal(judged(api).results, before.results);
  });

  it('survives a stack overflow inside a call', async () => {
    const api = await load();
    const before = judged(api).results;
    const overflow = () => {
      overflow();
      return new api.Engine('{}').upsertPage(page);
    };
    assert.throws(overflow, error => error instanceof Error);
    assert.equal(judged(api).results, before);
  });

  it('needs no evaluation of strings, as strict content policies demand', () => {
    for (const file of ['dist/browser.mjs', 'browser.mjs', 'guard.cjs']) {
      const text = readFileSync(path.join(__dirname, '..', file), 'utf8');
      assert.doesNotMatch(text, /\beval\(|new Function\(/, file);
    }
  });
});
