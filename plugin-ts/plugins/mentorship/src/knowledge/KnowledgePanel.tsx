import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import type { Knowledge } from 'backstage-plugin-mentorship-common';
import {
  RiErrorWarningLine,
  RiEyeOffLine,
  RiGitCommitLine,
} from '@remixicon/react';
import { useKept, useKnowledge } from '../answers/useAnswer';
import { Notice } from '../layout/Notice';
import { Panel } from '../layout/Panel';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import { Blank, Problem } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import styles from './knowledge.module.css';

// Charts are loaded where they are drawn.
const Directory = lazy(() =>
  import('./Directory').then(m => ({ default: m.Directory })),
);

/**
 * Who knows which directory of a service. Asked when it comes into sight, for
 * the answer is not stored, and the backend may have to read the history first.
 */
export function KnowledgePanel({ entityRef }: { entityRef: string }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [place, seen] = useSeen();
  return (
    <Panel headingLevel={2} title={t('knowledge.title')}>
      <div ref={place}>
        {seen ? (
          <Answered key={entityRef} entityRef={entityRef} />
        ) : (
          <KnowledgeSkeleton />
        )}
      </div>
    </Panel>
  );
}

function Answered({ entityRef }: { entityRef: string }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [path, open] = useState('');
  const asked = useKept(useKnowledge(entityRef, path));
  const whole = useKept(useKnowledge(entityRef, ''));
  if (asked.state === 'asking') {
    return <KnowledgeSkeleton />;
  }
  if (asked.state === 'failed') {
    return <Problem problem={asked.problem} again={asked.again} />;
  }
  const { root } = asked.value;
  return (
    <div className={styles.knowledge} aria-busy={asked.asking}>
      {asked.problem !== undefined && (
        <KeptAfterProblem
          part={t('knowledge.title')}
          problem={asked.problem}
          again={asked.again}
        />
      )}
      <Stale knowledge={asked.value} />
      {root ? (
        <Suspense fallback={<KnowledgeSkeleton />}>
          <Directory
            directory={root}
            service={
              whole.state === 'answered' && whole.value.root
                ? whole.value.root.path
                : root.path
            }
            onOpen={open}
          />
        </Suspense>
      ) : (
        <NoHistory knowledge={asked.value} />
      )}
    </div>
  );
}

function Stale({ knowledge }: { knowledge: Knowledge }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return knowledge.root && knowledge.state === 'failed' ? (
    <Notice tone="warning" icon={<RiErrorWarningLine aria-hidden="true" />}>
      {t('knowledge.stale', { reason: knowledge.reason ?? '' })}
    </Notice>
  ) : null;
}

/** Missing, not collected and failed are three different things. */
function NoHistory({ knowledge }: { knowledge: Knowledge }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  switch (knowledge.state) {
    case 'failed':
      return (
        <Blank icon={<RiErrorWarningLine />} title={t('knowledge.failedTitle')}>
          {knowledge.reason}
        </Blank>
      );
    case 'not-collected':
      return (
        <Blank icon={<RiEyeOffLine />} title={t('knowledge.notCollectedTitle')}>
          {t('knowledge.notCollectedText')}
        </Blank>
      );
    default:
      return (
        <Blank icon={<RiGitCommitLine />} title={t('knowledge.missingTitle')}>
          {t('knowledge.missingText')}
        </Blank>
      );
  }
}

function KnowledgeSkeleton() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Loading className={styles.knowledge} label={t('knowledge.asking')}>
      <Skeleton width={160} height={20} />
      <div className={styles.mapSkeleton}>
        <Skeleton width="100%" height="100%" />
      </div>
    </Loading>
  );
}

/**
 * Whether the element has been in sight, or is about to be. The element may come
 * later, and another take its place, as where the panel is unfolded.
 */
function useSeen(): [(element: HTMLElement | null) => void, boolean] {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!place || seen) {
      return undefined;
    }
    if (!('IntersectionObserver' in window)) {
      setSeen(true);
      return undefined;
    }
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          setSeen(true);
        }
      },
      { rootMargin: '200px' },
    );
    observer.observe(place);
    return () => observer.disconnect();
  }, [place, seen]);
  return [setPlace, seen];
}
