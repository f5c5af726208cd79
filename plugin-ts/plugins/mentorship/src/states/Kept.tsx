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
import { RiHistoryLine } from '@remixicon/react';
import { mentorshipTranslationRef } from '../translation';
import { message, Retry } from './States';
import styles from './states.module.css';

/** Something that could not be loaded again. */
interface Kept {
  problem: unknown;
  again: () => void;
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
        />
      )}
      {children}
    </TellContext.Provider>
  );
}

/**
 * Asking again failed; what was loaded before stays. The page gives the reason,
 * a part of it says of what it is true.
 */
export function KeptAfterProblem(props: Kept & { isPart?: boolean }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const tell = useContext(TellContext);
  const { problem, again } = props;
  useEffect(() => tell?.({ problem, again }), [tell, problem, again]);
  if (!tell) {
    return <Warning problem={problem} again={again} />;
  }
  return props.isPart ? (
    <p className={styles.kept}>
      <RiHistoryLine aria-hidden="true" />
      {t('states.keptText')}
    </p>
  ) : null;
}

function Warning({ problem, again }: Kept) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Alert
      status="warning"
      icon
      role="alert"
      title={t('states.keptTitle')}
      description={`${message(problem)} ${t('states.keptText')}`}
      customActions={<Retry again={again} />}
    />
  );
}
