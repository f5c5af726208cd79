import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Focusable, Tooltip, TooltipTrigger } from '@backstage/ui';
import {
  civilDay,
  formatDay,
  formatDayDistance,
  formatDistance,
  formatMoment,
} from './days';
import styles from './words.module.css';

/**
 * A civil day inside a sentence: `3 Sep 2025`. Written out, so that the
 * sentence around it stays one; how long ago is its title.
 */
export function Day(props: { day: string }) {
  const language = useLanguage();
  const time = civilDay(props.day);
  if (time === undefined) {
    return <>{props.day}</>;
  }
  return (
    <time
      dateTime={props.day}
      title={`${props.day} · ${formatDayDistance(time, Date.now(), language)}`}
      className={styles.date}
    >
      {formatDay(props.day, language)}
    </time>
  );
}

/** A civil day on its own: how far away, and which day exactly on hover. */
export function DayDistance(props: { day: string }) {
  const language = useLanguage();
  const time = civilDay(props.day);
  if (time === undefined) {
    return <>{props.day}</>;
  }
  return (
    <Hinted
      dateTime={props.day}
      text={formatDayDistance(time, Date.now(), language)}
      exact={formatDay(props.day, language)}
    />
  );
}

/** A moment on its own: how long ago, and when exactly on hover. */
export function Moment(props: { at: string }) {
  const language = useLanguage();
  const time = Date.parse(props.at);
  if (Number.isNaN(time)) {
    return <>{props.at}</>;
  }
  return (
    <Hinted
      dateTime={props.at}
      text={formatDistance(time, Date.now(), language)}
      exact={formatMoment(props.at, language)}
    />
  );
}

/** The language of the portal, for dates and numbers. */
export function useLanguage(): string {
  return useApi(appLanguageApiRef).getLanguage().language;
}

function Hinted(props: { dateTime: string; text: string; exact: string }) {
  return (
    <TooltipTrigger delay={300}>
      <Focusable>
        <time
          role="img"
          // The exact moment must be there for the keyboard as it is for the mouse.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          dateTime={props.dateTime}
          aria-label={`${props.text} (${props.exact})`}
          className={styles.distance}
        >
          {props.text}
        </time>
      </Focusable>
      <Tooltip>{props.exact}</Tooltip>
    </TooltipTrigger>
  );
}
