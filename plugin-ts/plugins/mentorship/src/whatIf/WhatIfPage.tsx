import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { RiUserUnfollowLine } from '@remixicon/react';
import { useStatus } from '../answers/useAnswer';
import { Page, Sheet } from '../layout/Page';
import { Loading } from '../states/Loading';
import { Blank, FirstPass, NotPermitted } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Leaving } from './Leaving';
import { Losses } from './Losses';
import { isBlank, useQuestion } from './question';
import styles from './whatIf.module.css';

/** What services lose when people leave, before anybody does. */
export function WhatIfPage() {
  const status = useStatus();
  const [question, change] = useQuestion();
  const known = status.state === 'answered' ? status.value : undefined;
  if (known?.viewer.assessments === false) {
    return (
      <Page>
        <NotPermitted />
      </Page>
    );
  }
  if (known?.firstPassComplete === false) {
    return (
      <Page>
        <FirstPass />
      </Page>
    );
  }
  return (
    <Page>
      <div className={styles.columns}>
        {/* Nobody is asked who may not be asked. */}
        {status.state === 'asking' ? (
          <LeavingSkeleton />
        ) : (
          <Leaving
            question={question}
            groupsOnly={known?.viewer.people === false}
            onChange={change}
          />
        )}
        {!isBlank(question) && <Losses question={question} />}
        {isBlank(question) && status.state !== 'asking' && (
          <HowToBegin groupsOnly={known?.viewer.people === false} />
        )}
      </div>
    </Page>
  );
}

function HowToBegin({ groupsOnly }: { groupsOnly: boolean }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Sheet>
      <Blank icon={<RiUserUnfollowLine />} title={t('whatIf.beginTitle')}>
        {groupsOnly ? t('whatIf.beginTextTeams') : t('whatIf.beginText')}
      </Blank>
    </Sheet>
  );
}

function LeavingSkeleton() {
  return (
    <Sheet>
      <Loading className={styles.leavingSkeleton}>
        <Skeleton width="40%" height={24} />
        <Skeleton width="100%" height={36} />
        <Skeleton width="60%" height={32} />
      </Loading>
    </Sheet>
  );
}
