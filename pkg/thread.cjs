'use strict';

/**
 * An engine on a thread of its own: a long judgement keeps nobody else waiting,
 * and ending the thread gives back what WebAssembly's memory never does.
 *
 * Calls are answered in the order in which they were made. This side knows no
 * method by name: the thread tells which ones its engine has.
 */

const path = require('node:path');
const { Worker } = require('node:worker_threads');
const { EngineTrapError } = require('./guard.cjs');

/** Starts a thread with an engine under `policy`; rejects where that is no good. */
async function startEngine(policy) {
  const thread = new Thread(
    new Worker(path.join(__dirname, 'thread-main.cjs'), {
      workerData: { policy },
      // What the portal's process was started with, such as a module loader, is
      // not for this thread.
      execArgv: [],
    }),
  );
  let methods;
  try {
    methods = await thread.answer(START);
  } catch (error) {
    await thread.end();
    throw error;
  }
  const engine = { free: () => thread.end() };
  for (const method of methods) {
    engine[method] = (...args) => thread.call(method, args);
  }
  return Object.freeze(engine);
}

/** The number of the answer that nobody called for: the engine is there. */
const START = 0;

class Thread {
  #worker;
  #calls = 0;
  #waiting = new Map();
  /** Why no call is answered any more. */
  #over;

  constructor(worker) {
    this.#worker = worker;
    worker.on('message', message => this.#answered(message));
    worker.on('messageerror', error => this.#break(error));
    worker.on('error', error => this.#break(error));
    worker.on('exit', () => this.#break(undefined));
  }

  /** Has a method called; resolves with what it returned. */
  call(method, args) {
    this.#calls += 1;
    const answer = this.answer(this.#calls, `Engine.${method}`);
    if (!this.#over) {
      this.#worker.postMessage({ call: this.#calls, method, args });
    }
    return answer;
  }

  /** Waits for the answer to a call. The process lives on while it does. */
  answer(call, operation = 'Engine') {
    if (this.#over) return Promise.reject(this.#over(operation));
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject, operation });
    });
  }

  async end() {
    this.#stop(
      operation =>
        new Error(`${operation} was called on an engine that was freed`),
    );
    await this.#worker.terminate();
  }

  #answered({ call, value, error }) {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (error) waiting?.reject(revived(error));
    else waiting?.resolve(value);
  }

  /** The thread ended by itself, for example because it ran out of memory. */
  #break(cause) {
    this.#stop(
      operation => new EngineTrapError(operation, 'lost its thread', cause),
    );
  }

  #stop(over) {
    if (this.#over) return;
    this.#over = over;
    for (const { reject, operation } of this.#waiting.values()) {
      reject(over(operation));
    }
    this.#waiting.clear();
  }
}

/** An error of the other side, as this side knows it. */
function revived({ message, trap }) {
  if (!trap) return new Error(message);
  return new EngineTrapError(trap.operation, trap.what, trap.cause);
}

module.exports = { startEngine };
