'use strict';

const assert = require('node:assert/strict');
const { beforeEach, describe, it } = require('node:test');
const { EngineTrapError, guard } = require('../guard.cjs');

/** Bindings as the generator makes them, around a core that traps on demand. */
function fakeBindings() {
  const freed = [];
  const resets = [];

  class Columns {
    constructor(score) {
      this.__ptr = score;
    }
    get score() {
      return this.__ptr;
    }
  }

  class Engine {
    #threshold = 1;
    constructor(policy) {
      if (policy === 'bad') throw new Error('policy: `bad` is no JSON');
      if (policy === 'trap') throw new WebAssembly.RuntimeError('unreachable');
    }
    static restored(bytes) {
      return new Engine(bytes);
    }
    double(number) {
      return number * 2;
    }
    columns() {
      return new Columns(7);
    }
    scoreOf(columns) {
      if (!(columns instanceof Columns)) throw new TypeError('no columns');
      return columns.score;
    }
    get threshold() {
      return this.#threshold;
    }
    set threshold(value) {
      this.#threshold = value;
    }
    fail() {
      throw new Error('expected');
    }
    trap() {
      throw new WebAssembly.RuntimeError('unreachable');
    }
    overflow() {
      return this.overflow() + 1;
    }
    free() {
      freed.push(this);
    }
  }

  return {
    freed,
    resets,
    bindings: {
      Engine,
      Columns,
      Level: Object.freeze({ Exposed: 0 }),
      version: () => '1.2.3',
      trap: () => {
        throw new WebAssembly.RuntimeError('unreachable');
      },
      __wbg_reset_state: () => resets.push('reset'),
      default: () => {},
      initSync: () => {},
    },
  };
}

describe('guard', () => {
  let fake;
  let api;
  beforeEach(() => {
    fake = fakeBindings();
    api = guard(fake.bindings, fake.bindings.__wbg_reset_state);
  });

  it('passes calls, accessors, objects and constants on', () => {
    const engine = new api.Engine('{}');
    assert.ok(engine instanceof api.Engine);
    assert.equal(engine.double(21), 42);
    engine.threshold = 3;
    assert.equal(engine.threshold, 3);
    const columns = engine.columns();
    assert.ok(columns instanceof api.Columns);
    assert.equal(columns.score, 7);
    assert.equal(engine.scoreOf(columns), 7);
    assert.equal(api.Engine.restored('{}').double(1), 2);
    assert.equal(api.version(), '1.2.3');
    assert.deepEqual(api.Level, { Exposed: 0 });
    assert.equal(api.Engine.name, 'Engine');
    engine.free();
    assert.equal(fake.freed.length, 1);
  });

  it("hides the generator's own exports", () => {
    assert.deepEqual(Object.keys(api).sort(), [
      'Columns',
      'Engine',
      'Level',
      'trap',
      'version',
    ]);
  });

  it('passes expected errors on without losing the engine', () => {
    const engine = new api.Engine('{}');
    assert.throws(() => engine.fail(), /^Error: expected$/);
    assert.throws(() => new api.Engine('bad'), /`bad` is no JSON/);
    assert.equal(engine.double(2), 4);
    assert.equal(fake.resets.length, 0);
  });

  for (const operation of ['trap', 'overflow']) {
    it(`turns ${operation} into a typed error and resets the instance`, () => {
      const engine = new api.Engine('{}');
      assert.throws(
        () => engine[operation](),
        error =>
          error instanceof EngineTrapError &&
          error.name === 'EngineTrapError' &&
          error.operation === `Engine.${operation}` &&
          error.cause instanceof Error,
      );
      assert.equal(fake.resets.length, 1);
    });
  }

  it('loses every engine that lived, and makes new ones', () => {
    const engines = [new api.Engine('{}'), new api.Engine('{}')];
    const columns = engines[1].columns();
    assert.throws(() => engines[0].trap(), EngineTrapError);
    for (const engine of engines) {
      assert.throws(
        () => engine.double(1),
        error =>
          error instanceof EngineTrapError &&
          error.operation === 'Engine.double',
      );
    }
    assert.throws(() => columns.score, EngineTrapError);
    const next = new api.Engine('{}');
    assert.equal(next.double(2), 4);
    assert.throws(() => next.scoreOf(columns), EngineTrapError);
    assert.equal(next.double(2), 4);
    assert.equal(fake.resets.length, 1);
  });

  it('does not free in the new instance what lived in the old one', () => {
    const lost = new api.Engine('{}');
    assert.throws(() => api.trap(), EngineTrapError);
    lost.free();
    assert.equal(fake.freed.length, 0);
  });

  it('names constructors and functions that trap', () => {
    const operationOf = run => {
      try {
        return run();
      } catch (error) {
        return error.operation;
      }
    };
    assert.equal(
      operationOf(() => new api.Engine('trap')),
      'Engine',
    );
    assert.equal(
      operationOf(() => api.trap()),
      'trap',
    );
  });
});
