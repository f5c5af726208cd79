import { useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiUserUnfollowLine } from '@remixicon/react';
import { useStatus } from '../answers/useAnswer';
import { Page, Sheet } from '../layout/Page';
import { Blank, FirstPass, NotPermitted } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Leaving } from './Leaving';
import { Losses } from './Losses';
import { isBlank, useQuestion } from './question';
import styles from './whatIf.module.css';

/** What services lose when people leave, before anybody does. */
export function WhatIfPage() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const status = useStatus();
  const [question, change] = useQuestion();
  // No other question would be answered either.
  const [isDenied, setDenied] = useState(false);
  const pending =
    status.state === 'answered' && !status.value.firstPassComplete;
  const groupsOnly = status.state === 'answered' && !status.value.viewer.people;
  if (isDenied) {
    return (
      <Page>
        <NotPermitted />
      </Page>
    );
  }
  return (
    <Page>
      {pending ? (
        <FirstPass />
      ) : (
        <div className={styles.columns}>
          <Leaving
            question={question}
            groupsOnly={groupsOnly}
            onChange={change}
          />
          {isBlank(question) ? (
            <Sheet>
              <Blank
                icon={<RiUserUnfollowLine />}
                title={t('whatIf.beginTitle')}
              >
                {groupsOnly
                  ? t('whatIf.beginTextTeams')
                  : t('whatIf.beginText')}
              </Blank>
            </Sheet>
          ) : (
            <Losses question={question} onDenied={() => setDenied(true)} />
          )}
        </div>
      )}
    </Page>
  );
}
