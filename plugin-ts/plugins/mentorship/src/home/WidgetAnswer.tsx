import type { ReactNode } from 'react';
import { Skeleton } from '@backstage/ui';
import type { Asked } from '../answers/useAnswer';
import { Loading } from '../states/Loading';
import { KeptAfterProblem } from '../states/Kept';
import { BriefProblem } from '../states/States';
import styles from './home.module.css';

/** A widget: the answer, or in few words what stands in its place. */
export function WidgetAnswer<T>(props: {
  label: string;
  asked: Asked<T>;
  children: (answer: T) => ReactNode;
}) {
  return (
    <section aria-label={props.label} data-mentorship-widget>
      <Content {...props} />
    </section>
  );
}

function Content<T>(props: {
  asked: Asked<T>;
  children: (answer: T) => ReactNode;
}) {
  const { asked } = props;
  if (asked.state === 'asking') {
    return (
      <Loading className={styles.widget}>
        <Skeleton width="80%" height={24} />
        <Skeleton width="60%" height={24} />
        <Skeleton width="70%" height={24} />
      </Loading>
    );
  }
  if (asked.state === 'failed') {
    return (
      <div className={styles.widget}>
        <BriefProblem problem={asked.problem} again={asked.again} />
      </div>
    );
  }
  return (
    <div className={styles.widget} aria-busy={asked.asking}>
      {asked.problem !== undefined && (
        <KeptAfterProblem problem={asked.problem} again={asked.again} />
      )}
      {props.children(asked.value)}
    </div>
  );
}
