import {
  createContext,
  ReactNode,
  useContext,
  useId,
  useMemo,
  useState,
} from 'react';
import { Card } from '@backstage/ui';
import styles from './layout.module.css';

/** Where a panel stands in its page. */
export interface Place {
  /** The element's id, by which the page leads to the panel. */
  id?: string;
  /** Whether the panel is folded to its heading until somebody opens it. */
  isFolded?: boolean;
}

const PlaceContext = createContext<Place>({});

/** Tells the panel in it where it stands. */
export function PanelPlace({
  children,
  ...place
}: Place & { children: ReactNode }) {
  const { id, isFolded } = place;
  return (
    <PlaceContext.Provider
      value={useMemo(() => ({ id, isFolded }), [id, isFolded])}
    >
      {children}
    </PlaceContext.Provider>
  );
}

/** A card with a heading, which names it for everybody. */
export function Panel(props: {
  title: string;
  /** What the panel says in a word or two, beside its heading. */
  aside?: ReactNode;
  /** What changes how the panel shows its content. */
  control?: ReactNode;
  children: ReactNode;
  className?: string;
  /** The heading's level in the page around it. */
  headingLevel?: 2 | 3;
}) {
  const id = useId();
  const place = useContext(PlaceContext);
  const Heading = props.headingLevel === 2 ? 'h2' : 'h3';
  const heading = (
    // What leads to the panel hands it the focus, and the keyboard goes on there.
    <Heading id={id} tabIndex={-1} className={styles.panelTitle}>
      {props.title}
    </Heading>
  );
  return (
    <Card id={place.id} className={`${styles.panel} ${props.className ?? ''}`}>
      <section aria-labelledby={id} className={styles.panelBody}>
        {place.isFolded ? (
          <FoldedPanel heading={heading} aside={props.aside}>
            {props.control}
            {props.children}
          </FoldedPanel>
        ) : (
          <>
            <header className={styles.panelHeader}>
              {heading}
              {props.aside}
              {props.control}
            </header>
            {props.children}
          </>
        )}
      </section>
    </Card>
  );
}

/** Its content is drawn, and what that asks for asked, once somebody opens it. */
function FoldedPanel(props: {
  heading: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const [isOpened, setOpened] = useState(false);
  return (
    <details
      className={styles.foldedPanel}
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
    >
      <summary className={styles.panelHeader}>
        {props.heading}
        {props.aside}
      </summary>
      {isOpened && <div className={styles.foldedBody}>{props.children}</div>}
    </details>
  );
}

/** Something folded away until it is asked for, or `open` until it is folded. */
export function Fold(props: {
  label: ReactNode;
  children: ReactNode;
  open?: boolean;
}) {
  return (
    <details className={styles.fold} open={props.open}>
      <summary>{props.label}</summary>
      <div className={styles.foldBody}>{props.children}</div>
    </details>
  );
}

/** Terms and what they stand for: one below the other, or in a line. */
export function Facts(props: {
  look?: 'list' | 'line';
  facts: ReadonlyArray<readonly [string, ReactNode] | undefined>;
}) {
  return (
    <dl className={styles.facts} data-look={props.look}>
      {props.facts.map(
        fact =>
          fact && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
