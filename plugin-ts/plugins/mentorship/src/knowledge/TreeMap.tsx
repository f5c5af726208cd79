import type { CSSProperties } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useBreakpoint } from '@backstage/ui';
import type { KnowledgeDirectory } from 'backstage-plugin-mentorship-common';
import { VERDICTS } from '../marks/scales';
import { mentorshipTranslationRef } from '../translation';
import { useLanguage } from '../words/Dates';
import { lastPartOf } from './paths';
import { Place, squarify } from './squarify';
import styles from './knowledge.module.css';

/** Width and height of the map, in units of which only the ratio matters. */
const WIDE = [160, 90] as const;
const NARROW = [80, 90] as const;

/**
 * The directories as areas: as large as their number of files, and shaded by how
 * many people know them. A press opens one; what is in it shows already.
 */
export function TreeMap(props: {
  directory: KnowledgeDirectory;
  onOpen: (path: string) => void;
  /** Told which directory the pointer or the focus is at. */
  onPoint: (directory: KnowledgeDirectory | undefined) => void;
}) {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const { directory, onOpen, onPoint } = props;
  const format = new Intl.NumberFormat(useLanguage());
  const [width, height] = useBreakpoint().down('sm') ? NARROW : WIDE;
  const files = (count: number) =>
    t('knowledge.files', { count, formattedCount: format.format(count) });
  const rest = filesBeside(directory);
  const isLeaf = directory.directories.length === 0;
  const places = squarify(
    [...directory.directories.map(below => below.files), rest],
    width,
    height,
  );
  return (
    <div
      className={styles.map}
      style={{ aspectRatio: `${width} / ${height}` }}
      onPointerLeave={() => onPoint(undefined)}
    >
      {directory.directories.map((below, index) => {
        const verdict = t(`busFactor.${below.verdict}`);
        const name = lastPartOf(below.path);
        return (
          <button
            key={below.path}
            type="button"
            className={styles.cell}
            data-verdict={below.verdict}
            style={percent(places[index], width, height)}
            onClick={() => onOpen(below.path)}
            onPointerEnter={() => onPoint(below)}
            onFocus={() => onPoint(below)}
            onBlur={() => onPoint(undefined)}
          >
            <span className={styles.cellHead}>
              <span className={styles.cellName}>{name}</span>{' '}
              <span className={styles.cellWords}>
                {verdict} · {files(below.files)}
              </span>
            </span>
            <Inside directory={below} {...places[index]} />
          </button>
        );
      })}
      {rest > 0 && (
        <div
          className={styles.cell}
          data-verdict={isLeaf ? directory.verdict : 'rest'}
          style={percent(places[places.length - 1], width, height)}
        >
          <span className={styles.cellHead}>
            <span className={styles.cellName}>{files(rest)}</span>{' '}
            <span className={styles.cellWords}>
              {isLeaf ? t('knowledge.noDirectories') : t('knowledge.rest')}
            </span>
          </span>
        </div>
      )}
    </div>
  );
}

/** What is in a directory, for the eye; opening it says the same in words. */
function Inside(props: {
  directory: KnowledgeDirectory;
  width: number;
  height: number;
}) {
  const { directory, width, height } = props;
  const { directories } = directory;
  if (directories.length === 0) {
    return null;
  }
  const places = squarify(
    [...directories.map(({ files }) => files), filesBeside(directory)],
    width,
    height,
  );
  return (
    <span className={styles.inside} aria-hidden="true">
      {directories.map((below, index) => (
        <span
          key={below.path}
          className={styles.insideCell}
          data-verdict={below.verdict}
          style={percent(places[index], width, height)}
        >
          <span className={styles.insideName}>{lastPartOf(below.path)}</span>
        </span>
      ))}
    </span>
  );
}

/** What the shades and patterns mean. */
export function Legend() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  return (
    <div className={styles.legend}>
      <ul aria-label={t('knowledge.legend')}>
        {VERDICTS.map(verdict => (
          <li key={verdict}>
            <span
              className={styles.swatch}
              data-verdict={verdict}
              aria-hidden="true"
            />
            {t(`busFactor.${verdict}`)}
          </li>
        ))}
      </ul>
      <span>{t('knowledge.hint')}</span>
    </div>
  );
}

/** Files that are in none of the directories shown. */
function filesBeside({ files, directories }: KnowledgeDirectory): number {
  return directories.reduce((left, below) => left - below.files, files);
}

function percent(place: Place, width: number, height: number): CSSProperties {
  return {
    insetInlineStart: `${(place.x / width) * 100}%`,
    top: `${(place.y / height) * 100}%`,
    width: `${(place.width / width) * 100}%`,
    height: `${(place.height / height) * 100}%`,
  };
}
