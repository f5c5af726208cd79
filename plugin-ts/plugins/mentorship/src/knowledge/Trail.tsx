import { useEffect, useRef } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TextButton } from '../layout/TextButton';
import { mentorshipTranslationRef } from '../translation';
import { lastPartOf } from './paths';
import styles from './knowledge.module.css';

/** The way from the service's directory to the one shown, and back up. */
export function Trail(props: {
  path: string;
  service: string;
  onOpen: (path: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { path, service, onOpen } = props;
  const here = useFocusAfterChange(path);
  const above = directoriesAbove(path, service);
  return (
    <nav aria-label={t('knowledge.trail')} className={styles.trail}>
      <ol>
        {above.map(directory => (
          <li key={directory}>
            <TextButton
              onClick={() => onOpen(directory === service ? '' : directory)}
            >
              {lastPartOf(directory) || t('knowledge.root')}
            </TextButton>
          </li>
        ))}
        <li>
          <span ref={here} tabIndex={-1} aria-current="location">
            {lastPartOf(path) || t('knowledge.root')}
          </span>
        </li>
      </ol>
    </nav>
  );
}

/** The directories from the service's own down to the parent of `path`. */
function directoriesAbove(path: string, service: string): string[] {
  const above: string[] = [];
  let directory = path;
  while (directory !== service && directory !== '') {
    directory = directory.slice(0, Math.max(0, directory.lastIndexOf('/')));
    above.unshift(directory);
  }
  return above;
}

/** What was pressed is gone after another directory opened; the way is not. */
function useFocusAfterChange(path: string) {
  const here = useRef<HTMLSpanElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) {
      shown.current = path;
      here.current?.focus();
    }
  }, [path]);
  return here;
}
