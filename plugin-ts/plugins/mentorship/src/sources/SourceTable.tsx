import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SourceReport } from 'backstage-plugin-mentorship-common';
import { DataTable } from '../layout/DataTable';
import { mentorshipTranslationRef } from '../translation';
import { Moment, useLanguage } from '../words/Dates';
import { WithCode } from '../words/Words';
import { Warning } from './Warning';
import text from '../layout/text.module.css';
import styles from './sources.module.css';

/** How each source of evidence is doing, its newest failure, and what is set up in vain. */
export function SourceTable(props: { sources: readonly SourceReport[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  if (props.sources.length === 0) {
    return <p className={styles.text}>{t('sources.none')}</p>;
  }
  return (
    <DataTable
      label={t('sources.title')}
      columns={[
        { label: t('sources.source') },
        { label: t('sources.fresh'), isNumber: true },
        { label: t('sources.stale'), isNumber: true },
        { label: t('sources.failed'), isNumber: true },
        { label: t('sources.notCollected'), isNumber: true },
        { label: t('sources.lastSuccess') },
      ]}
      rows={props.sources.map(source => ({
        key: source.id,
        cells: [
          <div key="source">
            <strong>{source.title}</strong>
            {source.lastFailure && (
              <p className={text.quiet}>
                <WithCode text={source.lastFailure.message ?? ''} />
                {' · '}
                <Moment at={source.lastFailure.at} />
              </p>
            )}
            {source.warnings?.map(warning => (
              <Warning key={warning} text={warning} />
            ))}
          </div>,
          ...(
            [
              ['fresh', source.fresh],
              ['stale', source.stale],
              ['failed', source.failed],
              ['notCollected', source.notCollected],
            ] as const
          ).map(([kind, places]) => (
            <span
              key={kind}
              className={styles.places}
              data-kind={places > 0 ? kind : undefined}
            >
              {format.format(places)}
            </span>
          )),
          source.lastSuccessAt ? (
            <Moment key="success" at={source.lastSuccessAt} />
          ) : (
            t('sources.never')
          ),
        ],
      }))}
    />
  );
}
