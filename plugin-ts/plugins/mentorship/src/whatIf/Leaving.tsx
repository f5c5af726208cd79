import { useState } from 'react';
import {
  toastApiRef,
  useAnalytics,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  Button,
  SearchAutocomplete,
  SearchAutocompleteItem,
  Tag,
  TagGroup,
} from '@backstage/ui';
import {
  RiCalendarScheduleLine,
  RiEyeOffLine,
  RiLinkM,
  RiQuillPenLine,
  RiTeamLine,
  RiUserLine,
} from '@remixicon/react';
import { Panel } from '../layout/Panel';
import { message } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Candidate, useKnown, useSearch } from './candidates';
import { isBlank, type Question } from './question';
import text from '../layout/text.module.css';
import styles from './whatIf.module.css';

/** A tag that is no name: what somebody writes is trimmed. */
const DUE = ' due this quarter';

const NOBODY: Question = { leaves: [], dueThisQuarter: false };

/** Who leaves: people and teams of the catalog, several of them. */
export function Leaving(props: {
  question: Question;
  /** Whether only teams may be asked about, for readers who see no names. */
  groupsOnly: boolean;
  onChange: (question: Question) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const analytics = useAnalytics();
  const { question, groupsOnly, onChange } = props;
  const { leaves, dueThisQuarter } = question;
  const choose = (written: string, kind: string) => {
    if (!leaves.includes(written)) {
      // What is chosen, not who: names do not belong into statistics.
      analytics.captureEvent('select', `what if: ${kind}`);
      onChange({ ...question, leaves: [...leaves, written] });
    }
  };
  return (
    <Panel headingLevel={2} title={t('whatIf.who')}>
      <Search groupsOnly={groupsOnly} onChoose={choose} />
      {!dueThisQuarter && (
        <Button
          variant="secondary"
          size="small"
          className={styles.preset}
          iconStart={<RiCalendarScheduleLine />}
          onPress={() => {
            analytics.captureEvent('select', 'what if: rotations due');
            onChange({ ...question, dueThisQuarter: true });
          }}
        >
          {t('whatIf.due')}
        </Button>
      )}
      {!isBlank(question) && (
        <>
          <Chosen question={question} onChange={onChange} />
          <div className={styles.choiceActions}>
            <CopyLink />
            <Button
              variant="tertiary"
              size="small"
              onPress={() => onChange(NOBODY)}
            >
              {t('whatIf.clear')}
            </Button>
          </div>
        </>
      )}
      {groupsOnly && (
        <p className={styles.hint}>
          <RiEyeOffLine aria-hidden="true" />
          <span>{t('whatIf.groupsOnly')}</span>
        </p>
      )}
    </Panel>
  );
}

function Search(props: {
  groupsOnly: boolean;
  onChoose: (written: string, kind: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { groupsOnly, onChoose } = props;
  const [words, setWords] = useState('');
  const { candidates, searching, problem } = useSearch(words, groupsOnly);
  const label = groupsOnly ? t('whatIf.searchTeams') : t('whatIf.search');
  const choose = (written: string, kind: string) => {
    onChoose(written, kind);
    setWords('');
  };
  const items = candidates.map(found => (
    <SearchAutocompleteItem
      key={found.entityRef}
      id={found.entityRef}
      textValue={found.title}
      onAction={() =>
        choose(found.entityRef, found.isGroup ? 'team' : 'person')
      }
    >
      <span className={styles.candidate}>
        <KindIcon candidate={found} />
        <span>{found.title}</span>
        <span className={text.quiet}>{found.detail}</span>
      </span>
    </SearchAutocompleteItem>
  ));
  // A history names people whom the catalog does not know.
  if (!groupsOnly && words.trim() && !searching) {
    items.push(
      <SearchAutocompleteItem
        key="as written"
        id="as written"
        textValue={words.trim()}
        onAction={() => choose(words.trim(), 'as written')}
      >
        <span className={styles.candidate}>
          <RiQuillPenLine aria-hidden="true" />
          <span>{t('whatIf.asWritten', { words: words.trim() })}</span>
        </span>
      </SearchAutocompleteItem>,
    );
  }
  return (
    <>
      <SearchAutocomplete
        aria-label={label}
        placeholder={label}
        inputValue={words}
        onInputChange={setWords}
        isLoading={searching}
        className={styles.search}
      >
        {items}
      </SearchAutocomplete>
      {problem !== undefined && (
        <p className={styles.hint} role="alert">
          {t('whatIf.searchFailed', { reason: message(problem) })}
        </p>
      )}
    </>
  );
}

function Chosen(props: {
  question: Question;
  onChange: (question: Question) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { leaves, dueThisQuarter } = props.question;
  const known = useKnown(leaves);
  return (
    <TagGroup
      aria-label={t('whatIf.leaving')}
      className={styles.chosen}
      onRemove={removed =>
        props.onChange({
          leaves: leaves.filter(written => !removed.has(written)),
          dueThisQuarter: dueThisQuarter && !removed.has(DUE),
        })
      }
    >
      {[
        ...(dueThisQuarter
          ? [chosenTag(DUE, t('whatIf.due'), <RiCalendarScheduleLine />)]
          : []),
        ...leaves.map(written => {
          const candidate = known.get(written);
          const title = candidate?.title ?? nameOf(written);
          return chosenTag(written, title, <KindIcon candidate={candidate} />);
        }),
      ]}
    </TagGroup>
  );
}

function chosenTag(id: string, title: string, icon: JSX.Element) {
  return (
    <Tag key={id} id={id} textValue={title} size="medium" icon={icon}>
      <span className={styles.tagText}>{title}</span>
    </Tag>
  );
}

function KindIcon({ candidate }: { candidate: Candidate | undefined }) {
  return candidate?.isGroup ? (
    <RiTeamLine aria-hidden="true" />
  ) : (
    <RiUserLine aria-hidden="true" />
  );
}

function CopyLink() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const toasts = useApi(toastApiRef);
  const analytics = useAnalytics();
  const copy = async () => {
    analytics.captureEvent('share', 'what if');
    try {
      await navigator.clipboard.writeText(window.location.href);
      toasts.post({ title: t('whatIf.copied'), status: 'success' });
    } catch (problem) {
      toasts.post({
        title: t('whatIf.notCopied'),
        description: message(problem),
        status: 'danger',
      });
    }
  };
  return (
    <Button
      variant="secondary"
      size="small"
      iconStart={<RiLinkM />}
      onPress={copy}
    >
      {t('whatIf.copy')}
    </Button>
  );
}

/** The name in a ref; anything else as it was written. */
function nameOf(written: string): string {
  return /^(?:user|group):(?:[^/]+\/)?([^/]+)$/i.exec(written)?.[1] ?? written;
}
