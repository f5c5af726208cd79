import type {
  Assessment,
  AssessmentRow,
  ResultItem,
} from 'backstage-plugin-mentorship-common';

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
    topFinding: null,
    ...fields,
  };
}

/** Results around a row; `people` are refs of apprentices. */
export function item(
  itemRow: AssessmentRow,
  people: string[] = [],
): ResultItem {
  const assessment = (audience: string) =>
    ({
      audience,
      entity: { entityRef: itemRow.entityRef },
      escalation: itemRow.steward ? [{ entityRef: itemRow.steward }] : [],
      mentorship: { apprentices: people.map(entityRef => ({ entityRef })) },
    } as unknown as Assessment);
  return {
    row: itemRow,
    risk: {
      entityRef: itemRow.entityRef,
      title: itemRow.title,
      enrolled: true,
      points: 0,
      reason: [],
    },
    csv: `${itemRow.entityRef},${itemRow.asOf}\r\n`,
    named: JSON.stringify(assessment('named')),
    counted: JSON.stringify(assessment('counted')),
  };
}
