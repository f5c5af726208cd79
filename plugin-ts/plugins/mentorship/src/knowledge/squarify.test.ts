import { Place, squarify } from './squarify';

const area = ({ width, height }: Place) => width * height;

const overlap = (a: Place, b: Place) =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

describe('squarify', () => {
  it('lays out the example of its authors', () => {
    const places = squarify([6, 6, 4, 3, 2, 2, 1], 6, 4);
    expect(places[0]).toEqual({ x: 0, y: 0, width: 3, height: 2 });
    expect(places[1]).toEqual({ x: 0, y: 2, width: 3, height: 2 });
    expect(places[2].x).toBe(3);
    expect(places[2].width).toBeCloseTo(12 / 7);
    expect(places[2].height).toBeCloseTo(7 / 3);
  });

  it.each([
    [[1], 16, 9],
    [[500, 30, 7, 7, 7, 1, 1, 1], 16, 9],
    [[1, 1, 1, 900], 4, 5],
    [Array.from({ length: 60 }, (_, index) => 61 - index), 16, 9],
  ])('fills the whole in proportion, without overlap: %j', (weights, w, h) => {
    const places = squarify(weights, w, h);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    places.forEach((place, index) => {
      expect(area(place)).toBeCloseTo((weights[index] / total) * w * h);
      expect(place.x).toBeGreaterThanOrEqual(0);
      expect(place.x + place.width).toBeLessThanOrEqual(w + 1e-9);
      expect(place.y + place.height).toBeLessThanOrEqual(h + 1e-9);
      places
        .slice(index + 1)
        .forEach(other => expect(overlap(place, other)).toBeCloseTo(0));
    });
  });

  it('gives a place to each weight, also to one without area', () => {
    expect(squarify([], 16, 9)).toEqual([]);
    const places = squarify([3, 0, -1, NaN], 16, 9);
    expect(places).toHaveLength(4);
    expect(area(places[0])).toBeCloseTo(144);
    places.slice(1).forEach(place => expect(area(place)).toBe(0));
    squarify([0, 0], 16, 9).forEach(place => expect(area(place)).toBe(0));
  });

  it('keeps equal weights near to squares', () => {
    for (const { width, height } of squarify(new Array(12).fill(1), 16, 9)) {
      expect(Math.max(width, height) / Math.min(width, height)).toBeLessThan(2);
    }
  });
});
