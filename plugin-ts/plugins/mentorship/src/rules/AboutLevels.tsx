import { useTranslationRef, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, DialogTrigger, Link, Popover } from '@backstage/ui';
import { RiInformationLine } from '@remixicon/react';
import { levelColour } from '../marks/levelColour';
import { LevelIcon } from '../marks/LevelMark';
import { LEVELS } from '../marks/scales';
import { rulesRouteRef } from '../routes';
import { mentorshipTranslationRef } from '../translation';
import styles from './rule.module.css';

/** What each level is for, a press away: by finger, mouse and keyboard alike. */
export function AboutLevels() {
  const { t } = useTranslationRef(mentorshipTranslationRef);
  const rules = useRouteRef(rulesRouteRef);
  return (
    <DialogTrigger>
      <Button
        variant="tertiary"
        size="small"
        className={styles.aboutLevels}
        iconStart={<RiInformationLine />}
      >
        {t('next.aboutLevels')}
      </Button>
      <Popover
        placement="bottom end"
        hideArrow
        aria-label={t('next.aboutLevels')}
      >
        <dl className={styles.meanings}>
          {LEVELS.map(level => (
            <div key={level} {...levelColour(level, styles.levelMeaning)}>
              <dt>
                <LevelIcon level={level} />
                {t(`level.${level}`)}
              </dt>
              <dd>{t(`levelMeaning.${level}`)}</dd>
            </div>
          ))}
        </dl>
        {rules && (
          <Link href={rules()} variant="body-small" color="primary">
            {t('rules.perLevel')}
          </Link>
        )}
      </Popover>
    </DialogTrigger>
  );
}
