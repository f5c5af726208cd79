import { MutableRefObject, useEffect, useRef } from 'react';

/** What was drawn last, for effects that must not run again when it changes. */
export function useLatest<T>(value: T): MutableRefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
