// A long form that may be interrupted: it shows what matters for each answer, warns before
// something typed is lost, and keeps it in the tab. Everything works without it.

const form = document.querySelector("[data-form]");

if (form) {
  form.classList.add("scripted");
  const { place } = form.dataset;
  if (place) history.replaceState(null, "", place);
  for (const hidden of form.querySelectorAll("[data-script-only]")) hidden.hidden = false;
  followStates();
  followConditions();
  addRows();
  countCharacters();
  proposeSources();
  keepDraft();
}

// Known, unknown, not applicable: what is typed follows the state, and the other way round.
function followStates() {
  for (const field of form.querySelectorAll(".form-field")) {
    const key = field.dataset.field;
    const state = control(`${key}-state`);
    if (!state) continue;
    const value = field.querySelector(".form-value");
    show(field, state.value);
    state.addEventListener("change", () => {
      show(field, state.value);
      if (state.value === "unknown") {
        field.querySelector(".form-source").open = true;
        const askedOn = control(`${key}-asked_on`);
        // The focus stays: whoever chooses by keyboard passes this state on the way to the next.
        askedOn.value ||= today();
      }
    });
    value.addEventListener("input", () => {
      if (state.value === "") {
        state.value = "known";
        show(field, "known");
      }
      if (field.dataset.storedState === "known") askForSource(field, key);
    });
  }
}

// One letter often answers several fields: a source typed at one is proposed at the next.
function proposeSources() {
  const sources = document.getElementById("list-sources");
  if (!sources) return;
  form.addEventListener("change", ({ target }) => {
    const source = target.name?.endsWith("-source") ? target.value.trim() : "";
    const known = [...sources.options].map((option) => option.value);
    if (source && !known.includes(source)) sources.prepend(new Option("", source));
  });
}

// Whoever gave the old figure has said nothing about the new one: the source is asked for anew.
function askForSource(field, key) {
  if (field.querySelector("[data-reviewed]")) return;
  const basis = control(`${key}-basis`);
  const isOthersWord = !["estimate", "municipality"].includes(basis.value);
  if (isOthersWord) {
    basis.value = "municipality";
    control(`${key}-source`).value = "";
    field.querySelector("[data-new-value]").hidden = false;
    field.querySelector(".form-source").open = true;
  }
  control(`${key}-as_of`).value = today();
  const reviewed = document.createElement("input");
  Object.assign(reviewed, { type: "hidden", name: `${key}-reviewed`, value: "yes" });
  reviewed.dataset.reviewed = "";
  field.append(reviewed);
}

function show(field, state) {
  field.dataset.state = state;
}

// Fields that are asked for only with certain answers to others.
function followConditions() {
  const dependent = form.querySelectorAll("[data-applies-key]");
  const look = () => {
    for (const field of dependent) {
      const { appliesKey, appliesCodes } = field.dataset;
      const other = control(appliesKey);
      const answers = { yes: "true", no: "false" };
      const holds = other
        ? appliesCodes.split(" ").includes(answers[other.value] ?? other.value)
        : !("appliesNot" in field.dataset);
      field.toggleAttribute("data-applies-hidden", !holds && !field.querySelector("[data-invalid]"));
    }
  };
  form.addEventListener("change", look);
  look();
}

function addRows() {
  for (const records of form.querySelectorAll("[data-records]")) {
    const body = records.querySelector("tbody");
    const isEmpty = (row) => [...row.querySelectorAll(".input")].every((input) => !input.value);
    for (const row of [...body.rows].slice(1)) if (isEmpty(row)) row.remove();
    let next = 1000;
    records.querySelector("[data-add-row]").addEventListener("click", () => {
      addRow(records, next).querySelector(".input").focus();
      next += 1;
    });
    body.addEventListener("click", ({ target }) => {
      const row = target.closest("[data-remove-row]")?.closest("tr");
      if (!row) return;
      row.remove();
      records.querySelector("[data-add-row]").focus();
      records.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

function addRow(records, index) {
  const body = records.querySelector("tbody");
  const row = records.querySelector("template").content.firstElementChild.cloneNode(true);
  const number = body.rows.length + 1;
  for (const element of row.querySelectorAll("[name], [aria-label]")) {
    if (element.name) element.name = element.name.replace("__row__", index);
    const label = element.getAttribute("aria-label") ?? "";
    element.setAttribute("aria-label", label.replace("__number__", number));
  }
  for (const hidden of row.querySelectorAll("[data-script-only]")) hidden.hidden = false;
  body.append(row);
  return row;
}

function countCharacters() {
  for (const note of form.querySelectorAll("[data-counts]")) {
    const area = control(note.dataset.counts);
    const most = Number(area.dataset.longest);
    const count = () => {
      const words = { count: area.value.trim().length, most };
      note.textContent = note.dataset.words.replace(/{(\w+)}/g, (_, name) => words[name]);
      note.toggleAttribute("data-too-many", words.count > most);
    };
    area.addEventListener("input", count);
    count();
  }
}

// What is typed but not saved stays in the tab, through a lost session or a closed lid, and with
// the catalogue, for the same person at another desk.
function keepDraft() {
  const place = `draft ${form.dataset.form}`;
  const isRefused = "refused" in form.dataset;
  const notice = form.querySelector("[data-draft]");
  if ("wasSaved" in form.dataset) sessionStorage.removeItem(sessionStorage.getItem("sent"));
  const untouched = snapshot();
  const kept = read(place) ?? JSON.parse(notice.dataset.kept ?? "null");
  const before = isRefused && kept ? kept.before : untouched;
  const { version } = form.elements;
  if (kept && !isRefused && differences(kept).length) offer(kept, place);
  let isSending = false;
  let waiting;
  let leaving;
  let left = untouched;
  const keep = () => {
    const draft = { before, texts: snapshot(), version: version.value };
    sessionStorage.setItem(place, JSON.stringify(draft));
  };
  const leave = () => {
    clearTimeout(leaving);
    if (isSending || snapshot() === left) return;
    left = snapshot();
    send(left === untouched ? { texts: "" } : { before, texts: left });
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    clearTimeout(leaving);
    waiting = setTimeout(keep, 300);
    leaving = setTimeout(leave, 3000);
  });
  form.addEventListener("focusout", leave);
  form.addEventListener("submit", () => {
    isSending = true;
    clearTimeout(waiting);
    clearTimeout(leaving);
    keep();
    sessionStorage.setItem("sent", place);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && (isRefused || snapshot() !== untouched)) event.preventDefault();
  });
}

// Where it cannot be sent, or is too much, it is still in the tab.
async function send(draft) {
  const { csrf_token: token, version } = form.elements;
  const body = new URLSearchParams({
    csrf_token: token.value,
    version: version.value,
    place: form.dataset.form,
    ...draft,
  });
  const answer = await fetch(form.dataset.drafts, { method: "POST", body }).catch(() => null);
  const state = form.querySelector("[data-save-state]");
  // As the catalogue writes it elsewhere: by Swedish time, in Swedish with a point.
  const language = document.documentElement.lang;
  const time = new Date()
    .toLocaleTimeString(language === "en" ? "en-GB" : language, {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Europe/Stockholm",
    })
    .replace(":", language === "sv" ? "." : ":");
  state.textContent =
    answer?.ok && draft.texts ? state.dataset.words.replace("{time}", time) : "";
}

function offer(kept, place) {
  const notice = form.querySelector("[data-draft]");
  notice.hidden = false;
  notice.querySelector("[data-draft-restore]").addEventListener("click", () => {
    // On top of what it was made from, so that what others saved since is merged and not undone.
    if (kept.version) form.elements.version.value = kept.version;
    restore(kept);
    notice.hidden = true;
  });
  notice.querySelector("[data-draft-drop]").addEventListener("click", () => {
    sessionStorage.removeItem(place);
    send({ texts: "" });
    notice.hidden = true;
  });
}

// The names of the controls that the person changed, so that nobody else's newer value is undone.
function differences(kept) {
  const [before, texts, now] = [kept.before, kept.texts, snapshot()].map(
    (some) => new URLSearchParams(some),
  );
  const names = new Set([...before.keys(), ...texts.keys()]);
  const said = (some, name) => some.getAll(name).join("\n");
  return [...names].filter(
    (name) => said(texts, name) !== said(before, name) && said(texts, name) !== said(now, name),
  );
}

function restore(kept) {
  const texts = new URLSearchParams(kept.texts);
  for (const name of differences(kept)) {
    const [, key, index] = name.match(/^(\w+)-(\d+)-/) ?? [];
    const records = key && form.querySelector(`[data-records="${key}"]`);
    if (records && !form.elements.namedItem(name)) addRow(records, index);
    const ticks = form.querySelectorAll(`input[type="checkbox"][name="${name}"]`);
    for (const tick of ticks) tick.checked = texts.getAll(name).includes(tick.value);
    const input = form.querySelector(`.input[name="${name}"]`);
    if (input && !ticks.length) input.value = texts.get(name) ?? "";
  }
  for (const field of form.querySelectorAll(".form-field")) {
    const state = control(`${field.dataset.field}-state`);
    if (state) show(field, state.value);
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function snapshot() {
  const texts = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (!["csrf_token", "version", "keys"].includes(name) && typeof value === "string") {
      texts.append(name, value);
    }
  }
  return texts.toString();
}

function read(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place));
  } catch {
    return null;
  }
}

function control(name) {
  return document.getElementById(name);
}

// The day it is where the catalogue is kept, which is what it compares dates with.
function today() {
  return form.dataset.today;
}
