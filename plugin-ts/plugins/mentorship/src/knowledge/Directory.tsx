import { useState } from 'react';
import {
  useAnalytics,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { RiLayout5Line, RiFolderOpenLine } from '@remixicon/react';
import type { KnowledgeDirectory } from 'backstage-plugin-mentorship-common';
import { Look, LookSwitch } from '../layout/LookSwitch';
import { Blank } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { DirectoryDetail } from './DirectoryDetail';
import { DirectoryTable } from './DirectoryTable';
import { Trail } from './Trail';
import { Legend, TreeMap } from './TreeMap';
import text from '../layout/text.module.css';
import styles from './knowledge.module.css';

/** One directory: the way to it, what is in it as a map or a table, who knows it. */
export function Directory(props: {
  directory: KnowledgeDirectory;
  /** The service's own directory, at which the way begins. */
  service: string;
  onOpen: (path: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { directory, onOpen } = props;
  const [look, setLook] = useState<Look>('picture');
  const [pointed, point] = useState<KnowledgeDirectory | undefined>();
  const analytics = useAnalytics();
  const open = (path: string) => {
    analytics.captureEvent('open', 'directory');
    point(undefined);
    onOpen(path);
  };
  return (
    <>
      <div className={styles.head}>
        <Trail path={directory.path} service={props.service} onOpen={open} />
        <LookSwitch
          look={look}
          picture={t('knowledge.map')}
          icon={<RiLayout5Line />}
          onChange={setLook}
        />
      </div>
      {directory.files === 0 ? (
        <Blank icon={<RiFolderOpenLine />} title={t('knowledge.emptyTitle')}>
          {t('knowledge.emptyText')}
        </Blank>
      ) : (
        <div className={styles.columns}>
          <div className={styles.picture}>
            {look === 'picture' ? (
              <>
                <TreeMap directory={directory} onOpen={open} onPoint={point} />
                <Legend />
              </>
            ) : (
              <DirectoryTable directory={directory} onOpen={open} />
            )}
            {directory.directoriesNotShown > 0 && (
              <p className={text.quiet}>
                {t('knowledge.notShown', {
                  count: directory.directoriesNotShown,
                })}
              </p>
            )}
          </div>
          <DirectoryDetail directory={pointed ?? directory} />
        </div>
      )}
    </>
  );
}
