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
import { mentorshipApiRef } from '../api';
import { Panel } from '../layout/Panel';
import { message } from '../states/States';
import { mentorshipTranslationRef } from '../translation';
import { Candidate, useKnown, useSearch } from './candidates';
import { stewardsDueThisQuarter } from './dueThisQuarter';
import styles from './whatIf.module.css';

/** Who leaves: people and teams of the catalog, several of them. */
export function Leaving(props: {
  leaves: readonly string[];
  /** Whether only teams may be asked about, for readers who see no names. */
  groupsOnly: boolean;
  onChange: (leaves: readonly string[]) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { leaves, groupsOnly, onChange } = props;
  return (
    <Panel headingLevel={2} title={t('whatIf.who')}>
      <Search
        groupsOnly={groupsOnly}
        onChoose={written =>
          !leaves.includes(written) && onChange([...leaves, written])
        }
      />
      {leaves.length > 0 && (
        <>
          <Chosen leaves={leaves} onChange={onChange} />
          <div className={styles.choiceActions}>
            <CopyLink />
            <Button
              variant="tertiary"
              size="small"
              onPress={() => onChange([])}
            >
              {t('whatIf.clear')}
            </Button>
          </div>
        </>
      )}
      {!groupsOnly && <DueThisQuarter onChoose={onChange} />}
      {groupsOnly && (
        <p className={styles.hint}>
          <RiEyeOffLine aria-hidden="true" />
          <span>{t('whatIf.groupsOnly')}</span>
        </p>
      )}
    </Panel>
  );
}

/** Rehearses that everybody whose rotation is due hands over at once. */
function DueThisQuarter(props: {
  onChoose: (leaves: readonly string[]) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const api = useApi(mentorshipApiRef);
  const toasts = useApi(toastApiRef);
  const analytics = useAnalytics();
  const [busy, setBusy] = useState(false);
  const choose = async () => {
    setBusy(true);
    try {
      const stewards = await stewardsDueThisQuarter(api);
      analytics.captureEvent('click', 'rotations due this quarter', {
        value: stewards.length,
      });
      if (stewards.length > 0) {
        props.onChoose(stewards);
      } else {
        toasts.post({ title: t('whatIf.noneDue'), status: 'success' });
      }
    } catch (problem) {
      toasts.post({
        title: t('whatIf.dueFailed'),
        description: message(problem),
        status: 'danger',
      });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="secondary"
      size="small"
      className={styles.preset}
      iconStart={<RiCalendarScheduleLine />}
      isPending={busy}
      onPress={choose}
    >
      {t('whatIf.due')}
    </Button>
  );
}

function Search(props: {
  groupsOnly: boolean;
  onChoose: (written: string) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { groupsOnly, onChoose } = props;
  const [words, setWords] = useState('');
  const { candidates, searching, problem } = useSearch(words, groupsOnly);
  const label = groupsOnly ? t('whatIf.searchTeams') : t('whatIf.search');
  const choose = (written: string) => {
    onChoose(written);
    setWords('');
  };
  const items = candidates.map(found => (
    <SearchAutocompleteItem
      key={found.entityRef}
      id={found.entityRef}
      textValue={found.title}
      onAction={() => choose(found.entityRef)}
    >
      <span className={styles.candidate}>
        <KindIcon candidate={found} />
        <span>{found.title}</span>
        <span className={styles.quiet}>{found.detail}</span>
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
        onAction={() => choose(words.trim())}
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
  leaves: readonly string[];
  onChange: (leaves: readonly string[]) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { leaves, onChange } = props;
  const known = useKnown(leaves);
  return (
    <TagGroup
      aria-label={t('whatIf.leaving')}
      className={styles.chosen}
      onRemove={removed =>
        onChange(leaves.filter(written => !removed.has(written)))
      }
    >
      {leaves.map(written => {
        const candidate = known.get(written);
        const title = candidate?.title ?? nameOf(written);
        return (
          <Tag
            key={written}
            id={written}
            textValue={title}
            size="medium"
            icon={<KindIcon candidate={candidate} />}
          >
            <span className={styles.tagText}>{title}</span>
          </Tag>
        );
      })}
    </TagGroup>
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
  const copy = async () => {
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
