// Drawing an outline: what stands on the map is kept, as GeoJSON, in the form control named by
// `data-field`. Typing in that control draws it again.

document.addEventListener("map:ready", ({ target, detail: { map } }) => {
  if (target.dataset.map !== "drawing") return;
  const field = document.getElementById(target.dataset.field);
  const drawn = L.featureGroup().addTo(map);

  map.pm.setLang(document.documentElement.lang);
  map.pm.setGlobalOptions({ allowSelfIntersection: false, snapDistance: 12, layerGroup: drawn });
  map.pm.setPathOptions({ className: "map-outline" });

  // What the map lies on is neither edited, cut nor removed.
  const shield = (layer) => {
    const isOurs = layer._pmTempLayer || drawn.hasLayer(layer);
    if (layer instanceof L.Path && !isOurs) layer.options.pmIgnore = true;
  };
  map.eachLayer(shield);
  map.on("layeradd", ({ layer }) => shield(layer));

  const parts = () => drawn.getLayers().filter((layer) => layer instanceof L.Polygon);

  function outline() {
    const shapes = parts().map((layer) => layer.toGeoJSON(6).geometry);
    if (!shapes.length) return "";
    const coordinates = shapes.flatMap((shape) =>
      shape.type === "MultiPolygon" ? shape.coordinates : [shape.coordinates],
    );
    return JSON.stringify(
      coordinates.length === 1
        ? { type: "Polygon", coordinates: coordinates[0] }
        : { type: "MultiPolygon", coordinates },
    );
  }

  function keep() {
    field.value = outline();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function follow(layer) {
    layer.options.pmIgnore = false;
    layer.on("pm:edit pm:dragend", keep);
  }

  function draw(geometry) {
    drawn.clearLayers();
    const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
    for (const coordinates of polygons) {
      const part = L.geoJSON({ type: "Polygon", coordinates }, { className: "map-outline" });
      for (const layer of part.getLayers()) follow(drawn.addLayer(layer) && layer);
    }
  }

  map.on("pm:create", ({ layer }) => {
    drawn.addLayer(layer);
    follow(layer);
    keep();
  });
  map.on("pm:cut", ({ layer, originalLayer }) => {
    drawn.removeLayer(originalLayer);
    drawn.addLayer(layer);
    follow(layer);
    keep();
  });
  map.on("pm:remove", ({ layer }) => {
    drawn.removeLayer(layer);
    keep();
  });

  // Cutting a hole puts new layers in the place of the old one.
  map.on("pm:cut", ({ layer, originalLayer }) => {
    drawn.removeLayer(originalLayer);
    for (const part of layer.getLayers?.() ?? [layer]) {
      drawn.addLayer(part);
      follow(part);
    }
    keep();
  });

  field.addEventListener("input", () => {
    try {
      draw(JSON.parse(field.value));
      map.fitBounds(drawn.getBounds(), { padding: [32, 32], maxZoom: 15 });
    } catch {
      // Half-typed GeoJSON: the server says what is wrong with it when the form is sent.
    }
  });

  if (target.dataset.outline) draw(JSON.parse(target.dataset.outline));
});
