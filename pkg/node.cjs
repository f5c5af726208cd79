'use strict';

const util = require('node:util');
const { EngineTrapError, guard } = require('./guard.cjs');
const { unpackResults } = require('./results.cjs');
const { startEngine } = require('./thread.cjs');

let loading;

async function instantiate() {
  // Tests in jsdom have neither, and the glue wants both.
  globalThis.TextDecoder ??= util.TextDecoder;
  globalThis.TextEncoder ??= util.TextEncoder;
  // Required only now: the glue reads and compiles the module when it is evaluated.
  const bindings = require('./dist/node.cjs');
  return guard(bindings, bindings.__wbg_reset_state);
}

function load() {
  loading ??= instantiate();
  return loading;
}

module.exports = { EngineTrapError, load, startEngine, unpackResults };
