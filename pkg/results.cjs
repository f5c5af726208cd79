'use strict';

/** Finds the texts in what `Engine.results` answers; `Packed` in the core writes them. */

const NUMBER_BYTES = 4;
const TEXTS = 8;

/** The texts are parts of `bytes`; none is copied. */
function unpackResults(bytes) {
  const numbers = new DataView(
    bytes.buffer,
    bytes.byteOffset,
    bytes.byteLength,
  );
  const numberAt = place => numbers.getUint32(place * NUMBER_BYTES, true);
  const services = numberAt(1);
  let number = 2;
  let at = (number + services * TEXTS) * NUMBER_BYTES;
  /** The next text, behind which so many bytes stand that are none of it. */
  const next = (behind = 0) => {
    const end = at + numberAt(number);
    const text = bytes.subarray(at, end);
    number += 1;
    at = end + behind;
    return text;
  };
  const items = [];
  while (items.length < services) {
    const entityRef = new TextDecoder().decode(next());
    const begun = at;
    const [row, risk, csv, named, counted] = [1, 1, 1, 1, 1].map(next);
    const contents = bytes.subarray(begun, at);
    const [involved, reminders] = [next(), next()];
    items.push({
      entityRef,
      row,
      risk,
      csv,
      named,
      counted,
      contents,
      involved,
      reminders,
    });
  }
  return { total: numberAt(0), items };
}

module.exports = { unpackResults };
