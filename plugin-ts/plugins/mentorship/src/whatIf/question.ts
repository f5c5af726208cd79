import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Who leaves, as somebody asks. */
export interface Question {
  /** People and teams, each once. */
  leaves: readonly string[];
  /** Every steward too whose rotation is due this quarter. */
  dueThisQuarter: boolean;
}

/** Whether nobody is asked about. */
export function isBlank({ leaves, dueThisQuarter }: Question): boolean {
  return leaves.length === 0 && !dueThisQuarter;
}

/** The address of the question what happens when these people leave. */
export function whatIfAddress(page: string, leaves: readonly string[]): string {
  return leaves.length > 0
    ? `${page}?${parametersOf({ leaves, dueThisQuarter: false })}`
    : page;
}

/** The question that the address puts; and how to change it. */
export function useQuestion(): [Question, (question: Question) => void] {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.toString();
  // Equal addresses give the same question, so that nothing is asked twice.
  const question = useMemo(() => questionOf(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (changed: Question) =>
      setParameters(parametersOf(changed), { replace: true }),
    [setParameters],
  );
  return [question, change];
}

function questionOf(parameters: URLSearchParams): Question {
  const written = parameters.getAll('leaves').map(text => text.trim());
  return {
    leaves: [...new Set(written.filter(Boolean))],
    dueThisQuarter: parameters.get('due') === 'quarter',
  };
}

function parametersOf({ leaves, dueThisQuarter }: Question): URLSearchParams {
  const parameters = new URLSearchParams(leaves.map(text => ['leaves', text]));
  if (dueThisQuarter) {
    parameters.set('due', 'quarter');
  }
  return parameters;
}
