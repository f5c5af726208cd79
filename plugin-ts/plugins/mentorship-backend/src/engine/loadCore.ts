import { load, startEngine } from 'backstage-plugin-mentorship-wasm';
import type { Core } from './Engine';

/** Instantiates the core, once for the process. */
export async function loadCore(): Promise<Core> {
  const api = await load();
  return {
    createEngine: startEngine,
    csvHeader: () => api.csvHeader(),
    rules: policy => api.rules(policy),
    version: () => api.version(),
  };
}
