import { firstOf } from './shown';

describe('firstOf', () => {
  it.each([
    [[1, 2], 3, [1, 2], []],
    [[1, 2, 3, 4], 3, [1, 2, 3, 4], []],
    [[1, 2, 3, 4, 5], 3, [1, 2, 3], [4, 5]],
  ])(
    'of %j shows %i at most, unless one were left',
    (list, most, shown, rest) =>
      expect(firstOf(list, most)).toEqual({ shown, rest }),
  );
});
