import type { ReactElement } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlarmLine,
  RiBookOpenLine,
  RiDashboard3Line,
  RiScales3Line,
  RiSeedlingLine,
  RiVidiconLine,
} from '@remixicon/react';
import type {
  Document,
  DocumentKind,
} from 'backstage-plugin-mentorship-common';
import { Fold, Panel } from '../layout/Panel';
import { firstOf } from '../layout/shown';
import { mentorshipTranslationRef } from '../translation';
import { OutsideLink } from '../words/Words';
import styles from './side.module.css';

/** Kinds in the order in which somebody paged at night needs them. */
const KINDS = [
  'runbook',
  'dashboard',
  'alert',
  'plan',
  'walkthrough',
  'decision-record',
] as const satisfies readonly DocumentKind[];

const ICONS: Record<DocumentKind, ReactElement> = {
  runbook: <RiBookOpenLine />,
  dashboard: <RiDashboard3Line />,
  alert: <RiAlarmLine />,
  plan: <RiSeedlingLine />,
  walkthrough: <RiVidiconLine />,
  'decision-record': <RiScales3Line />,
};

/** How many documents are shown before the rest is folded. */
const SHOWN = 6;

/** Runbooks, dashboards, decision records and walkthroughs. */
export function DocumentsPanel(props: { documents: readonly Document[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const sorted = KINDS.flatMap(kind =>
    props.documents.filter(document => document.kind === kind),
  );
  const { shown, rest } = firstOf(sorted, SHOWN);
  return (
    <Panel headingLevel={2} title={t('documents.title')}>
      {sorted.length === 0 ? (
        <p className={styles.quiet}>{t('documents.none')}</p>
      ) : (
        <Documents documents={shown} />
      )}
      {rest.length > 0 && (
        <Fold label={t('documents.more', { count: rest.length })}>
          <Documents documents={rest} />
        </Fold>
      )}
    </Panel>
  );
}

function Documents({ documents }: { documents: readonly Document[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <ul className={styles.list}>
      {documents.map(({ kind, title, path, href }) => (
        <li
          key={`${kind} ${path ?? ''} ${href ?? title}`}
          className={styles.document}
        >
          <span className={styles.icon} aria-hidden="true">
            {ICONS[kind]}
          </span>
          <span className={styles.value}>
            <OutsideLink href={href}>{title}</OutsideLink>
            <span className={styles.quiet}>
              {t(`documents.${kind}`)}
              {path && path !== title ? ` · ${path}` : ''}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
