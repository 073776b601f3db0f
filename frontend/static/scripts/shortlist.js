// The shortlist with its notes, and the sites chosen to be compared. Both are kept in this browser
// alone; the first stays, the second ends with the tab. Without script the buttons lead to pages.

const MOST_LISTED = 40;

class Kept {
  constructor(storage, key, most) {
    this.storage = storage;
    this.key = key;
    this.most = most;
  }

  // What somebody else wrote under the key is not trusted to be a list of sites.
  get sites() {
    try {
      const found = JSON.parse(this.storage.getItem(this.key) ?? "[]");
      return Array.isArray(found) ? found.filter((one) => typeof one?.reference === "string") : [];
    } catch {
      return [];
    }
  }

  set sites(sites) {
    try {
      this.storage.setItem(this.key, JSON.stringify(sites.slice(0, this.most)));
    } catch {
      // A browser may refuse to keep anything; the buttons then lead to the pages instead.
    }
    showChosen();
  }

  get references() {
    return this.sites.map(({ reference }) => reference);
  }

  has(reference) {
    return this.references.includes(reference);
  }

  toggle(reference) {
    const { sites } = this;
    if (this.has(reference)) this.sites = sites.filter((one) => one.reference !== reference);
    else this.sites = [...sites, { reference, note: "" }];
  }

  note(reference, note) {
    this.sites = this.sites.map((one) => (one.reference === reference ? { reference, note } : one));
  }

  order(references) {
    const { sites } = this;
    this.sites = references.map((reference) => sites.find((one) => one.reference === reference));
  }
}

const shortlist = new Kept(localStorage, "sitefinder.shortlist", MOST_LISTED);
const compared = new Kept(sessionStorage, "sitefinder.compared", 6);
const chosenLists = { shortlist, compare: compared };

function showChosen(root = document) {
  for (const [name, { references }] of Object.entries(chosenLists)) {
    for (const button of root.querySelectorAll(`[data-${name}]`)) {
      button.setAttribute("aria-pressed", references.includes(button.dataset[name]));
    }
  }
  const count = shortlist.sites.length;
  for (const place of document.querySelectorAll("[data-shortlist-count]")) {
    place.textContent = count ? ` (${count})` : "";
  }
  showTray();
}

function showTray() {
  const tray = document.querySelector("[data-compare-tray]");
  if (!tray) return;
  const { references } = compared;
  const { one, several, full, most } = tray.dataset;
  const words = references.length === 1 ? one : references.length < most ? several : full;
  tray.hidden = !references.length;
  tray.querySelector("p").textContent = words.replace("{n}", references.length);
  tray.querySelector("a").search = new URLSearchParams(references.map((each) => ["reference", each]));
}

document.addEventListener("click", (event) => {
  for (const [name, list] of Object.entries(chosenLists)) {
    const button = event.target.closest(`button[data-${name}]`);
    if (!button) continue;
    const reference = button.dataset[name];
    const isOn = list.has(reference);
    list.toggle(reference);
    // Where nothing could be kept, the form is sent.
    if (list.has(reference) !== isOn || list.references.length >= list.most) event.preventDefault();
  }
  if (event.target.closest("[data-compare-clear]")) compared.sites = [];
});

// Coming back from a comparison, one goes on from what was compared.
{
  const heads = [...document.querySelectorAll(".compare-table thead [data-reference]")];
  if (heads.length) {
    compared.sites = heads.map(({ dataset: { reference } }) => ({ reference, note: "" }));
  }
}

document.addEventListener("htmx:afterSettle", () => showChosen());
document.addEventListener("sites:shown", ({ detail }) => showChosen(detail));
window.addEventListener("storage", ({ key }) => key === shortlist.key && showChosen());
window.addEventListener("pageshow", ({ persisted }) => persisted && showChosen());
showChosen();
