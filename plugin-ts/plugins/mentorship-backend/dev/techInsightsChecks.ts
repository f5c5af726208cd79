import type { Entity } from '@backstage/catalog-model';

const TODAY = Date.now();
const DAY_MS = 24 * 60 * 60 * 1000;

/** What is asked of one fact, as json-rules-engine is told. */
interface Condition {
  fact: string;
  operator: 'equal' | 'lessThanInclusive' | 'greaterThanInclusive';
  value: boolean | number;
}

const isTrue = (fact: string): Condition => ({
  fact,
  operator: 'equal',
  value: true,
});

/**
 * Twelve checks, each of which asks of the same entity what one of our rules asks of
 * it too, or a part of it.
 */
export const CHECKS: Record<string, Condition> = {
  'no-steward': isTrue('hasSteward'),
  'steward-since-unknown': isTrue('hasStewardSince'),
  'steward-rotation-overdue': {
    fact: 'stewardAgeDays',
    operator: 'lessThanInclusive',
    value: 365,
  },
  'no-backup': isTrue('hasBackup'),
  'no-program-owner': isTrue('hasProgramOwner'),
  'no-mentorship-plan': isTrue('hasPlan'),
  'too-few-apprentices': {
    fact: 'apprentices',
    operator: 'greaterThanInclusive',
    value: 1,
  },
  'bus-factor-low': {
    fact: 'trainedMaintainers',
    operator: 'greaterThanInclusive',
    value: 3,
  },
  'catalog-entry-incomplete-owner': isTrue('hasOwner'),
  'catalog-entry-incomplete-system': isTrue('hasSystem'),
  'catalog-entry-incomplete-on-call': isTrue('hasOnCall'),
  'catalog-entry-incomplete-tier': isTrue('hasTier'),
};

/** What the checks ask for, of one service. */
export function factsOf({ metadata, spec = {} }: Entity) {
  const said = (name: string) => metadata.annotations?.[`mentorship/${name}`];
  const people = (name: string) =>
    said(name)?.split(',').filter(Boolean).length ?? 0;
  const since = said('steward-since');
  return {
    hasSteward: said('steward') !== undefined,
    hasStewardSince: since !== undefined,
    stewardAgeDays: since
      ? Math.floor((TODAY - Date.parse(since)) / DAY_MS)
      : 0,
    hasBackup: said('backup') !== undefined,
    hasProgramOwner: said('program-owner') !== undefined,
    hasPlan: said('plan') !== undefined,
    apprentices: people('apprentices'),
    trainedMaintainers:
      people('steward') + people('backup') + people('maintainers'),
    hasOwner: spec.owner !== undefined,
    hasSystem: spec.system !== undefined,
    hasOnCall: metadata.annotations?.['pagerduty.com/service-id'] !== undefined,
    hasTier: said('tier') !== undefined,
  };
}
