import type { ReactNode } from 'react';
import styles from './layout.module.css';

/**
 * A plain table, whose first cell names the row. Where it is narrow, the cells of a
 * row stand below its name, each with what its column is called; what is still too
 * wide scrolls by itself, and can be scrolled by keyboard.
 */
export function DataTable(props: {
  label: string;
  columns: ReadonlyArray<{ label: string; isNumber?: boolean }>;
  rows: ReadonlyArray<{ key: string; cells: readonly ReactNode[] }>;
}) {
  const { label, columns, rows } = props;
  return (
    <div
      className={`${styles.scrolled} ${styles.tableBox}`}
      role="group"
      aria-label={label}
      // What scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.label} scope="col" data-number={column.isNumber}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...others] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {others.map((cell, index) => (
                <td
                  key={columns[index + 1].label}
                  data-column={columns[index + 1].label}
                  data-number={columns[index + 1].isNumber}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
