import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The address of the question what happens when these people leave. */
export function whatIfAddress(page: string, leaves: readonly string[]): string {
  return leaves.length > 0 ? `${page}?${parametersOf(leaves)}` : page;
}

/** Who leaves, as the address says, each once; and how to change it. */
export function useLeaves(): [
  readonly string[],
  (leaves: readonly string[]) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  // Equal addresses give the same list, so that nothing is asked twice.
  const leaves = useMemo(() => leavesOf(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (changed: readonly string[]) =>
      setParameters(parametersOf(changed), { replace: true }),
    [setParameters],
  );
  return [leaves, change];
}

function leavesOf(parameters: URLSearchParams): readonly string[] {
  const written = parameters.getAll('leaves').map(text => text.trim());
  return [...new Set(written.filter(Boolean))];
}

function parametersOf(leaves: readonly string[]): URLSearchParams {
  return new URLSearchParams(leaves.map(text => ['leaves', text]));
}
