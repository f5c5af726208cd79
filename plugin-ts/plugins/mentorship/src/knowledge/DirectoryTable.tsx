import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { KnowledgeDirectory } from 'backstage-plugin-mentorship-common';
import { TextButton } from '../layout/TextButton';
import { BusFactorMark } from '../marks/StateMarks';
import { formatShare } from '../pictures/ShareBar';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { Person } from '../words/Words';
import { nameOf } from './paths';
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
    return <p className={styles.quiet}>{t('knowledge.noDirectories')}</p>;
  }
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('knowledge.directory')}</th>
            <th scope="col" className={styles.numberCell}>
              {t('knowledge.filesHead')}
            </th>
            <th scope="col">{t('busFactor.label')}</th>
            {named && <th scope="col">{t('knowledge.people')}</th>}
          </tr>
        </thead>
        <tbody>
          {directories.map(below => (
            <tr key={below.path}>
              <th scope="row">
                <TextButton onClick={() => props.onOpen(below.path)}>
                  {nameOf(below.path)}
                </TextButton>
              </th>
              <td className={styles.numberCell}>
                {format.format(below.files)}
              </td>
              <td>
                <BusFactorMark verdict={below.verdict} look="plain" />
              </td>
              {named && (
                <td>
                  <ul className={styles.names}>
                    {below.people.slice(0, NAMED).map(person => (
                      <li key={`${person.entityRef ?? ''} ${person.name}`}>
                        <Person
                          name={person.name}
                          entityRef={person.entityRef}
                        />{' '}
                        <span className={styles.quiet}>
                          {t('busFactor.share', {
                            percent: formatShare(person.share),
                          })}
                        </span>
                      </li>
                    ))}
                    {below.people.length > NAMED && (
                      <li className={styles.quiet}>
                        {t('busFactor.others', {
                          count: below.people.length - NAMED,
                        })}
                      </li>
                    )}
                  </ul>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
