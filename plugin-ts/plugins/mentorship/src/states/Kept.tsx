import {
  createContext,
  ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { mentorshipTranslationRef } from '../translation';
import { message, Retry } from './States';

/** Something that could not be loaded again. */
interface Kept {
  problem: unknown;
  again: () => void;
  /** What it is called, where it is a part of its page and not all of it. */
  part?: string;
}

/** Tells the page of something kept, until the function returned is called. */
type Tell = (kept: Kept) => () => void;

const TellContext = createContext<Tell | undefined>(undefined);

/** Says once, for all parts of a page, that they could not be loaded again. */
export function KeptNotice({ children }: { children: ReactNode }) {
  const [parts, setParts] = useState<readonly Kept[]>([]);
  const tell = useCallback<Tell>(kept => {
    setParts(known => [...known, kept]);
    return () => setParts(known => known.filter(other => other !== kept));
  }, []);
  return (
    <TellContext.Provider value={tell}>
      {parts.length > 0 && (
        <Warning
          problem={parts[0].problem}
          again={() => parts.forEach(({ again }) => again())}
          part={namesOf(parts)}
        />
      )}
      {children}
    </TellContext.Provider>
  );
}

/** The parts that were kept; nothing where all of the page was. */
function namesOf(kept: readonly Kept[]): string | undefined {
  const names = new Set(kept.map(({ part }) => part));
  return names.has(undefined) ? undefined : [...names].join(' · ');
}

/**
 * Asking again failed; what was loaded before stays. The page gives the reason, and
 * says of which of its parts it is true.
 */
export function KeptAfterProblem({ problem, again, part }: Kept) {
  const tell = useContext(TellContext);
  useEffect(
    () => tell?.({ problem, again, part }),
    [tell, problem, again, part],
  );
  return tell ? null : <Warning problem={problem} again={again} />;
}

function Warning({ problem, again, part }: Kept) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const kept =
    part === undefined
      ? t('states.keptText')
      : t('states.keptParts', { parts: part });
  return (
    <Alert
      status="warning"
      icon
      role="alert"
      title={t('states.keptTitle')}
      description={`${message(problem)} ${kept}`}
      customActions={<Retry again={again} />}
    />
  );
}
