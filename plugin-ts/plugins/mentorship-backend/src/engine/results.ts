import {
  unpackResults,
  type PackedResults,
  type ServiceResults as PackedServiceResults,
} from 'backstage-plugin-mentorship-wasm';

/** What the core says of one service, as texts that nobody has read yet. */
export type ServiceResults = PackedServiceResults<Buffer>;

/** Results of a slice of the services, in the order of their refs. */
export type Results = PackedResults<Buffer>;

/** Finds the texts in what `Engine.results` answered, copying none. */
export function resultsIn(bytes: Uint8Array): Results {
  return unpackResults(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  );
}

/** The values of a list that is empty where there is none. */
export function listIn<T>(json: Buffer): T[] {
  return json.length > 0 ? JSON.parse(json.toString()) : [];
}
