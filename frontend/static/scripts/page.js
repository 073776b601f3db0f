// What every page does with script: focus, copying, printing, and the token of htmx requests.
// Everything works without it.

document.querySelector("[data-focus]")?.focus();

document.addEventListener("click", async ({ target }) => {
  if (target.closest("[data-print]")) {
    window.print();
  }
  const copying = target.closest("[data-copy]");
  if (copying) {
    await navigator.clipboard.writeText(copying.dataset.copy || location.href);
    document.getElementById(copying.getAttribute("aria-describedby"))?.removeAttribute("hidden");
  }
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submits]")) {
    target.form.requestSubmit();
  }
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRF-Token"] = document.querySelector("meta[name=csrf-token]").content;
});
