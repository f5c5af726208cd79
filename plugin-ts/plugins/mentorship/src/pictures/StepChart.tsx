import styles from './pictures.module.css';

/** A value that held from a place on, both as parts of one; `null` is none. */
export interface Step {
  at: number;
  value: number | null;
}

const WIDTH = 240;
const HEIGHT = 56;
/** Room above and below, so that a line at the edge is drawn whole. */
const EDGE = 3;

/**
 * A value that holds until it changes, from left to right. Where there is none,
 * the line breaks off.
 */
export function StepChart(props: {
  label: string;
  steps: readonly Step[];
  /** Heights of lines to read the value by, as parts of one. */
  rules?: readonly number[];
}) {
  const x = (at: number) => at * WIDTH;
  const y = (value: number) => HEIGHT - EDGE - value * (HEIGHT - 2 * EDGE);
  const ends = props.steps.slice(1).map(({ at }) => at);
  const pieces = props.steps.map(({ at, value }, index) => ({
    from: x(at),
    to: x(ends[index] ?? 1),
    y: value === null ? undefined : y(value),
  }));
  const last = pieces[pieces.length - 1];
  return (
    <svg
      className={styles.steps}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      {(props.rules ?? []).map(height => (
        <line
          key={height}
          className={styles.stepsRule}
          x1={0}
          x2={WIDTH}
          y1={y(height)}
          y2={y(height)}
        />
      ))}
      {pieces.map(
        piece =>
          piece.y !== undefined && (
            <rect
              key={piece.from}
              className={styles.stepsArea}
              x={piece.from}
              y={piece.y}
              width={Math.max(piece.to - piece.from, 0)}
              height={y(0) - piece.y}
            />
          ),
      )}
      <path className={styles.stepsLine} d={line(pieces)} />
      {last?.y !== undefined && (
        <line
          className={styles.stepsEnd}
          x1={WIDTH - 1}
          x2={WIDTH - 1}
          y1={last.y}
          y2={last.y}
        />
      )}
    </svg>
  );
}

function line(
  pieces: ReadonlyArray<{ from: number; to: number; y: number | undefined }>,
): string {
  let isDrawing = false;
  let path = '';
  for (const { from, to, y } of pieces) {
    if (y !== undefined) {
      path += isDrawing ? `V${y}H${to}` : `M${from} ${y}H${to}`;
    }
    isDrawing = y !== undefined;
  }
  return path;
}
