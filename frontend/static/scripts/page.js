// What every page does with script: focus, the step one is at, copying, printing, and the token of
// htmx requests. Everything works without it.

document.querySelector("[data-focus]")?.focus();

// On a phone the steps of a form are a row wider than the screen.
{
  const step = document.querySelector(".steps [aria-current=step]");
  const steps = step?.closest(".steps");
  if (steps) steps.scrollLeft = step.offsetLeft - (steps.clientWidth - step.offsetWidth) / 2;
}

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

// A file that is too large is refused before it is sent.
document.addEventListener("change", ({ target }) => {
  const most = Number(target.dataset.mostMb);
  if (!most) return;
  const isLarge = [...target.files].some(({ size }) => size > most * 1_000_000);
  target.setCustomValidity(isLarge ? target.dataset.tooLarge : "");
  target.reportValidity();
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRF-Token"] = document.querySelector("meta[name=csrf-token]").content;
});
