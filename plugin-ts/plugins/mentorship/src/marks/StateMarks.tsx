import type { ReactElement } from 'react';
import {
  RiAlarmWarningLine,
  RiCalendarScheduleLine,
  RiCheckboxBlankCircleLine,
  RiCheckboxCircleLine,
  RiDraftLine,
  RiErrorWarningLine,
  RiEyeOffLine,
  RiForbid2Line,
  RiGraduationCapLine,
  RiGroupLine,
  RiLeafLine,
  RiPauseCircleLine,
  RiPlantLine,
  RiQuestionLine,
  RiShieldCheckLine,
  RiTeamLine,
  RiTimeLine,
  RiUserLine,
  RiUserUnfollowLine,
} from '@remixicon/react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  BusFactorVerdict,
  EvidenceState,
  MentorshipStatus,
  MilestoneState,
  Outcome,
  RotationState,
} from 'backstage-plugin-mentorship-common';
import { mentorshipTranslationRef } from '../translation';
import { Mark, Tone } from './Mark';

type Look = 'pill' | 'plain';
type Signs<K extends string> = Record<K, [Tone, ReactElement]>;

const ROTATION: Signs<RotationState> = {
  vacant: ['negative', <RiUserUnfollowLine />],
  unknown: ['neutral', <RiQuestionLine />],
  settling: ['positive', <RiPlantLine />],
  window: ['info', <RiCalendarScheduleLine />],
  overdue: ['negative', <RiAlarmWarningLine />],
};

/** The state of the steward's rotation. */
export function RotationMark(props: { state: RotationState; look?: Look }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [tone, icon] = ROTATION[props.state];
  return (
    <Mark tone={tone} icon={icon} look={props.look}>
      {t(`rotation.${props.state}`)}
    </Mark>
  );
}

const VERDICT: Signs<BusFactorVerdict> = {
  orphaned: ['negative', <RiUserUnfollowLine />],
  single: ['negative', <RiUserLine />],
  thin: ['warning', <RiGroupLine />],
  resilient: ['positive', <RiTeamLine />],
  unknown: ['neutral', <RiQuestionLine />],
};

/** The verdict on the bus factor. */
export function BusFactorMark(props: {
  verdict: BusFactorVerdict;
  look?: Look;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [tone, icon] = VERDICT[props.verdict];
  return (
    <Mark tone={tone} icon={icon} look={props.look}>
      {t(`busFactor.${props.verdict}`)}
    </Mark>
  );
}

const MENTORSHIP: Signs<MentorshipStatus> = {
  unknown: ['neutral', <RiQuestionLine />],
  none: ['neutral', <RiCheckboxBlankCircleLine />],
  graduated: ['positive', <RiGraduationCapLine />],
  stalled: ['warning', <RiPauseCircleLine />],
  active: ['positive', <RiLeafLine />],
  planned: ['info', <RiDraftLine />],
};

/** The status of mentoring. */
export function MentorshipMark(props: {
  status: MentorshipStatus;
  look?: Look;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [tone, icon] = MENTORSHIP[props.status];
  return (
    <Mark tone={tone} icon={icon} look={props.look}>
      {t(`mentorship.${props.status}`)}
    </Mark>
  );
}

const EVIDENCE: Signs<EvidenceState> = {
  found: ['positive', <RiCheckboxCircleLine />],
  missing: ['warning', <RiForbid2Line />],
  'not-collected': ['neutral', <RiEyeOffLine />],
  failed: ['negative', <RiErrorWarningLine />],
};

/** The state of a kind of evidence. */
export function EvidenceMark(props: { state: EvidenceState }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [tone, icon] = EVIDENCE[props.state];
  return (
    <Mark tone={tone} icon={icon} look="plain">
      {t(`evidence.${props.state}`)}
    </Mark>
  );
}

/** A verdict of a rule, as a finding carries it. */
export type Verdict = Outcome['verdict'];

const OUTCOME: Signs<Verdict> = {
  fail: ['negative', <RiErrorWarningLine />],
  unknown: ['neutral', <RiQuestionLine />],
  exempt: ['info', <RiPauseCircleLine />],
  pass: ['positive', <RiShieldCheckLine />],
  'not-applicable': ['neutral', <RiForbid2Line />],
};

/** The verdict of a rule. */
export function VerdictMark(props: { verdict: Verdict; look?: Look }) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const [tone, icon] = OUTCOME[props.verdict];
  return (
    <Mark tone={tone} icon={icon} look={props.look}>
      {t(`findings.${props.verdict}`)}
    </Mark>
  );
}

/** The icon of a rule's verdict; say the verdict in words beside it. */
export function VerdictIcon(props: { verdict: Verdict }) {
  return OUTCOME[props.verdict][1];
}

const MILESTONE: Record<MilestoneState, ReactElement> = {
  done: <RiCheckboxCircleLine />,
  open: <RiTimeLine />,
  overdue: <RiAlarmWarningLine />,
};

/** The icon of a milestone's state; say the state in words beside it. */
export function MilestoneIcon(props: { state: MilestoneState }) {
  return MILESTONE[props.state];
}
