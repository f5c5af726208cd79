import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { KnowledgeDirectory } from 'backstage-plugin-mentorship-common';
import { HolderList } from '../cards/HolderList';
import { Facts } from '../layout/Panel';
import { BusFactorMark } from '../marks/StateMarks';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { lastPartOf } from './paths';
import styles from './knowledge.module.css';

/** Who knows one directory; counts where names are not shown. */
export function DirectoryDetail(props: { directory: KnowledgeDirectory }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { directory } = props;
  const format = new Intl.NumberFormat(useLanguage());
  return (
    <div className={styles.detail}>
      <div className={styles.detailFacts}>
        <div className={styles.detailHead}>
          <h3 className={styles.detailTitle} title={directory.path}>
            {lastPartOf(directory.path) || t('knowledge.root')}
          </h3>
          <BusFactorMark verdict={directory.verdict} />
        </div>
        <Facts
          facts={[
            [t('knowledge.filesHead'), format.format(directory.files)],
            [t('knowledge.recent'), people(directory.recent)],
            [t('knowledge.authorship'), people(directory.authorship)],
            directory.filesOrphaned > 0
              ? [
                  t('knowledge.orphaned'),
                  format.format(directory.filesOrphaned),
                ]
              : undefined,
          ]}
        />
      </div>
      {directory.people.length > 0 && <HolderList people={directory.people} />}
    </div>
  );

  function people(count: number | undefined) {
    return count === undefined
      ? t('busFactor.noValue')
      : t('busFactor.people', { count });
  }
}
