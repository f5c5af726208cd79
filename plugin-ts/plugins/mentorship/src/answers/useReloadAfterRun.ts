import { useEffect, useRef } from 'react';
import { useLatest } from './useLatest';

/** Shows the results of a new run as soon as there is one. */
export function useReloadAfterRun(
  runId: number | undefined,
  reload: () => void,
) {
  const shown = useRef(runId);
  const latest = useLatest(reload);
  useEffect(() => {
    if (shown.current !== undefined && runId !== shown.current) {
      latest.current();
    }
    shown.current = runId;
  }, [runId, latest]);
}
