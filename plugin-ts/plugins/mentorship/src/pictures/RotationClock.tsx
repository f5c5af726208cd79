import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Rotation } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import styles from './pictures.module.css';

const CENTRE = 60;
const RING = 46;
const OVERTIME_RING = 56;

/**
 * The rotation as a clock: one turn is the time from the start to the rotation,
 * the blue part of the ring is the window for handing over, and what goes past
 * twelve runs on an outer ring. Where it stands comes from the report.
 */
export function RotationClock({ rotation }: { rotation: Rotation }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { state, elapsedPercent, windowPercent, ageMonths } = rotation;
  const known = elapsedPercent !== undefined;
  const turn = Math.min(elapsedPercent ?? 0, 100);
  const overtime = Math.min(Math.max((elapsedPercent ?? 0) - 100, 0), 100);

  return (
    <svg
      className={styles.clock}
      data-state={state}
      viewBox="0 0 120 120"
      role="img"
      aria-label={
        known
          ? `${t(`rotation.${state}`)}: ${t('rotation.picture', {
              percent: String(elapsedPercent),
            })}`
          : t(`rotation.${state}`)
      }
    >
      <circle
        className={styles.clockTrack}
        cx={CENTRE}
        cy={CENTRE}
        r={RING}
        strokeWidth={8}
        strokeDasharray={known ? undefined : '3 7'}
      />
      {known && windowPercent !== undefined && (
        <Arc
          className={styles.clockWindowTrack}
          from={windowPercent}
          to={100}
          radius={RING}
          width={8}
        />
      )}
      {known && (
        <Arc
          className={styles.clockHand}
          from={0}
          to={turn}
          radius={RING}
          width={8}
        />
      )}
      {overtime > 0 && (
        <Arc
          className={styles.clockHand}
          from={0}
          to={overtime}
          radius={OVERTIME_RING}
          width={4}
        />
      )}
      {known && (
        <line className={styles.clockTick} x1={60} y1={7} x2={60} y2={21} />
      )}
      {known && overtime === 0 && (
        <circle className={styles.clockDot} {...point(turn, RING)} r={6.5} />
      )}
      {ageMonths !== undefined ? (
        <>
          <text className={styles.clockNumber} x={CENTRE} y={66}>
            {ageMonths}
          </text>
          <text className={styles.clockUnit} x={CENTRE} y={81}>
            {t('rotation.months', { count: ageMonths })}
          </text>
        </>
      ) : (
        <>
          <text className={styles.clockNumber} x={CENTRE} y={66}>
            {state === 'vacant' ? '–' : '?'}
          </text>
          <text className={styles.clockUnit} x={CENTRE} y={81}>
            {state === 'vacant'
              ? t('rotation.vacantPicture')
              : t('rotation.unknownPicture')}
          </text>
        </>
      )}
    </svg>
  );
}

/** A part of a ring, from and to in percent of a turn, clockwise from twelve. */
function Arc(props: {
  className: string;
  from: number;
  to: number;
  radius: number;
  width: number;
}) {
  const around = 2 * Math.PI * props.radius;
  const length = ((props.to - props.from) / 100) * around;
  return (
    <circle
      className={props.className}
      cx={CENTRE}
      cy={CENTRE}
      r={props.radius}
      strokeWidth={props.width}
      strokeDasharray={`${length} ${around - length}`}
      transform={`rotate(${props.from * 3.6 - 90} ${CENTRE} ${CENTRE})`}
    />
  );
}

function point(percent: number, radius: number) {
  const angle = (percent / 100) * 2 * Math.PI - Math.PI / 2;
  return {
    cx: CENTRE + radius * Math.cos(angle),
    cy: CENTRE + radius * Math.sin(angle),
  };
}
