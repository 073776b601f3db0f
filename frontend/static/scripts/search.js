// The search page with script: answers come in place, the map follows, and a phone switches between
// list and map. Without script the same form and links load the page anew.

const body = document.body;
const isAnswer = ({ detail }) => detail.target?.id === "list";

function changed() {
  for (const link of document.querySelectorAll(".site-header a[hreflang]")) {
    link.search = location.search;
  }
  document.dispatchEvent(new CustomEvent("search:changed"));
}

// The conditions used less are a text that only a browser without script reads, until they are needed.
function unpack() {
  const packed = document.querySelector(".search-more > noscript");
  if (packed) packed.outerHTML = packed.innerHTML;
}
document.addEventListener("toggle", ({ target }) => target.matches(".search-more") && unpack(), true);
// Somebody may have been quicker than this script.
if (document.querySelector(".search-more[open]")) unpack();

// What stands beside the conditions is renewed; the fields themselves are left as they are typed.
function retell() {
  unpack();
  for (const fresh of document.getElementById("tallies").content.children) {
    for (const stale of document.querySelectorAll(`#filter-groups [data-tally="${fresh.dataset.tally}"]`)) {
      if (stale.localName === "option") stale.text = stale.text.replace(/ \([^()]*\)$/, "") + fresh.textContent;
      else stale.replaceChildren(...fresh.cloneNode(true).childNodes);
    }
  }
}

body.addEventListener("htmx:afterSettle", (event) => {
  if (!isAnswer(event)) return;
  retell();
  document.querySelector(".search-results").scrollTop = 0;
  // A chip or link that was followed is gone; the count says what came of it.
  if (document.activeElement === body) document.getElementById("count").focus({ preventScroll: true });
  changed();
});
body.addEventListener("htmx:historyRestore", changed);
body.addEventListener("htmx:historyCacheMissLoad", changed);

// What the server refuses is shown as it shows it: the page with the error at its field.
body.addEventListener("htmx:responseError", ({ detail }) => {
  location.assign(detail.pathInfo.finalRequestPath);
});

// Empty fields say nothing, so they are not sent.
body.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const name of new Set(detail.formData.keys())) {
    const filled = detail.formData.getAll(name).filter((text) => text.trim());
    detail.formData.delete(name);
    for (const text of filled) detail.formData.append(name, text);
  }
});

// The name of a place and an area mean something only once they are whole.
const WHOLE = "#near_place, #within";
document.addEventListener(
  "input",
  (event) => {
    if (event.isTrusted && event.target.matches(WHOLE)) event.stopPropagation();
  },
  true,
);
document.addEventListener("change", ({ target }) => {
  if (target.matches(WHOLE)) target.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".search-switch [data-view]");
  if (!button) return;
  body.dataset.view = button.dataset.view;
  for (const each of document.querySelectorAll(".search-switch [data-view]")) {
    each.setAttribute("aria-pressed", each === button);
  }
  if (button.dataset.view === "map") {
    document.querySelector("[data-map]").dispatchEvent(new CustomEvent("map:shown"));
  }
});

// In the sheet the button only closes it: the answer is already there.
// A phone makes its map when somebody looks at it: what is to be chosen there waits for that.
const mapThere = new Promise((done) =>
  document.addEventListener("map:ready", ({ target }) => target.dataset.map === "catalogue" && done()),
);

function offerPicks() {
  for (const hidden of document.querySelectorAll("[data-pick][hidden], [data-picks][hidden]")) {
    hidden.hidden = false;
  }
}
offerPicks();
document.addEventListener("toggle", offerPicks, true);
document.addEventListener("search:changed", offerPicks);

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-pick]");
  if (!button) return;
  const sheet = button.closest("#filter");
  if (sheet.matches(":popover-open")) sheet.hidePopover();
  document.querySelector('.search-switch [data-view="map"]')?.click();
  await mapThere;
  document.dispatchEvent(new CustomEvent("map:pick", { detail: button.dataset.pick }));
});

document.addEventListener("submit", ({ target }) => {
  const sheet = target.closest("#filter");
  if (sheet?.matches(":popover-open")) sheet.hidePopover();
});

// A menu closes when something else is chosen or Escape is pressed.
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".search-menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
});
document.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && document.querySelector(".search-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Among the conditions used less, those whose name or group matches what is typed are shown.
const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

function prepareFinding() {
  const holder = document.querySelector("[data-find]");
  if (!holder?.hidden) return;
  holder.hidden = false;
  const field = holder.querySelector("input");
  field.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no part of the search
    findConditions(holder, folded(field.value.trim()));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

function findConditions(holder, wanted) {
  let found = 0;
  for (const group of holder.parentElement.querySelectorAll(".search-group")) {
    const isWhole = folded(group.querySelector("summary").textContent).includes(wanted);
    let shown = 0;
    for (const control of group.querySelectorAll(".search-control")) {
      const name = control.querySelector("legend, label")?.textContent ?? "";
      control.hidden = !isWhole && !folded(name).includes(wanted);
      shown += !control.hidden;
    }
    group.hidden = !shown;
    group.open = Boolean(wanted) && Boolean(shown);
    found += shown;
  }
  const status = holder.querySelector("[role=status]");
  status.textContent = found ? "" : status.dataset.nothing;
}

prepareFinding();
body.addEventListener("htmx:afterSettle", prepareFinding);
