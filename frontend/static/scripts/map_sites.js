// The sites on the map: asked for by view and filter, drawn as clusters or outlines, and tied to
// the cards of the list. Every text is set as text, never as HTML.

const language = document.documentElement.lang;
const CLOSEST_ZOOM_OF_CLUSTER = 13;
const SMALLEST_TARGET = matchMedia("(pointer: coarse)").matches ? 44 : 28;
const SPREADING_ROUNDS = 6;
const NO_BREAK_SPACE = "\u00a0";

// Made for the first number: it takes longer than all else here, and a phone may never need it.
let numbers;
function written(value) {
  const locale = language === "en" ? "en-GB" : "sv-SE";
  numbers ??= new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return numbers.format(value);
}

const cardOf = (reference) => document.getElementById(`site-${reference}`);
const nameOf = (said) => said[`name_${language}`] ?? said.name_sv ?? said.name_en ?? said.reference;

function filterOf(search) {
  const query = new URLSearchParams(search);
  for (const name of ["sort", "offset", "limit", "format", "view", "columns"]) query.delete(name);
  return query;
}

class Sites {
  constructor(map) {
    this.map = map;
    this.container = map.getContainer();
    this.words = JSON.parse(this.container.dataset.words);
    this.popup = this.container.querySelector("template[data-popup]");
    this.drawn = new Map();
    this.group = L.featureGroup().addTo(map);
    map.on("moveend", () => this.askSoon());
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 120);
  }

  async ask() {
    if (!this.container.checkVisibility({ visibilityProperty: true })) return;
    const query = filterOf(location.search);
    const box = this.map.getBounds();
    const sides = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    query.append("box", sides.map((side) => side.toFixed(4)).join(","));
    query.set("zoom", this.map.getZoom().toFixed(2));
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`/api/v1/map?${query}`, { signal: this.asking.signal });
      this.draw(answer.ok ? (await answer.json()).features : []);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  draw(features) {
    const open = this.group.getLayers().find((layer) => layer.isPopupOpen?.());
    const stays = open?.said.reference;
    this.redrawing = true;
    this.group.clearLayers();
    this.drawn.clear();
    for (const feature of features) {
      const said = feature.properties;
      const layer = said.kind === "outline" ? this.outline(feature) : this.cluster(feature);
      layer.said = said;
      this.group.addLayer(layer);
      this.prepare(layer, said);
    }
    this.spread();
    this.redrawing = false;
    if (stays) this.drawn.get(stays)?.openPopup();
    this.container.dataset.sites = features.length;
  }

  outline({ geometry }) {
    const [layer] = L.geoJSON(geometry, {
      className: "map-site",
      pointToLayer: (_, place) => L.circleMarker(place, { radius: 10, className: "map-site" }),
    }).getLayers();
    return layer;
  }

  cluster({ geometry, properties: { count, fit } }) {
    const circle = document.createElement("span");
    circle.className = "map-cluster";
    circle.dataset.fit = fit;
    if (count > 1) circle.textContent = written(count);
    const size = count > 1 ? Math.min(30 + 7 * Math.log2(count), 76) : 20;
    circle.style.width = circle.style.height = `${size}px`;
    const target = Math.max(size, SMALLEST_TARGET);
    const [longitude, latitude] = geometry.coordinates;
    return L.marker([latitude, longitude], {
      icon: L.divIcon({ html: circle, className: "map-cluster-holder", iconSize: [target, target] }),
      riseOnHover: true,
      zIndexOffset: count,
    });
  }

  // Circles that would cover each other are moved a little apart.
  spread() {
    const circles = this.group.getLayers().filter((layer) => layer instanceof L.Marker);
    const places = circles.map((layer) => this.map.latLngToLayerPoint(layer.getLatLng()));
    const radius = (place) => circles[place].options.icon.options.iconSize[0] / 2 + 1;
    for (let round = 0; round < SPREADING_ROUNDS; round += 1) {
      for (let one = 0; one < places.length; one += 1) {
        for (let other = 0; other < one; other += 1) {
          const away = places[one].subtract(places[other]);
          const distance = Math.max(Math.hypot(away.x, away.y), 1);
          const missing = radius(one) + radius(other) - distance;
          if (missing <= 0) continue;
          const step = away.multiplyBy(missing / 2 / distance);
          places[one] = places[one].add(step);
          places[other] = places[other].subtract(step);
        }
      }
    }
    for (const [place, layer] of circles.entries()) {
      layer.setLatLng(this.map.layerPointToLatLng(places[place]));
    }
  }

  prepare(layer, said) {
    const element = layer.getElement();
    element.dataset.fit = said.fit;
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    const act = said.reference ? () => layer.openPopup() : () => this.zoomInto(said.box);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    });
    if (!said.reference) {
      element.setAttribute("aria-label", this.filled(this.words.cluster, said));
      layer.on("click", act);
      return;
    }
    this.drawn.set(said.reference, layer);
    element.setAttribute("aria-label", nameOf(said));
    layer.bindPopup(() => this.content(said), {
      minWidth: 250,
      maxWidth: 290,
      autoPanPaddingTopLeft: [64, 12],
      autoPanPaddingBottomRight: [12, 48],
    });
    layer.on("mouseover mouseout", ({ type }) => this.lightCard(said.reference, type === "mouseover"));
    layer.on("popupopen", () => this.showCard(said.reference));
  }

  filled(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
  }

  // The circle goes, so the map itself takes the focus.
  zoomInto([west, south, east, north]) {
    if (this.group.getLayers().some((layer) => layer.getElement() === document.activeElement)) {
      this.container.focus({ preventScroll: true });
    }
    const box = [[south, west], [north, east]];
    this.map.fitBounds(box, { padding: [60, 60], maxZoom: CLOSEST_ZOOM_OF_CLUSTER });
  }

  content(said) {
    const content = this.popup.content.cloneNode(true);
    const part = (name) => content.querySelector(`[data-${name}]`);
    const set = (name, value, unit) => {
      if (value === null || value === undefined) part(name).parentElement.remove();
      else part(name).textContent = unit ? written(value) + NO_BREAK_SPACE + unit : value;
    };
    part("name").textContent = nameOf(said);
    part("name").href = this.words.site + said.reference;
    part("place").textContent = this.words.municipalities[said.municipality] ?? said.municipality;
    part("reference").textContent = said.reference;
    part("unknown").hidden = said.fit !== "may_fit";
    set("area", said.area_gross_ha, "ha");
    set("power-now", said.power_now_mw, "MW");
    set("power-most", said.power_most_year && said.power_most_mw, "MW");
    if (said.power_most_year) part("power-most").append(` ${said.power_most_year}`);
    set("water", said.drinking_water_m3_day, this.words.day);
    set("plan", this.words.plan[said.detaljplan_status]);
    set("readiness", this.words.levels[said.readiness]);
    for (const field of content.querySelectorAll("[name=reference]")) field.value = said.reference;
    for (const name of ["shortlist", "compare"]) part(name).dataset[name] = said.reference;
    document.dispatchEvent(new CustomEvent("sites:shown", { detail: content }));
    if (said.fit === "may_fit") this.explain(part("unknown"), said.reference);
    return content.firstElementChild;
  }

  // What is unknown, and who has been asked since when.
  async explain(place, reference) {
    const answer = await fetch(`${this.words.reasons}${reference}?${filterOf(location.search)}`);
    if (answer.ok) place.textContent = (await answer.text()) || place.textContent;
  }

  // A card lights its outline; where that is inside a cluster, a ring shows the place.
  light(item, isLit) {
    this.halo?.remove();
    const layer = this.drawn.get((item.querySelector("article[data-reference]") ?? item).dataset.reference);
    if (layer) layer.getElement()?.toggleAttribute("data-lit", isLit);
    else if (isLit) this.halo = this.ring(item.dataset).addTo(this.map);
  }

  ring({ longitude, latitude }) {
    return L.marker([latitude, longitude], {
      icon: L.divIcon({ html: "", className: "map-halo", iconSize: [26, 26] }),
      interactive: false,
      keyboard: false,
      zIndexOffset: 1_000_000,
    });
  }

  lightCard(reference, isLit) {
    cardOf(reference)?.toggleAttribute("data-lit", isLit);
  }

  showCard(reference) {
    if (this.redrawing) return;
    cardOf(reference)?.scrollIntoView({ block: "nearest" });
  }
}

document.addEventListener("map:ready", ({ target, detail: { map } }) => {
  if (target.dataset.map !== "catalogue") return;
  const sites = new Sites(map);
  const list = document.getElementById("list");
  const item = (event) => event.target.closest?.("[data-longitude]");
  for (const [type, isLit] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    list.addEventListener(type, (event) => item(event) && sites.light(item(event), isLit));
  }
  document.addEventListener("search:changed", () => sites.ask());
  target.addEventListener("map:shown", () => sites.ask());
  sites.ask();
});
