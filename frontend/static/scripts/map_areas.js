// The areas of an uploaded file on the map: each names itself, and a click ticks it in the list.

document.addEventListener("map:ready", ({ target, detail: { map } }) => {
  if (target.dataset.map !== "areas") return;
  const boxOf = (number) => document.querySelector(`[data-area="${number}"] input`);

  map.eachLayer((layer) => {
    const { area, name } = layer.feature?.properties ?? {};
    const box = area && boxOf(area);
    if (!box) return;
    const words = document.createElement("span");
    words.textContent = name;
    layer.bindTooltip(words, { sticky: true });
    const row = box.closest("[data-area]");
    const light = (isLit) => {
      layer.getElement()?.toggleAttribute("data-lit", isLit);
      row.toggleAttribute("data-lit", isLit);
    };
    const show = () => layer.getElement()?.toggleAttribute("data-chosen", box.checked);

    layer.on("click", () => box.click());
    layer.on("mouseover", () => light(true)).on("mouseout", () => light(false));
    row.addEventListener("mouseenter", () => light(true));
    row.addEventListener("mouseleave", () => light(false));
    box.addEventListener("focus", () => light(true));
    box.addEventListener("blur", () => light(false));
    box.addEventListener("change", show);
    show();
  });
});
