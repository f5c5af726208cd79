'use strict';

/** The inside of the thread of `thread.cjs`: one engine, called by messages. */

const { parentPort, workerData } = require('node:worker_threads');
const { load } = require('./node.cjs');

async function main() {
  const answer = (call, work) => {
    try {
      const value = work();
      parentPort.postMessage({ call, value }, buffersOf(value));
    } catch (error) {
      parentPort.postMessage({ call, error: sendable(error) });
    }
  };
  const { Engine } = await load();
  let engine;
  answer(0, () => {
    engine = new Engine(workerData.policy);
    return methodsOf(Engine);
  });
  parentPort.on('message', ({ call, method, args }) =>
    answer(call, () => engine[method](...args)),
  );
}

/** What is called by name; the thread's end is the engine's. */
function methodsOf(Engine) {
  return Object.entries(Object.getOwnPropertyDescriptors(Engine.prototype))
    .filter(([, member]) => typeof member.value === 'function')
    .map(([name]) => name)
    .filter(name => !['constructor', 'free'].includes(name));
}

/** Bytes are handed over, not copied: the bindings made them for this answer. */
function buffersOf(value) {
  return value instanceof Uint8Array ? [value.buffer] : [];
}

function sendable(error) {
  const message = String(error?.message ?? error);
  if (error?.name !== 'EngineTrapError') return { message };
  const { operation, what, cause } = error;
  return { message, trap: { operation, what, cause: String(cause) } };
}

main();
