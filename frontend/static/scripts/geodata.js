// How much is ticked in the list of a file's areas, told as it changes.

const form = document.getElementById("choose");
const told = document.querySelector("[data-chosen-area]");

form?.addEventListener("change", () => {
  const ticked = [...form.querySelectorAll("[data-area]:has(:checked)")];
  const hectares = ticked.reduce((sum, { dataset }) => sum + Number(dataset.areaHa), 0);
  const words = hectares.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  told.textContent = ticked.length
    ? told.dataset.words.replace("{area}", words).replace(" ha", "\u00a0ha")
    : "";
});
