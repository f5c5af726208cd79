import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Rotation } from 'backstage-plugin-mentorship-common';
import { Facts, Panel } from '../layout/Panel';
import { RotationMark } from '../marks/StateMarks';
import { RotationClock } from '../pictures/RotationClock';
import { mentorshipTranslationRef } from '../translation';
import { Day } from '../words/Dates';
import { CatalogName, Words } from '../words/Words';
import styles from './cards.module.css';

/** The steward's rotation as a clock with its three zones. */
export function RotationPanel({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Panel
      title={t('rotation.label')}
      aside={<RotationMark state={rotation.state} />}
    >
      <div className={styles.wide}>
        <div className={styles.rotationColumns}>
          <Turn rotation={rotation} />
          <Holding rotation={rotation} />
        </div>
      </div>
    </Panel>
  );
}

/** How far the rotation is: the clock, one sentence, the zones. */
function Turn({ rotation }: { rotation: Rotation }) {
  return (
    <div className={styles.turn}>
      <div className={styles.rotation}>
        <div className={styles.clock}>
          <RotationClock rotation={rotation} />
        </div>
        <p className={styles.lead}>
          <Words parts={rotation.summary} />
        </p>
      </div>
      <Zones rotation={rotation} />
    </div>
  );
}

/** Who is steward, from when to when, and who comes after. */
function Holding({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { steward, since, due } = rotation;
  // Nobody looked for is not nobody there.
  const isKnown = steward !== undefined || rotation.state !== 'unknown';
  return (
    <Facts
      facts={[
        [
          t('rotation.steward'),
          steward ? (
            <CatalogName name={steward.name} entityRef={steward.entityRef} />
          ) : (
            <Quiet>
              {isKnown ? t('rotation.noSteward') : t('rotation.unknownSteward')}
            </Quiet>
          ),
        ],
        since
          ? [
              t('rotation.since'),
              <>
                <Day day={since} />
                {rotation.sinceBasis === 'inferred' && (
                  <span
                    className={styles.tag}
                    title={t('rotation.inferredHint')}
                  >
                    {t('rotation.inferred')}
                  </span>
                )}
              </>,
            ]
          : undefined,
        due ? [t('rotation.due'), <Day day={due} />] : undefined,
        isKnown
          ? [t('rotation.successors'), <Words parts={rotation.successors} />]
          : undefined,
        steward
          ? [
              t('rotation.handover'),
              rotation.handoverStarted
                ? t('rotation.handoverStarted')
                : t('rotation.handoverNotStarted'),
            ]
          : undefined,
      ]}
    />
  );
}

const ZONES = ['settling', 'window', 'overdue'] as const;

function Zones({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  if (rotation.elapsedPercent === undefined) {
    return null;
  }
  return (
    <ol className={styles.zones} aria-label={t('rotation.zone.label')}>
      {ZONES.map(zone => (
        <li
          key={zone}
          data-zone={zone}
          aria-current={zone === rotation.state ? 'step' : undefined}
        >
          {t(`rotation.zone.${zone}`)}
        </li>
      ))}
    </ol>
  );
}

function Quiet({ children }: { children: string }) {
  return <span className={styles.quiet}>{children}</span>;
}
