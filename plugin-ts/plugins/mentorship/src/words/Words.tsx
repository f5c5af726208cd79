import { Link } from 'react-router-dom';
import type { Part } from 'backstage-plugin-mentorship-common';
import { useEntityPaths } from '../layout/entityPaths';
import { Day } from './Dates';
import { isEntityRef } from './refs';
import { webAddress } from './webAddress';
import styles from './words.module.css';

/** Draws a sentence of the core, part by part. */
export function Words(props: { parts: readonly Part[] }) {
  return (
    <>
      {props.parts.map((part, index) => (
        // A sentence never changes its order; the place of a part is its name.
        // eslint-disable-next-line react/no-array-index-key
        <WordsPart key={index} part={part} />
      ))}
    </>
  );
}

/** A sentence as plain text, for labels and titles. */
export function plainText(parts: readonly Part[]): string {
  return parts.map(part => part.text).join('');
}

/** A name: a link to the page of whom or what it names, where the catalog knows that. */
export function CatalogName(props: { name: string; entityRef?: string }) {
  const { entity } = useEntityPaths();
  const path =
    props.entityRef && isEntityRef(props.entityRef)
      ? entity(props.entityRef)
      : undefined;
  if (path === undefined) {
    return <span className={styles.person}>{props.name}</span>;
  }
  return (
    <Link to={path} className={styles.link}>
      {props.name}
    </Link>
  );
}

/** A link out of the portal; plain text where the address is no web address. */
export function OutsideLink(props: {
  href?: string;
  children: string;
  className?: string;
}) {
  const href = webAddress(props.href);
  return href ? (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className={props.className ?? styles.link}
    >
      {props.children}
    </a>
  ) : (
    <span className={props.className}>{props.children}</span>
  );
}

function WordsPart({ part }: { part: Part }) {
  switch (part.type) {
    case 'person':
      return <CatalogName name={part.text} entityRef={part.entityRef} />;
    case 'count':
      return <Count text={part.text} />;
    case 'date':
      return <Day day={part.text} />;
    case 'link':
      return <OutsideLink href={part.href}>{part.text}</OutsideLink>;
    default:
      // A part of a later version still says what it says.
      return <WithCode text={part.text} />;
  }
}

/** A number stays with what it counts; what more is said may go on in the next line. */
function Count({ text }: { text: string }) {
  const [counted] = /^\S+( \S+)?/.exec(text) ?? [''];
  return (
    <>
      <span className={styles.count}>{counted}</span>
      {text.slice(counted.length)}
    </>
  );
}

/** Plain words, in which the core sets names and paths between backticks. */
export function WithCode({ text }: { text: string }) {
  return (
    <>
      {text.split(/`([^`]+)`/).map((piece, index) =>
        index % 2 === 1 ? (
          // The pieces of a text never change their order.
          // eslint-disable-next-line react/no-array-index-key
          <code key={index} className={styles.code}>
            {piece}
          </code>
        ) : (
          piece
        ),
      )}
    </>
  );
}
