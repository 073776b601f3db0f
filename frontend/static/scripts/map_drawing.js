// Drawing an outline: what stands on the map is kept, as GeoJSON, in the form control named by
// `data-field`. What changes in that control is drawn again: typed text (`input`) is also brought
// into view, a step back or forth (`outline:set`) is not. While something is being drawn or
// dragged, `outline:passing` tells the polygons as they stand.

document.addEventListener("map:ready", ({ target, detail: { map } }) => {
  if (target.dataset.map !== "drawing") return;
  const field = document.getElementById(target.dataset.field);
  const drawn = L.featureGroup().addTo(map);
  const SNAPPED_AREAS = ["municipalities", "water", "protected_area"];

  map.pm.setLang(document.documentElement.lang);
  map.pm.setGlobalOptions({ allowSelfIntersection: false, snapDistance: 12, layerGroup: drawn });
  map.pm.setPathOptions({ className: "map-outline" });

  // What the map lies on is neither edited, cut nor removed. Borders of neighbours, water and the
  // like are snapped to; roads and lines are drawn too roughly for that.
  const shield = (layer) => {
    if (!(layer instanceof L.Path) || layer._pmTempLayer || drawn.hasLayer(layer)) return;
    layer.options.pmIgnore = true;
    const pane = layer.options.pane ?? "";
    layer.options.snapIgnore = !(
      layer.options.className?.includes("map-neighbour") ||
      layer.options.className?.includes("map-limit") ||
      SNAPPED_AREAS.some((name) => pane === `backdrop-${name}`)
    );
  };
  map.eachLayer((layer) => {
    shield(layer);
    nameNeighbour(layer);
  });
  map.on("layeradd", ({ layer }) => shield(layer));

  function nameNeighbour(layer) {
    const name = layer.feature?.properties?.neighbour;
    if (!name) return;
    const words = document.createElement("span");
    words.textContent = name;
    layer.bindTooltip(words, { sticky: true });
  }

  function polygons() {
    const shapes = drawn
      .getLayers()
      .filter((layer) => layer instanceof L.Polygon)
      .map((layer) => layer.toGeoJSON(7).geometry);
    return shapes.flatMap(({ type, coordinates }) =>
      type === "MultiPolygon" ? coordinates : [coordinates],
    );
  }

  function keep() {
    const found = polygons();
    const [only] = found;
    field.value = !found.length
      ? ""
      : JSON.stringify(
          found.length === 1
            ? { type: "Polygon", coordinates: only }
            : { type: "MultiPolygon", coordinates: found },
        );
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const pass = (found) =>
    field.dispatchEvent(new CustomEvent("outline:passing", { detail: { polygons: found } }));

  function add(coordinates) {
    const made = L.geoJSON({ type: "Polygon", coordinates }, { className: "map-outline" });
    made.eachLayer((layer) => follow(drawn.addLayer(layer) && layer));
  }

  function follow(layer) {
    layer.options.pmIgnore = false;
    layer.on("pm:edit pm:dragend", keep);
    layer.on("pm:markerdrag", () => pass(polygons()));
  }

  function draw(found) {
    const isEditing = map.pm.globalEditModeEnabled();
    if (isEditing) map.pm.disableGlobalEditMode();
    drawn.clearLayers();
    for (const coordinates of found) add(coordinates);
    if (isEditing) map.pm.enableGlobalEditMode();
  }

  map.on("pm:drawstart", ({ shape, workingLayer }) => {
    if (shape !== "Polygon") return;
    workingLayer.on("pm:vertexadded", () => {
      const ring = workingLayer.getLatLngs().map(({ lng, lat }) => [lng, lat]);
      if (ring.length > 2) pass([...polygons(), [ring]]);
    });
  });
  map.on("pm:drawend", () => pass(polygons()));
  map.on("pm:create", ({ layer }) => {
    drawn.addLayer(layer);
    follow(layer);
    keep();
  });
  // A cut puts one new layer, or a group of them, in the place of the old one.
  map.on("pm:cut", ({ layer, originalLayer }) => {
    const left = layer.getLayers?.() ?? [layer];
    const shapes = left.map((one) => one.toGeoJSON(7).geometry);
    for (const gone of [originalLayer, layer, ...left]) drawn.removeLayer(gone.remove());
    for (const { type, coordinates } of shapes) {
      for (const one of type === "MultiPolygon" ? coordinates : [coordinates]) add(one);
    }
    keep();
  });
  map.on("pm:remove", ({ layer }) => {
    drawn.removeLayer(layer);
    keep();
  });

  field.addEventListener("input", () => {
    const found = outlineMeasures.polygonsOf(field.value);
    if (!found && field.value.trim()) return; // the server reads what this page cannot
    draw(found ?? []);
    if (found) map.fitBounds(drawn.getBounds(), { padding: [32, 32], maxZoom: 15 });
  });
  field.addEventListener("outline:set", () => draw(outlineMeasures.polygonsOf(field.value) ?? []));

  if (target.dataset.outline) draw(outlineMeasures.polygonsOf(target.dataset.outline) ?? []);
});
