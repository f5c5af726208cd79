import { useId, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import type {
  RiskQueue,
  ServiceRisk,
} from 'backstage-plugin-mentorship-common';
import { useRiskQueue } from '../answers/useAnswer';
import { Sheet } from '../layout/Page';
import { Fold } from '../layout/Panel';
import { TabLink } from '../layout/TabLink';
import { KeptAfterProblem } from '../states/Kept';
import { Failure, isNotPermitted } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { Words } from '../words/Words';
import { useReloadAfterRun } from '../answers/useReloadAfterRun';
import { Loading } from '../states/Loading';
import { MENTOR_FIRST } from './firstQuestions';
import text from '../layout/text.module.css';
import styles from './program.module.css';

/** How many each further answer brings. */
const PAGE = 20;

/**
 * Where to mentor first, in the order and for the reason that the core gives. Folded,
 * the names alone until somebody asks why.
 */
export function MentorFirst(props: { runId?: number; isFolded: boolean }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const id = useId();
  const asked = useRiskQueue(MENTOR_FIRST);
  useReloadAfterRun(props.runId, asked.again);
  if (asked.state === 'failed' && isNotPermitted(asked.problem)) {
    return null;
  }
  return (
    <Sheet>
      <section
        aria-labelledby={id}
        aria-busy={asked.state === 'asking' || asked.asking}
      >
        <Fold
          open={!props.isFolded || asked.state === 'failed'}
          label={
            <div className={styles.heading}>
              <h2 id={id} className={styles.title}>
                {t('mentorFirst.title')}
              </h2>
              {props.isFolded && asked.state === 'answered' && (
                <p className={styles.names}>
                  {asked.value.items.map(({ title }) => title).join(', ')}
                </p>
              )}
            </div>
          }
        >
          {asked.state === 'asking' && <QueueSkeleton />}
          {asked.state === 'failed' && (
            <Failure problem={asked.problem} again={asked.again} />
          )}
          {asked.state === 'answered' && (
            <>
              {asked.problem !== undefined && (
                <KeptAfterProblem
                  part={t('mentorFirst.title')}
                  problem={asked.problem}
                  again={asked.again}
                />
              )}
              <Queue queue={asked.value} />
            </>
          )}
        </Fold>
      </section>
    </Sheet>
  );
}

function Queue({ queue }: { queue: RiskQueue }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const rest = useId();
  const [open, setOpen] = useState(false);
  const { items, totalItems, pageInfo } = queue;
  if (items.length === 0) {
    return <p className={styles.basis}>{t('mentorFirst.empty')}</p>;
  }
  return (
    <div className={styles.queue}>
      <Risks items={items} start={1} />
      {pageInfo.nextCursor !== undefined && (
        <>
          <Button
            variant="secondary"
            size="small"
            className={styles.more}
            iconEnd={open ? <RiArrowUpSLine /> : <RiArrowDownSLine />}
            aria-expanded={open}
            aria-controls={rest}
            onPress={() => setOpen(!open)}
          >
            {t('mentorFirst.all', {
              count: totalItems,
              formattedCount: format.format(totalItems),
            })}
          </Button>
          <div id={rest} hidden={!open}>
            {open && (
              <Page cursor={pageInfo.nextCursor} start={items.length + 1} />
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** A page of the queue, and the way to the one after it. */
function Page({ cursor, start }: { cursor: string; start: number }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const format = new Intl.NumberFormat(useLanguage());
  const [further, setFurther] = useState(false);
  const asked = useRiskQueue({ cursor, limit: PAGE });
  if (asked.state === 'asking') {
    return <QueueSkeleton />;
  }
  if (asked.state === 'failed') {
    return <Failure problem={asked.problem} again={asked.again} />;
  }
  const { items, totalItems, pageInfo } = asked.value;
  const next = start + items.length;
  const left = totalItems - next + 1;
  return (
    <div className={styles.rest}>
      <Risks items={items} start={start} />
      {pageInfo.nextCursor !== undefined &&
        (further ? (
          <Page cursor={pageInfo.nextCursor} start={next} />
        ) : (
          <Button
            variant="secondary"
            size="small"
            className={styles.more}
            onPress={() => setFurther(true)}
          >
            {t('mentorFirst.further', {
              count: left,
              formattedCount: format.format(left),
            })}
          </Button>
        ))}
    </div>
  );
}

function Risks(props: { items: readonly ServiceRisk[]; start: number }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <ol
      className={styles.risks}
      start={props.start}
      aria-label={t('mentorFirst.list')}
    >
      {props.items.map(({ entityRef, title, enrolled, reason }) => (
        <li key={entityRef}>
          <span className={styles.service}>
            <TabLink entityRef={entityRef} title={title} />
            {!enrolled && (
              <span className={text.quiet}>{t('level.not-enrolled')}</span>
            )}
          </span>
          <span>
            <Words parts={reason} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function QueueSkeleton() {
  return (
    <Loading className={`${styles.risks} ${styles.skeleton}`}>
      {Array.from({ length: MENTOR_FIRST.limit ?? 0 }, (_, index) => (
        <div key={index}>
          <Skeleton width="40%" height={20} />
          <Skeleton width="100%" height={50} />
        </div>
      ))}
    </Loading>
  );
}
