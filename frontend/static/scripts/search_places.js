// Conditions on place, on the map of the search: a point that is clicked, an area that is drawn, or
// what the map shows. What is chosen is written into the form's own fields; the search does the rest.

const DECIMALS = 4;
const CLOSE_PX = 14;
const rounded = (degrees) => degrees.toFixed(DECIMALS);

class PlacePicker {
  constructor(map) {
    this.map = map;
    this.container = map.getContainer();
    this.status = document.querySelector("[data-picking]");
    this.drawn = L.layerGroup().addTo(map);
    this.shown = L.layerGroup().addTo(map);
    map.on("click", ({ latlng }) => this.take(latlng));
    this.container.addEventListener("keydown", (event) => this.key(event), true);
  }

  start(mode) {
    if (mode === "view") return this.takeView();
    this.mode = mode;
    this.corners = [];
    this.status.textContent = this.status.dataset[mode];
    this.container.dataset.picking = mode;
    this.map.doubleClickZoom.disable();
    document.querySelector('.search-switch [data-view="map"]')?.click();
    this.container.focus({ preventScroll: true });
  }

  stop() {
    this.mode = null;
    this.status.textContent = "";
    delete this.container.dataset.picking;
    this.drawn.clearLayers();
    this.map.doubleClickZoom.enable();
  }

  key(event) {
    if (!this.mode || event.target !== this.container) return;
    const act = {
      Escape: () => this.stop(),
      Enter: () => (this.mode === "point" ? this.take(this.map.getCenter()) : this.finish()),
      " ": () => this.mode === "area" && this.take(this.map.getCenter()),
      Backspace: () => this.takeBack(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  take(place) {
    if (this.mode === "point") {
      this.fill({ near_place: `${rounded(place.lat)}, ${rounded(place.lng)}` });
      this.stop();
    }
    if (this.mode !== "area") return;
    if (this.corners.length > 2 && this.isAtFirst(place)) return this.finish();
    this.corners.push(place);
    this.draw();
  }

  takeBack() {
    this.corners.pop();
    this.draw();
  }

  isAtFirst(place) {
    const [one, other] = [place, this.corners[0]].map((at) => this.map.latLngToContainerPoint(at));
    return one.distanceTo(other) < CLOSE_PX;
  }

  draw() {
    this.drawn.clearLayers();
    L.polyline(this.corners, { className: "map-asked", interactive: false }).addTo(this.drawn);
    for (const corner of this.corners) {
      L.circleMarker(corner, { radius: 5, className: "map-asked", interactive: false }).addTo(this.drawn);
    }
  }

  finish() {
    if (this.corners.length < 3) return;
    this.fill({ within: polygonText(this.corners) });
    this.stop();
  }

  takeView() {
    const box = this.map.getBounds();
    this.fill({
      within: polygonText([box.getSouthWest(), box.getSouthEast(), box.getNorthEast(), box.getNorthWest()]),
    });
  }

  fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = document.getElementById(name);
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // The circle or area that the search asks for.
  show() {
    this.shown.clearLayers();
    const asked = new URLSearchParams(location.search);
    const style = { className: "map-asked", interactive: false };
    const near = asked.get("near")?.split(",").map(Number);
    if (near) L.circle([near[1], near[0]], { radius: near[2] * 1_000, ...style }).addTo(this.shown);
    const within = asked.get("within");
    if (within) for (const ring of rings(within)) L.polygon(ring, style).addTo(this.shown);
  }
}

function polygonText(corners) {
  const said = [...corners, corners[0]].map(({ lat, lng }) => `${rounded(lng)} ${rounded(lat)}`);
  return `POLYGON((${said.join(",")}))`;
}

// Outer and inner rings alike; what cannot be read is not drawn, and the server says why.
function rings(text) {
  if (!text.trim().startsWith("{")) {
    return [...text.matchAll(/\(([^()]+)\)/g)].map(([, ring]) =>
      ring.split(",").map((pair) => pair.trim().split(/\s+/).map(Number).slice(0, 2).reverse()),
    );
  }
  try {
    const { type, coordinates } = JSON.parse(text);
    return (type === "MultiPolygon" ? coordinates.flat() : coordinates).map((ring) =>
      ring.map(([longitude, latitude]) => [latitude, longitude]),
    );
  } catch {
    return [];
  }
}

document.addEventListener("map:ready", ({ target, detail: { map } }) => {
  if (target.dataset.map !== "catalogue") return;
  const picker = new PlacePicker(map);
  document.addEventListener("map:pick", ({ detail }) => picker.start(detail));
  document.addEventListener("search:changed", () => picker.show());
  picker.show();
});
