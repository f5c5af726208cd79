import type { MouseEvent } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { mentorshipTranslationRef } from '../translation';
import styles from './jumpList.module.css';

/**
 * The way to each panel of a long page: it stays at the top while the page is
 * scrolled. A panel that is folded is opened.
 */
export function JumpList(props: {
  /** The panels by their ids, in the order of the page. */
  panels: ReadonlyArray<readonly [id: string, title: string]>;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <nav className={styles.jumps} aria-label={t('service.sections')}>
      <ul>
        {props.panels.map(([id, title]) => (
          <li key={id}>
            <a href={`#${id}`} onClick={event => jump(event, id)}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function jump(event: MouseEvent, id: string) {
  const panel = document.getElementById(id);
  const folded = panel?.querySelector<HTMLDetailsElement>('section > details');
  if (folded) {
    folded.open = true;
  }
  panel?.scrollIntoView();
  (
    folded?.querySelector('summary') ??
    panel?.querySelector<HTMLElement>('h2, h3')
  )?.focus({ preventScroll: true });
  event.preventDefault();
}
