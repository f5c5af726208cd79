import type * as bindings from './bindings';
import type { Guarded } from './guard.cjs';

export type * from './bindings';
export { EngineTrapError } from './guard.cjs';
export {
  unpackResults,
  type PackedResults,
  type ServiceResults,
} from './results.cjs';
/** In Node only; browsers have {@link load}. */
export { startEngine, type EngineThread } from './thread.cjs';

/** Everything that the core offers: its engine, and functions that need none. */
export type Api = Guarded<typeof bindings>;

/**
 * Instantiates the core, once however often it is called.
 *
 * A trap in the core is thrown as {@link EngineTrapError} by the call that met
 * it; the engines that lived then are lost, new ones work.
 */
export function load(): Promise<Api>;
