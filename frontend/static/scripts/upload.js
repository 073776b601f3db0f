// Files are sent one by one with a bar each, chosen or dropped. Without script the form sends them
// all at once.

const form = document.querySelector("[data-upload]");
const described = document.querySelector("[data-described]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".upload-drop");
  const words = JSON.parse(form.dataset.words);
  const state = form.querySelector("[data-upload-state]");
  let isTyped = false;

  described?.addEventListener("input", () => {
    isTyped = true;
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    sendAll([...input.files]);
  });
  input.addEventListener("change", () => {
    if (input.files.length) form.requestSubmit();
  });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.dataset.over = "";
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => delete drop.dataset.over);
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) sendAll([...event.dataTransfer.files]);
  });

  async function sendAll(files) {
    const list = form.querySelector("[data-uploads]");
    list.hidden = false;
    const rows = files.map((file) => row(list, file));
    let done = 0;
    for (const [number, file] of files.entries()) {
      const failure = await send(file, rows[number]);
      if (failure) tell(rows[number], failure);
      else done += 1;
      state.textContent = filled(words.all, { done, count: files.length });
    }
    input.value = "";
    const onward = `${form.dataset.onward}&saved=kept-${done}`;
    if (done === files.length) leave(onward);
    else if (done) offer(onward);
  }

  // What was typed about other files meanwhile is saved on the way.
  function leave(address) {
    if (isTyped) described.requestSubmit();
    else location.assign(address);
  }

  function offer(address) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "ds-button", textContent: words.show });
    button.dataset.variant = "secondary";
    button.addEventListener("click", () => leave(address));
    state.append(button);
  }

  function row(list, file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    Object.assign(bar, { max: 1, value: 0 });
    bar.setAttribute("aria-label", file.name);
    item.append(name, bar);
    list.append(item);
    return item;
  }

  function tell(item, failure) {
    item.querySelector("progress").remove();
    const text = document.createElement("span");
    text.dataset.failed = "";
    text.setAttribute("role", "alert");
    text.textContent = failure;
    item.append(text);
  }

  // What went wrong, in words; empty when the file was taken.
  function send(file, item) {
    const limit = Number(form.dataset.limitMb);
    if (file.size > limit * 1_000_000) return Promise.resolve(filled(words.large, { limit }));
    const bar = item.querySelector("progress");
    const body = new FormData();
    body.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.upload);
    request.responseType = "json";
    request.setRequestHeader("X-CSRF-Token", form.elements.csrf_token.value);
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    return new Promise((resolve) => {
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        bar.value = loaded / total;
      });
      request.upload.addEventListener("load", () => {
        // Sent, and now being looked at: how long that takes is not known.
        bar.removeAttribute("value");
      });
      request.addEventListener("load", () => {
        bar.value = 1;
        resolve(request.status === 201 ? "" : (request.response?.detail ?? words.lost));
      });
      request.addEventListener("error", () => resolve(words.lost));
      request.send(body);
    });
  }

  function filled(text, values) {
    return text.replace(/{(\w+)}/g, (_, name) => values[name]);
  }
}
