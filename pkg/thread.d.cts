import type { Engine } from './bindings';

/**
 * An engine on a thread of its own. Calls are answered in the order in which
 * they were made; what a call throws, the promise rejects with. Where the core
 * traps, or the thread dies, every call rejects with `EngineTrapError` from then
 * on.
 */
export type EngineThread = {
  readonly [Name in Exclude<
    keyof Engine,
    'columns' | 'free' | typeof Symbol.dispose
  >]: Engine[Name] extends (...args: infer Arguments) => infer Answer
    ? (...args: Arguments) => Promise<Answer>
    : never;
} & {
  /** Ends the thread, and gives back all its memory. */
  readonly free: () => Promise<void>;
};

/**
 * Starts a thread with an engine without evidence. `policy` is JSON text, `{}`
 * for the defaults.
 *
 * Rejects where a setting is unknown or out of range, with its path.
 */
export function startEngine(policy: string): Promise<EngineThread>;
