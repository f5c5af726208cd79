import guardModule from './guard.cjs';
import resultsModule from './results.cjs';

export const { EngineTrapError } = guardModule;
export const { unpackResults } = resultsModule;

let loading;

async function instantiate() {
  const bindings = await import('./dist/browser.mjs');
  await bindings.default({
    module_or_path: new URL('./dist/mentorship_wasm_bg.wasm', import.meta.url),
  });
  return guardModule.guard(bindings, bindings.__wbg_reset_state);
}

export function load() {
  // A load that failed, such as one without a network, may be tried again.
  loading ??= instantiate().catch(error => {
    loading = undefined;
    throw error;
  });
  return loading;
}
