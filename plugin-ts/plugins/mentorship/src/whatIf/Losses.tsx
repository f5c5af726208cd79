import { useState } from 'react';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Skeleton } from '@backstage/ui';
import { RiShieldCheckLine, RiUserSearchLine } from '@remixicon/react';
import type { WhatIf, WhatIfRequest } from 'backstage-plugin-mentorship-common';
import { useKept, useWhatIf } from '../answers/useAnswer';
import { mentorshipApiRef } from '../api';
import { ExportButton } from '../downloads/ExportButton';
import { Notice } from '../layout/Notice';
import { Fold } from '../layout/Panel';
import { Sheet } from '../layout/Page';
import { KeptAfterProblem } from '../states/Kept';
import { Blank, isRefused, message, Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Day } from '../words/Dates';
import { WithCode, Words } from '../words/Words';
import { LossItem } from './LossItem';
import text from '../layout/text.module.css';
import styles from './whatIf.module.css';

/** The answer: one sentence, and every service that loses something. */
export function Losses({ question }: { question: WhatIfRequest }) {
  const asked = useKept(useWhatIf(question));
  if (asked.state === 'asking') {
    return <LossesSkeleton />;
  }
  if (asked.problem !== undefined && isRefused(asked.problem)) {
    return <Refused problem={asked.problem} />;
  }
  if (asked.state === 'failed') {
    return <Problem problem={asked.problem} again={asked.again} />;
  }
  return (
    <div
      className={styles.answer}
      aria-busy={asked.asking}
      data-stale={asked.asking || undefined}
    >
      {asked.problem !== undefined && (
        <KeptAfterProblem problem={asked.problem} again={asked.again} />
      )}
      <Headline answer={asked.value} question={question} />
      {asked.value.services.length > 0 ? (
        <Services answer={asked.value} />
      ) : (
        <NothingLost answer={asked.value} />
      )}
    </div>
  );
}

function Headline(props: { answer: WhatIf; question: WhatIfRequest }) {
  const { answer, question } = props;
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Sheet className={styles.headlineCard}>
      <div className={styles.lead}>
        <h2 className={styles.headline} aria-live="polite">
          <Words parts={answer.headline} />
        </h2>
        <p className={text.quiet}>
          {answer.leavingCount > 0 && (
            <>
              {t('whatIf.leavingCount', { count: answer.leavingCount })}
              {' · '}
            </>
          )}
          {t('service.asOf', { date: <Day day={answer.asOf} /> })}
        </p>
        {answer.services.length > 0 && (
          <LossesCsv question={question} asOf={answer.asOf} />
        )}
      </div>
      {answer.notKnown.length > 0 && (
        <Notice icon={<RiUserSearchLine aria-hidden="true" />}>
          {t('whatIf.notKnown')}{' '}
          {answer.notKnown.map((written, index) => (
            <span key={written}>
              {index > 0 && ', '}
              <code>{written}</code>
            </span>
          ))}
        </Notice>
      )}
      {answer.leaving.length > 0 && answer.dueBy && (
        <Fold label={t('whatIf.leaving')}>
          <ul className={styles.leavers}>
            {answer.leaving.map(({ name, entityRef }) => (
              <li key={entityRef ?? name}>{name}</li>
            ))}
          </ul>
        </Fold>
      )}
    </Sheet>
  );
}

/** Takes the answer away as a table, a line a service. */
function LossesCsv(props: { question: WhatIfRequest; asOf: string }) {
  const { question, asOf } = props;
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  return (
    <ExportButton
      label={t('whatIf.csvLabel')}
      subject="what if"
      fetch={() => api.exportWhatIf(question)}
      fileName={() => `mentorship-what-if-${asOf}.csv`}
    />
  );
}

/** How many services are drawn at first, and more at each press. */
const SHOWN = 25;

function Services({ answer: { services } }: { answer: WhatIf }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [shown, setShown] = useState(SHOWN);
  const hidden = services.length - shown;
  return (
    <Sheet className={styles.services}>
      <ol className={styles.losses} aria-label={t('whatIf.services')}>
        {services.slice(0, shown).map(loss => (
          <LossItem key={loss.entityRef} loss={loss} />
        ))}
      </ol>
      {hidden > 0 && (
        <Button
          variant="secondary"
          size="small"
          className={styles.more}
          onPress={() => setShown(shown + SHOWN)}
        >
          {t('whatIf.more', { count: hidden })}
        </Button>
      )}
    </Sheet>
  );
}

/** Good news, unless nobody was known of whom it could be said. */
function NothingLost({ answer }: { answer: WhatIf }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Sheet className={styles.services}>
      {answer.leavingCount > 0 ? (
        <Blank
          icon={<RiShieldCheckLine className={styles.good} />}
          title={t('whatIf.nothingLostTitle')}
        >
          {t('whatIf.nothingLostText')}
        </Blank>
      ) : (
        <Blank icon={<RiUserSearchLine />} title={t('whatIf.nobodyTitle')}>
          {t('whatIf.nobodyText')}
        </Blank>
      )}
    </Sheet>
  );
}

/** The core does not answer this question, and says why. */
function Refused({ problem }: { problem: unknown }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Alert
      status="info"
      icon
      role="alert"
      title={t('whatIf.refused')}
      description={<WithCode text={`${message(problem)}.`} />}
    />
  );
}

function LossesSkeleton() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <div className={styles.answer} aria-busy="true">
      <Sheet className={styles.headlineCard}>
        <Skeleton width="min(34rem, 90%)" height={34} />
        <p className={text.quiet} role="status">
          {t('whatIf.asking')}
        </p>
      </Sheet>
      <Sheet className={styles.services}>
        {[1, 2, 3].map(key => (
          <div key={key} className={styles.skeleton}>
            <Skeleton width={180} height={22} />
            <Skeleton width="70%" height={18} />
            <Skeleton width="50%" height={18} />
          </div>
        ))}
      </Sheet>
    </div>
  );
}
