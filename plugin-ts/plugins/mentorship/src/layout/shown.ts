/**
 * The first of a list that stand there before anybody asks for more, and the others. What
 * would leave one alone behind is shown whole: the way to it takes as much room.
 */
export function firstOf<T>(
  list: readonly T[],
  most: number,
): { shown: readonly T[]; rest: readonly T[] } {
  const end = list.length === most + 1 ? list.length : most;
  return { shown: list.slice(0, end), rest: list.slice(end) };
}
