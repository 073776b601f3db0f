// The size of an outline as the server measures it: on the plane of SWEREF 99 TM, by Krüger's
// series on GRS 80. Used beside the map on which outlines are drawn.

const outlineMeasures = (() => {
  const FLATTENING = 1 / 298.257222101;
  const SCALE = 0.9996;
  const CENTRAL_MERIDIAN = 15;
  const E2 = FLATTENING * (2 - FLATTENING);
  const N = FLATTENING / (2 - FLATTENING);
  const RADIUS = (6378137 / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
  const LATITUDE_TERMS = [
    E2,
    (5 * E2 ** 2 - E2 ** 3) / 6,
    (104 * E2 ** 3 - 45 * E2 ** 4) / 120,
    (1237 * E2 ** 4) / 1260,
  ];
  const PLANE_TERMS = [
    N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
    (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
    (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
    (49561 * N ** 4) / 161280,
  ];

  // East and north in metres, of a longitude and a latitude.
  function plane([longitude, latitude]) {
    const phi = (latitude * Math.PI) / 180;
    const away = ((longitude - CENTRAL_MERIDIAN) * Math.PI) / 180;
    const sine = Math.sin(phi);
    const bend = LATITUDE_TERMS.reduce((sum, term, power) => sum + term * sine ** (2 * power), 0);
    const conformal = phi - sine * Math.cos(phi) * bend;
    const xi = Math.atan2(Math.tan(conformal), Math.cos(away));
    const eta = Math.atanh(Math.cos(conformal) * Math.sin(away));
    const [north, east] = PLANE_TERMS.reduce(
      ([n, e], term, index) => {
        const twice = 2 * (index + 1);
        return [
          n + term * Math.sin(twice * xi) * Math.cosh(twice * eta),
          e + term * Math.cos(twice * xi) * Math.sinh(twice * eta),
        ];
      },
      [xi, eta],
    );
    return [SCALE * RADIUS * east, SCALE * RADIUS * north];
  }

  function ringHa(ring) {
    const corners = ring.map(plane);
    const [originX, originY] = corners[0];
    const twice = corners.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = corners[(index + 1) % corners.length];
      return sum + (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY);
    }, 0);
    return Math.abs(twice) / 20_000;
  }

  // Of polygons, each a list of rings, the outer one first.
  function measured(polygons) {
    const sum = (rings) => rings.reduce((total, ring) => total + ringHa(ring), 0);
    const holes = polygons.flatMap(([, ...inner]) => inner);
    const holesHa = sum(holes);
    const hectares = sum(polygons.map(([outer]) => outer)) - holesHa;
    return { hectares, holesHa, holes: holes.length, parts: polygons.length };
  }

  // The polygons of a text: GeoJSON, or corners in decimal degrees line by line; null for others.
  function polygonsOf(text) {
    try {
      if (!text.trim()) return null;
      return text.trim().startsWith("{") ? shapesOf(JSON.parse(text)) : cornersOf(text);
    } catch {
      return null;
    }
  }

  function shapesOf(shape) {
    if (shape.crs) return null;
    if (shape.type === "FeatureCollection") return shape.features.flatMap(shapesOf);
    if (shape.type === "Feature") return shapesOf(shape.geometry);
    return shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
  }

  const CORNER = /^\s*(\d{2}[.,]\d+)°?\s*[,;\s]\s*(\d{2}[.,]\d+)°?\s*$/;

  function cornersOf(text) {
    const parts = text.trim().split(/\n\s*\n/);
    const polygons = parts.map((part) => [
      part.split("\n").map((line) => {
        const [one, other] = line.match(CORNER).slice(1).map((said) => Number(said.replace(",", ".")));
        return one < other ? [one, other] : [other, one];
      }),
    ]);
    return polygons.every(([ring]) => ring.length > 2) ? polygons : null;
  }

  return { measured, polygonsOf };
})();
