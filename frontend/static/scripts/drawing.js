// Beside the map on which an outline is drawn: its size as it changes, steps back and forth, names
// of the map's tools. What stands in the text control is what gets saved.

const text = document.querySelector(".drawing-text textarea");
const shown = document.querySelector("[data-drawn-area]");
const note = document.querySelector("[data-drawn-note]");
const words = JSON.parse(shown.dataset.words);
const undo = document.querySelector("[data-undo]");
const redo = document.querySelector("[data-redo]");

// Every outline so far, drawn or typed, and which of them stands there now.
const steps = [text.value];
let here = 0;

text.addEventListener("input", changed);
text.addEventListener("change", changed);
text.addEventListener("outline:passing", ({ detail }) => tell(detail.polygons));
undo.addEventListener("click", () => step(-1));
redo.addEventListener("click", () => step(1));
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select");
  if (isTyping || !(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  step(key === "y" || event.shiftKey ? 1 : -1);
});

document.addEventListener("map:ready", ({ target }) => {
  const names = JSON.parse(document.querySelector("[data-tools]").dataset.tools);
  for (const [name, word] of Object.entries(names)) {
    const tool = target.querySelector(`.leaflet-pm-icon-${name}`)?.closest(".button-container");
    if (!tool) continue;
    tool.title = word;
    tool.querySelector(".leaflet-buttons-control-button").setAttribute("aria-label", word);
  }
});

function changed() {
  if (text.value !== steps[here]) {
    steps.splice(here + 1, steps.length, text.value);
    here += 1;
  }
  show();
}

function step(by) {
  if (steps[here + by] === undefined) return;
  here += by;
  text.value = steps[here];
  text.dispatchEvent(new CustomEvent("outline:set"));
  show();
}

function show() {
  undo.disabled = here === 0;
  redo.disabled = here === steps.length - 1;
  const polygons = outlineMeasures.polygonsOf(text.value);
  if (polygons) tell(polygons);
  else shown.textContent = text.value.trim() ? words.unread : words.empty;
}

function tell(polygons) {
  const { hectares, holesHa, holes, parts } = outlineMeasures.measured(polygons);
  const said = [words.area.replace("{area}", hectaresIn(hectares))];
  if (parts > 1) said.push(words.parts.replace("{n}", parts));
  if (holes) {
    const counted = holes > 1 ? words.holes : words.hole;
    said.push(counted.replace("{n}", holes).replace("{area}", hectaresIn(holesHa)));
  }
  shown.textContent = polygons.length ? said.join(" · ") : words.empty;
  const net = Number(shown.dataset.net);
  note.textContent = net && polygons.length && hectares < net - 0.05 ? words.netTooLarge : "";
}

function hectaresIn(number) {
  const language = document.documentElement.lang;
  return `${number.toLocaleString(language, { maximumFractionDigits: 1 })}\u00a0ha`;
}
