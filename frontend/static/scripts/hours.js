// The month's sum as hours are typed, and one sending for two clicks. Without script, the page shows
// what is entered, and the server asks when a form comes twice.

const form = document.querySelector("[data-hours-form]");

for (const shown of document.querySelectorAll("[data-hidden-by-script]")) shown.hidden = true;

if (form) {
  const sum = form.querySelector("[data-hours-sum]");
  const written = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const typed = (field) => Number(field.value.trim().replace(",", ".")) || 0;

  const add = () => {
    const fields = [...form.querySelectorAll("[data-hours]")];
    const total = fields.reduce((before, field) => before + typed(field), Number(form.dataset.there));
    sum.textContent = written.format(total);
    sum.toggleAttribute("data-reached", total >= Number(form.dataset.target));
  };

  form.addEventListener("input", add);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
  add();
}
