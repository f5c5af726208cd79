/** What the core says of one service, each text in UTF-8 as the core wrote it. */
export interface ServiceResults<Bytes extends Uint8Array = Uint8Array> {
  entityRef: string;
  /** JSON of the `AssessmentRow`. */
  row: Bytes;
  /** JSON of the `ServiceRisk`. */
  risk: Bytes;
  /** The line of the CSV export, with its line end. */
  csv: Bytes;
  /** JSON of the `Assessment` for readers who may see names. */
  named: Bytes;
  /** JSON of the `Assessment` for everybody else. */
  counted: Bytes;
  /** These five as they stand, with a NUL behind each; equal where nothing changed. */
  contents: Bytes;
  /** JSON of `Involvement[]`; empty where nobody is involved. */
  involved: Bytes;
  /** JSON of `Reminder[]`; empty where nothing is due. */
  reminders: Bytes;
}

/** Results of a slice of the services, in the order of their refs. */
export interface PackedResults<Bytes extends Uint8Array = Uint8Array> {
  /** How many services there are in all. */
  total: number;
  items: ServiceResults<Bytes>[];
}

/**
 * Finds the texts in what `Engine.results` answered. They are parts of `bytes`, of the
 * same class; none is copied.
 */
export function unpackResults<Bytes extends Uint8Array>(
  bytes: Bytes,
): PackedResults<Bytes>;
