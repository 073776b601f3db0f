// htmx is fetched once the page is there and started by the first thing that somebody does: on a phone
// that takes longer than all other scripts together, and a page that is only read needs none of it.
// What is done while it starts waits for it; where it does not come, it is done as without script.

const { nonce, dataset: { htmx: htmxFile } } = document.currentScript;
const SIGNS = ["pointerdown", "keydown", "focusin", "input", "click"];
let act = () => {};

// Heard last of all, so that what search.js keeps from htmx is kept from it here too.
function choose({ target }) {
  act = () => target.dispatchEvent(new Event("input", { bubbles: true }));
}

function follow(event) {
  const link = event.target.closest("[hx-boost] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  act = () => link.click();
}

// A view that htmx put into the history, on a page that was loaded anew since.
function goBack({ state }) {
  if (state?.htmx) location.reload();
}

function start() {
  for (const sign of SIGNS) removeEventListener(sign, start, true);
  // Before the page is complete htmx would wait for an event that has been.
  if (document.readyState === "complete") fetchIt();
  else addEventListener("load", fetchIt, { once: true });
}

function fetchIt() {
  const script = document.createElement("script");
  script.src = htmxFile;
  script.nonce = nonce;
  script.addEventListener("load", begin);
  script.addEventListener("error", begin);
  document.head.append(script);
}

function begin() {
  removeEventListener("input", choose);
  removeEventListener("click", follow, true);
  removeEventListener("popstate", goBack);
  act();
}

addEventListener("input", choose);
addEventListener("click", follow, true);
addEventListener("popstate", goBack);
for (const sign of SIGNS) addEventListener(sign, start, true);
fetchAhead({ script: [htmxFile] });
