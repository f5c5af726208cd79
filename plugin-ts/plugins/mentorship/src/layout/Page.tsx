import type { ReactNode } from 'react';
import { Card, Container } from '@backstage/ui';
import { KeptNotice } from '../states/Kept';
import styles from './layout.module.css';

/** A page of the plugin, below the header that the portal draws. */
export function Page(props: { children: ReactNode }) {
  return (
    <main>
      <Container className={styles.page}>
        <KeptNotice>{props.children}</KeptNotice>
      </Container>
    </main>
  );
}

/** A card without a heading of its own, in the type of the page. */
export function Sheet(props: { className?: string; children: ReactNode }) {
  return (
    <Card className={`${styles.sheet} ${props.className ?? ''}`}>
      {props.children}
    </Card>
  );
}
