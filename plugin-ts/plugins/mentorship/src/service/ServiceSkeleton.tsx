import { Card, Skeleton } from '@backstage/ui';
import { Loading } from '../states/Loading';
import styles from './service.module.css';

/** The tab before its answer, with everything where it will be. */
export function ServiceSkeleton() {
  return (
    <Loading className={styles.service}>
      <Card className={styles.skeleton}>
        <Skeleton width={140} height={32} />
        <Skeleton width="min(34rem, 90%)" height={34} />
        <Skeleton width="min(22rem, 70%)" height={18} />
        <Skeleton width="100%" height={88} />
      </Card>
      <div className={styles.readings}>
        {[1, 2, 3].map(key => (
          <Card key={key} className={styles.skeleton}>
            <Skeleton width={120} height={22} />
            <Skeleton width="100%" height={110} />
            <Skeleton width="80%" height={18} />
            <Skeleton width="60%" height={18} />
            <Skeleton width="70%" height={18} />
          </Card>
        ))}
      </div>
    </Loading>
  );
}
