import { RiCheckboxBlankCircleLine, RiQuestionLine } from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Level } from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import { Mark, Tone } from './Mark';
import { LADDER } from './scales';

/** The colour that goes with a level. */
const LEVEL_TONE: Record<Level, Tone> = {
  exposed: 'negative',
  developing: 'warning',
  covered: 'info',
  resilient: 'positive',
  unknown: 'neutral',
  'not-enrolled': 'neutral',
};

/** A level: its rung and its name. */
export function LevelMark(props: {
  level: Level;
  look?: 'pill' | 'plain';
  size?: 'medium' | 'large';
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <Mark
      tone={LEVEL_TONE[props.level]}
      icon={<LevelIcon level={props.level} />}
      look={props.look}
      size={props.size}
    >
      {t(`level.${props.level}`)}
    </Mark>
  );
}

/** Four bars, as many of them full as the level has rungs. */
export function LevelIcon({ level }: { level: Level }) {
  const rung = (LADDER as readonly Level[]).indexOf(level);
  if (rung < 0) {
    return level === 'unknown' ? (
      <RiQuestionLine />
    ) : (
      <RiCheckboxBlankCircleLine />
    );
  }
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {LADDER.map((step, index) => (
        <rect
          key={step}
          x={0.5 + index * 4}
          y={10 - index * 3}
          width={3}
          height={5 + index * 3}
          rx={1}
          fill="currentColor"
          opacity={index <= rung ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}
