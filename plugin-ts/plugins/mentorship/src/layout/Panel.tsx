import { ReactNode, useId } from 'react';
import { Card } from '@backstage/ui';
import styles from './layout.module.css';

/** A card with a heading, which names it for everybody. */
export function Panel(props: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  /** The heading's level in the page around it. */
  headingLevel?: 2 | 3;
}) {
  const id = useId();
  const Heading = props.headingLevel === 2 ? 'h2' : 'h3';
  return (
    <Card className={`${styles.panel} ${props.className ?? ''}`}>
      <section aria-labelledby={id} className={styles.panelBody}>
        <header className={styles.panelHeader}>
          <Heading id={id} className={styles.panelTitle}>
            {props.title}
          </Heading>
          {props.aside}
        </header>
        {props.children}
      </section>
    </Card>
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
