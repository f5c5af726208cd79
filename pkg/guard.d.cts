/** The core trapped, or the engine called was lost by an earlier trap. */
export class EngineTrapError extends Error {
  /** What was called, such as `Engine.results`. */
  readonly operation: string;
  /** What happened to it. */
  readonly what: string;
  constructor(operation: string, what: string, cause?: unknown);
}

/** What a binding exports, without the generator's own. */
export type Guarded<Bindings> = {
  readonly [Name in keyof Bindings as Name extends
    | `__${string}`
    | 'default'
    | 'initSync'
    ? never
    : Name]: Bindings[Name];
};

/**
 * Guards what the binding generator exported: a trap replaces the WebAssembly
 * instance through `reset`, loses the engines that lived in it and throws
 * {@link EngineTrapError}.
 */
export function guard<Bindings extends object>(
  bindings: Bindings,
  reset: () => void,
): Guarded<Bindings>;
