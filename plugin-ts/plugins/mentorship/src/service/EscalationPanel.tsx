import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { RoleHolder } from 'backstage-plugin-mentorship-common';
import { Panel } from '../layout/Panel';
import { mentorshipTranslationRef } from '../translation';
import { CatalogName } from '../words/Words';
import styles from './side.module.css';

/** Whom to call, in order. */
export function EscalationPanel(props: { escalation: readonly RoleHolder[] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { escalation } = props;
  return (
    <Panel headingLevel={2} title={t('call.title')}>
      {escalation.length === 0 ? (
        <p className={styles.quiet}>{t('call.none')}</p>
      ) : (
        <ol className={styles.list}>
          {escalation.map(holder => (
            <li
              key={`${holder.role} ${holder.entityRef ?? holder.name}`}
              className={styles.row}
            >
              <span className={styles.label}>{t(`role.${holder.role}`)}</span>
              <span className={styles.value}>
                <span className={styles.name}>
                  <CatalogName
                    name={holder.name}
                    entityRef={holder.entityRef}
                  />
                </span>
                {holder.left && (
                  <span className={styles.tag}>{t('call.left')}</span>
                )}
                <span className={styles.quiet}>
                  {holder.remark ? `${holder.remark} · ` : ''}
                  {t(`call.from.${holder.source}`)}
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
