// Beside the map on which an outline is drawn: its area as it changes. What stands in the text control is what gets saved.

const text = document.querySelector(".drawing-text textarea");
const shown = document.querySelector("[data-drawn-area]");
const EQUATOR_M = 6378137;
const ECCENTRICITY = 0.00669438;
const CENTRAL_MERIDIAN = 15;
const SCALE = 0.9996;

// Undo takes back what was drawn, chosen or typed, step by step.
const undo = document.querySelector("[data-undo]");
const earlier = [text.value];

text.addEventListener("input", changed);
text.addEventListener("change", changed);
undo.addEventListener("click", () => {
  earlier.pop();
  text.value = earlier.at(-1);
  text.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("map:ready", ({ target }) => {
  const words = JSON.parse(document.querySelector("[data-tools]").dataset.tools);
  for (const [name, word] of Object.entries(words)) {
    const tool = target.querySelector(`.leaflet-pm-icon-${name}`)?.closest(".button-container");
    if (!tool) continue;
    tool.title = word;
    tool.querySelector(".leaflet-buttons-control-button").setAttribute("aria-label", word);
  }
});

function changed() {
  if (text.value !== earlier.at(-1)) earlier.push(text.value);
  undo.disabled = earlier.length < 2;
  tellArea();
}

function tellArea() {
  const polygons = read(text.value);
  if (!polygons) {
    shown.textContent = text.value.trim() ? "" : shown.dataset.empty;
    return;
  }
  const hectares = polygons.reduce((sum, rings) => sum + area(rings), 0) / 10_000;
  const words = hectares.toLocaleString(document.documentElement.lang, {
    maximumFractionDigits: 1,
  });
  shown.textContent = shown.dataset.words.replace("{area}", words).replace(" ha", "\u00a0ha");
}

function read(typed) {
  try {
    return parts(JSON.parse(typed));
  } catch {
    return null;
  }
}

function parts(shape) {
  if (shape.type === "FeatureCollection") return shape.features.flatMap(parts);
  if (shape.type === "Feature") return parts(shape.geometry);
  return shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
}

function area([outer, ...holes]) {
  return holes.reduce((left, hole) => left - ringArea(hole), ringArea(outer));
}

// On the plane of SWEREF 99 TM, as the server measures: exact to a hundredth of a per cent.
function ringArea(ring) {
  const radians = Math.PI / 180;
  const middle = ring.reduce((sum, [, latitude]) => sum + latitude, 0) / ring.length;
  const east = ring.reduce((sum, [longitude]) => sum + longitude, 0) / ring.length;
  const bend = 1 - ECCENTRICITY * Math.sin(middle * radians) ** 2;
  const acrossM = (EQUATOR_M / Math.sqrt(bend)) * Math.cos(middle * radians) * radians;
  const alongM = ((EQUATOR_M * (1 - ECCENTRICITY)) / bend ** 1.5) * radians;
  const offset = ((east - CENTRAL_MERIDIAN) * acrossM) / EQUATOR_M;
  const scale = SCALE * (1 + offset ** 2 / 2);
  const twice = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length];
    return sum + (x - ring[0][0]) * (nextY - ring[0][1]) - (nextX - ring[0][0]) * (y - ring[0][1]);
  }, 0);
  return (Math.abs(twice) / 2) * acrossM * alongM * scale ** 2;
}
