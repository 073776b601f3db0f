// What lies beneath every map: land, water, roads and names, fetched once the page has been painted.
// Also the panels that stand on the map, and labels of lines. Sites are drawn by other scripts.

const LINES = {
  e_road: { colour: "--map-road", weight: 3.5 },
  road: { colour: "--map-road", weight: 2 },
  rail: { colour: "--map-rail", weight: 1.5, dashArray: "7 3" },
  grid_line: { colour: "--map-grid", weight: 1.5 },
};
const AREAS = {
  municipalities: { fill: "--map-land", colour: "--map-border", weight: 1 },
  water: { fill: "--map-water", colour: "--map-water", weight: 0.5 },
  protected_area: { fill: "--map-label", colour: "--map-label", weight: 1, fillOpacity: 0.15 },
};
const ORDER = ["municipalities", "water", "protected_area", "lines"];
// Population from which a place is named, by zoom.
const NAMED_FROM = [
  [6, 50_000],
  [7, 20_000],
  [7.75, 9_000],
  [9, 3_500],
  [10, 1_000],
  [11, 0],
];
const POINTS_NAMED_FROM_ZOOM = 10;

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const overlap = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

function styleOf(kind) {
  const { fill, colour, ...rest } = LINES[kind] ?? AREAS[kind] ?? LINES.road;
  return { color: token(colour), fillColor: fill && token(fill), fillOpacity: 1, ...rest };
}

class Backdrop {
  constructor(map) {
    this.map = map;
    this.container = map.getContainer();
    this.layers = new Map();
    this.names = [];
    this.renderers = new Map(
      ORDER.map((name, place) => {
        map.createPane(`backdrop-${name}`).style.zIndex = 210 + 10 * place;
        return [name, L.canvas({ pane: `backdrop-${name}`, padding: 0.4 })];
      }),
    );
    const names = map.createPane("backdrop-names");
    names.style.zIndex = 300;
    names.setAttribute("aria-hidden", "true");
    map.on("zoomend", () => this.nameForZoom());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.restyle());
  }

  async load() {
    if (this.isLoaded) return;
    this.isLoaded = true;
    const chosen = [...this.container.querySelectorAll(".map-layers input")];
    for (const box of chosen) {
      box.addEventListener("change", () => this.choose(box.value, box.checked));
    }
    const shown = chosen.filter((box) => box.checked).map((box) => box.value);
    await Promise.all(["municipalities", "water", "place", ...shown].map((kind) => this.show(kind)));
    this.container.dataset.loaded = "";
  }

  choose(kind, isShown) {
    if (isShown) this.show(kind);
    else this.layers.get(kind)?.remove();
  }

  async show(kind) {
    if (!this.layers.has(kind)) {
      const { layers, layersVersion } = this.container.dataset;
      const answer = await fetch(`${layers}${kind}?v=${layersVersion}`);
      if (!answer.ok) return;
      this.layers.set(kind, this.made(kind, (await answer.json()).features));
    }
    this.layers.get(kind).addTo(this.map);
    this.nameForZoom();
  }

  made(kind, features) {
    const name = kind in LINES ? "lines" : kind;
    const made = L.geoJSON(features, {
      interactive: false,
      pane: this.renderers.has(name) ? `backdrop-${name}` : "backdrop-names",
      renderer: this.renderers.get(name),
      style: () => styleOf(kind),
      pointToLayer: ({ properties }, place) => this.point(kind, properties, place),
    });
    if (kind === "e_road") {
      for (const { geometry, properties } of features) this.nameRoad(made, geometry, properties);
    }
    return made;
  }

  point(kind, { name, population = 0 }, place) {
    const icon = document.createElement("span");
    icon.className = kind === "place" ? "map-place" : "map-point";
    icon.dataset.kind = kind;
    const words = document.createElement("span");
    words.textContent = name;
    icon.append(words);
    if (kind === "place") {
      icon.dataset.size = population >= 20_000 ? "large" : population >= 3_500 ? "medium" : "small";
    }
    if (kind === "place" || kind === "road-name") {
      this.names.push({ icon, words, rank: kind === "place" ? population : 0, kind });
      this.names.sort((one, other) => other.rank - one.rank);
    }
    return L.marker(place, {
      icon: L.divIcon({ html: icon, className: "map-mark", iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
      pane: "backdrop-names",
    });
  }

  nameRoad(group, geometry, { name }) {
    const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
    for (const line of lines) {
      for (const share of [0.3, 0.7]) {
        const [longitude, latitude] = line[Math.floor(line.length * share)];
        group.addLayer(this.point("road-name", { name }, [latitude, longitude]));
      }
    }
  }

  // The larger places are named first; a name that would cover another is left out.
  nameForZoom() {
    const zoom = this.map.getZoom();
    const from = NAMED_FROM.findLast(([level]) => zoom >= level)?.[1] ?? Infinity;
    const taken = [];
    for (const { icon, words, rank, kind } of this.names) {
      icon.hidden = kind === "place" && rank < from;
      const box = words.getBoundingClientRect();
      if (icon.hidden || !box.width) continue;
      icon.hidden = taken.some((other) => overlap(box, other));
      if (!icon.hidden) taken.push(box);
    }
    this.container.toggleAttribute("data-near", zoom >= POINTS_NAMED_FROM_ZOOM);
  }

  restyle() {
    for (const [kind, layer] of this.layers) layer.setStyle(styleOf(kind));
  }
}

// The server has written the panels, in the page's language; here they get their corners.
function placePanels(map) {
  for (const panel of map.getContainer().querySelectorAll(".map-panel")) {
    const control = L.control({ position: panel.dataset.corner });
    control.onAdd = () => panel;
    control.addTo(map);
    panel.hidden = false;
    panel.open = "openWide" in panel.dataset && map.getSize().x > 560;
    L.DomEvent.disableClickPropagation(panel).disableScrollPropagation(panel);
  }
}

function nameButtons(map) {
  for (const button of map.getContainer().querySelectorAll(".leaflet-control a[title]:not([href])")) {
    button.href = "#";
    button.setAttribute("role", "button");
    button.setAttribute("aria-label", button.title);
    button.addEventListener("click", (event) => event.preventDefault());
  }
}

const SHARES = [...Array(51).keys()].map((step) => 1 - step / 50);

const between = (from, to, share) =>
  L.latLng(from.lat + share * (to.lat - from.lat), from.lng + share * (to.lng - from.lng));

const SIDES = ["right", "left"];
const GAP_PX = 8;

function boxOf(map, spot, side, { width, height }) {
  const { x, y } = map.latLngToContainerPoint(spot);
  const left = side === "right" ? x : x - width - GAP_PX;
  return { left, right: left + width + GAP_PX, top: y - height / 2, bottom: y + height / 2 };
}

function isInside(map, box) {
  const { x, y } = map.getSize();
  return box.left >= 0 && box.top >= 0 && box.right <= x && box.bottom <= y;
}

// A line says what it leads to at its far end, or where it leaves the view.
function labelLines(map) {
  const lines = [];
  map.eachLayer((layer) => layer.feature?.properties?.label && lines.push(layer));
  const labels = lines.map((line) => {
    const words = document.createElement("span");
    words.textContent = line.feature.properties.label;
    const [from, to] = line.getLatLngs();
    const label = L.tooltip({ permanent: true, className: "map-line-label" });
    return { from, to, label: label.setContent(words).setLatLng(to).addTo(map) };
  });
  const place = () => {
    const view = map.getBounds().pad(-0.04);
    const taken = [];
    // A line that ends in view has few places for its label, so it chooses first.
    labels.sort((one, other) => view.contains(other.to) - view.contains(one.to));
    for (const { from, to, label } of labels) {
      const size = label.getElement().getBoundingClientRect();
      const spots = SHARES.map((share) => between(from, to, share)).filter((spot) => view.contains(spot));
      const free = spots
        .flatMap((spot) => SIDES.map((side) => ({ spot, side, box: boxOf(map, spot, side, size) })))
        .find(({ box }) => isInside(map, box) && !taken.some((other) => overlap(box, other)));
      label.options.opacity = free ? 0.95 : 0;
      label.options.direction = free?.side ?? "right";
      label.setOpacity(label.options.opacity);
      label.setLatLng(free?.spot ?? to);
      if (free) taken.push(free.box);
    }
  };
  map.on("moveend", place);
  place();
}

document.addEventListener("map:ready", ({ target, detail: { map } }) => {
  const backdrop = new Backdrop(map);
  placePanels(map);
  nameButtons(map);
  labelLines(map);
  const load = () => {
    if (target.checkVisibility({ visibilityProperty: true })) whenIdle(() => backdrop.load());
  };
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(target);
  target.addEventListener("map:shown", load);
  if (document.readyState === "complete") load();
  else window.addEventListener("load", load);
});
