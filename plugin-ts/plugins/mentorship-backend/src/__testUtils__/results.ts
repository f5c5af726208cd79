import type {
  Assessment,
  AssessmentRow,
  Involvement,
  ServiceRisk,
} from 'backstage-plugin-mentorship-common';
import type { ServiceResults } from '../engine/results';

/** A row as the core could have written it. */
export function row(
  name: string,
  fields: Partial<AssessmentRow> = {},
): AssessmentRow {
  return {
    asOf: '2026-11-21',
    entityRef: `component:default/${name}`,
    title: name,
    kind: 'Component',
    type: 'service',
    lifecycle: 'production',
    tier: null,
    owner: null,
    system: null,
    level: 'exposed',
    levelRank: 0,
    score: null,
    coverage: null,
    mentorshipStatus: 'none',
    apprentices: null,
    milestonesDone: null,
    milestonesTotal: null,
    nextMilestoneDue: null,
    steward: null,
    stewardName: null,
    stewardSince: null,
    stewardAgeDays: null,
    stewardAgeMonths: null,
    rotationState: 'vacant',
    rotationDue: null,
    busFactor: null,
    busFactorBasis: null,
    busFactorVerdict: 'unknown',
    busFactorDeclared: null,
    busFactorAuthorship: null,
    busFactorRecent: null,
    contributorAbsenceFactor: null,
    failedRules: [],
    unknownRules: [],
    headline: [],
    nextSteps: [],
    ...fields,
  };
}

/** Results around a row; `people` are refs of apprentices. */
export function item(
  itemRow: AssessmentRow,
  people: string[] = [],
  itemRisk: Partial<ServiceRisk> = {},
): ServiceResults {
  const { entityRef, title } = itemRow;
  const assessment = (audience: string) =>
    ({
      audience,
      entity: { entityRef },
      escalation: itemRow.steward ? [{ entityRef: itemRow.steward }] : [],
      mentorship: {
        apprentices: people.map(each => ({ entityRef: each })),
      },
    } as unknown as Assessment);
  const risk: ServiceRisk = {
    entityRef,
    title,
    enrolled: true,
    points: 0,
    reason: [],
    ...itemRisk,
  };
  const involved: Involvement[] = people.map(each => ({
    entityRef: each,
    role: 'apprentice',
  }));
  if (itemRow.steward) {
    involved.unshift({ entityRef: itemRow.steward, role: 'steward' });
  }
  const texts = {
    row: json(itemRow),
    risk: json(risk),
    csv: Buffer.from(`${entityRef},${itemRow.asOf}\r\n`),
    named: json(assessment('named')),
    counted: json(assessment('counted')),
  };
  return {
    entityRef,
    ...texts,
    contents: Buffer.concat(
      Object.values(texts).flatMap(each => [each, Buffer.of(0)]),
    ),
    involved: json(involved),
    reminders: Buffer.of(),
  };
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
