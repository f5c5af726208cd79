import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Assessment,
  AssessmentFacets,
  AssessmentGroups,
  AssessmentGroupsQuery,
  AssessmentHistory,
  AssessmentsFilter,
  Knowledge,
  Me,
  MentorshipStatusReport,
  ProgramReport,
  RiskQueue,
  RiskQueueQuery,
  RuleCatalogue,
  RuleEntry,
  SnapshotList,
  WhatIf,
  WhatIfRequest,
} from 'backstage-plugin-mentorship-common';
import { isFirstPassPending } from 'backstage-plugin-mentorship-common';
import { mentorshipApiRef } from '../api';
import { Answer, AnswerStore } from './AnswerStore';
import { memoryOf, Stores } from './memory';
import type { ServicePages } from './ServicePages';

/** An answer, and how to ask again. */
export type Asked<T> = Answer<T> & { again: () => void };

/** The assessment of one service; asked once however many cards show it. */
export function useAssessment(entityRef: string): Asked<Assessment> {
  const asked = useAsked('assessments', entityRef);
  const pending = asked.state === 'failed' && isFirstPassPending(asked.problem);
  usePolling(asked.again, pending);
  return asked;
}

/** Asks for pages of services, all of the page by the same memory. */
export function useServicePages(): ServicePages {
  const api = useApi(mentorshipApiRef);
  return memoryOf(api).servicePages;
}

/** One rule with its page. */
export function useRule(id: string): Asked<RuleEntry> {
  return useAsked('rule', id);
}

/** All rules. */
export function useRules(): Asked<RuleCatalogue> {
  return useAsked('rules', '');
}

/** What services lose when people leave; somebody must be asked about. */
export function useWhatIf(question: WhatIfRequest): Asked<WhatIf> {
  return useAsked('whatIf', JSON.stringify(question));
}

/** The program, for readers who may read every service. */
export function useProgram(): Asked<ProgramReport> {
  return useAsked('program', '');
}

/** The weeks of which there is a snapshot. */
export function useSnapshots(): Asked<SnapshotList> {
  return useAsked('snapshots', '');
}

/** Services by value of each field, of those that the filter leaves. */
export function useFacets(filter: AssessmentsFilter): Asked<AssessmentFacets> {
  return useAsked('facets', JSON.stringify(filter));
}

/** A page of groups of services with how many fail each rule. */
export function useGroups(
  query: AssessmentGroupsQuery,
): Asked<AssessmentGroups> {
  return useAsked('groups', JSON.stringify(query));
}

/** How a service came to be what it is. */
export function useHistory(entityRef: string): Asked<AssessmentHistory> {
  return useAsked('history', entityRef);
}

/** How every repository was read, for readers who may read every service. */
export function useRepositories(): Asked<MentorshipStatusReport> {
  return useAsked('repositories', '');
}

/** What concerns the reader alone. */
export function useMe(): Asked<Me> {
  return useAsked('me', '');
}

/** A page of where to mentor first. */
export function useRiskQueue(query: RiskQueueQuery): Asked<RiskQueue> {
  return useAsked('riskQueue', JSON.stringify(query));
}

/** Who knows which directory of a service; the empty path is all of it. */
export function useKnowledge(
  entityRef: string,
  path: string,
): Asked<Knowledge> {
  return useAsked('knowledge', JSON.stringify([entityRef, path]));
}

/**
 * The last good answer for as long as another question is not answered, and
 * where that fails. Each service or page needs a component of its own.
 */
export function useKept<T>(asked: Asked<T>): Asked<T> {
  const [kept, setKept] = useState<T | undefined>(undefined);
  if (asked.state === 'answered') {
    if (asked.value !== kept) {
      setKept(asked.value);
    }
    return asked;
  }
  if (kept === undefined) {
    return asked;
  }
  return {
    state: 'answered',
    value: kept,
    asking: asked.state === 'asking' || asked.asking,
    problem: asked.state === 'failed' ? asked.problem : undefined,
    again: asked.again,
  };
}

/**
 * How the plugin is doing and what the viewer may do; asked again and again
 * while a run is under way or none was ever complete.
 */
export function useStatus(): Asked<MentorshipStatusReport> {
  const asked = useAsked('status', '');
  const moving =
    asked.state === 'answered' &&
    (!asked.value.firstPassComplete ||
      asked.value.lastRun?.outcome === 'running');
  usePolling(asked.again, moving);
  return asked;
}

/** Time between two questions while something is under way, in milliseconds. */
const POLL_EVERY = 5_000;

function usePolling(again: () => void, active: boolean) {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') {
        again();
      }
    }, POLL_EVERY);
    return () => clearInterval(timer);
  }, [again, active]);
}

type Value<K extends keyof Stores> = Stores[K] extends AnswerStore<infer T>
  ? T
  : never;

function useAsked<K extends keyof Stores>(
  kind: K,
  key: string,
): Asked<Value<K>> {
  const store = memoryOf(useApi(mentorshipApiRef))[kind] as AnswerStore<
    Value<K>
  >;
  const answer = useSyncExternalStore(
    useCallback(listener => store.subscribe(key, listener), [store, key]),
    () => store.read(key),
  );
  const again = useCallback(() => {
    store.ask(key);
  }, [store, key]);
  useEffect(() => {
    store.ensure(key);
  }, [store, key]);
  return { ...answer, again };
}
