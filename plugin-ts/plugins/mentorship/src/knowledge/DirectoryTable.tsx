import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { KnowledgeDirectory } from 'backstage-plugin-mentorship-common';
import { DataTable } from '../layout/DataTable';
import { TextButton } from '../layout/TextButton';
import { BusFactorMark } from '../marks/StateMarks';
import { formatShare } from '../pictures/ShareBar';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { CatalogName } from '../words/Words';
import { lastPartOf } from './paths';
import text from '../layout/text.module.css';
import styles from './knowledge.module.css';

/** How many people are named in a row; opening the directory shows more. */
const NAMED = 2;

/** What the map shows, as a table. */
export function DirectoryTable(props: {
  directory: KnowledgeDirectory;
  onOpen: (path: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { directories } = props.directory;
  const format = new Intl.NumberFormat(useLanguage());
  const named = directories.some(({ people }) => people.length > 0);
  if (directories.length === 0) {
    return <p className={text.quiet}>{t('knowledge.noDirectories')}</p>;
  }
  return (
    <DataTable
      label={t('knowledge.title')}
      columns={[
        { label: t('knowledge.directory') },
        { label: t('knowledge.filesHead'), isNumber: true },
        { label: t('busFactor.label') },
        ...(named ? [{ label: t('knowledge.people') }] : []),
      ]}
      rows={directories.map(below => ({
        key: below.path,
        cells: [
          <TextButton
            key="name"
            strong
            onClick={() => props.onOpen(below.path)}
          >
            {lastPartOf(below.path)}
          </TextButton>,
          format.format(below.files),
          <BusFactorMark key="verdict" verdict={below.verdict} look="plain" />,
          ...(named ? [<Names key="people" people={below.people} />] : []),
        ],
      }))}
    />
  );
}

/** Who knows a directory best, by name. */
function Names({ people }: { people: KnowledgeDirectory['people'] }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <ul className={styles.names}>
      {people.slice(0, NAMED).map(person => (
        <li key={`${person.entityRef ?? ''} ${person.name}`}>
          <CatalogName name={person.name} entityRef={person.entityRef} />{' '}
          <span className={text.quiet}>
            {t('busFactor.share', { percent: formatShare(person.share) })}
          </span>
        </li>
      ))}
      {people.length > NAMED && (
        <li className={text.quiet}>
          {t('busFactor.others', { count: people.length - NAMED })}
        </li>
      )}
    </ul>
  );
}
