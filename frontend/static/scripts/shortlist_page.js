// The page of the shortlist: the server draws the sites, `shortlist.js` knows which and what was noted.

{
  const holder = document.querySelector("[data-shortlist-items]");
  const empty = document.querySelector("[data-shortlist-empty]");

  async function draw() {
    const { references, sites } = shortlist;
    empty.hidden = references.length > 0;
    if (!references.length) {
      holder.replaceChildren();
      return;
    }
    const query = new URLSearchParams(references.map((one) => ["reference", one]));
    const answer = await fetch(`?${query}`, { headers: { "X-Part": "items" } }).catch(() => null);
    if (!answer?.ok) {
      holder.textContent = holder.dataset.away;
      return;
    }
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    holder.replaceChildren(...drawn.body.childNodes);
    for (const { reference, note } of sites) {
      const area = holder.querySelector(`[data-note="${CSS.escape(reference)}"]`);
      if (area) area.value = note ?? "";
    }
    ends();
  }

  // The first cannot go up, nor the last down.
  function ends() {
    const list = items();
    for (const [place, item] of list.entries()) {
      item.querySelector("[data-move=up]").disabled = place === 0;
      item.querySelector("[data-move=down]").disabled = place === list.length - 1;
    }
  }

  const items = () => [...holder.querySelectorAll("[data-item]")];

  function move(item, way) {
    const other = way === "up" ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (way === "up") other.before(item);
    else other.after(item);
    const shown = items().map(({ dataset }) => dataset.item);
    shortlist.order([...shown, ...shortlist.references.filter((one) => !shown.includes(one))]);
    ends();
    const button = item.querySelector(`[data-move=${way}]`);
    (button.disabled ? item.querySelector("[data-move]:not(:disabled)") : button).focus();
  }

  if (holder) {
    holder.addEventListener("input", ({ target }) => {
      if (target.dataset.note) shortlist.note(target.dataset.note, target.value);
    });
    holder.addEventListener("click", async ({ target }) => {
      const item = target.closest("[data-item]");
      const moving = target.closest("[data-move]");
      if (moving) move(item, moving.dataset.move);
      if (!target.closest("[data-remove]")) return;
      shortlist.toggle(item.dataset.item);
      await draw();
      document.getElementById("main").focus();
    });
    draw();
  }
}
