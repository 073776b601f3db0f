// A map is made when it is about to be seen. Its files are a third of what a page weighs and take
// longer to read than all else, so the page comes first.

const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 100));

function whenSeen(container) {
  return new Promise((done) => {
    let isNear = false;
    const look = () => {
      if (!isNear || !container.checkVisibility({ visibilityProperty: true })) return;
      watch.disconnect();
      window.removeEventListener("resize", look);
      done();
    };
    const watch = new IntersectionObserver(
      (entries) => {
        isNear = entries.at(-1).isIntersecting;
        look();
      },
      { rootMargin: "25%" },
    );
    watch.observe(container);
    container.addEventListener("map:shown", look);
    window.addEventListener("resize", look);
  });
}

function linked(rel, href, more) {
  const link = Object.assign(document.createElement("link"), { rel, href, ...more });
  document.head.append(link);
  return link;
}

// What may be needed later, once the page is there and has nothing else to do.
function fetchAhead(files) {
  const fetchAll = () => {
    for (const [as, addresses] of Object.entries(files)) {
      for (const href of addresses) linked("prefetch", href, { as });
    }
  };
  if (document.readyState === "complete") whenIdle(fetchAll);
  else window.addEventListener("load", () => whenIdle(fetchAll));
}

function script(src) {
  const made = Object.assign(document.createElement("script"), { src, async: false });
  document.head.append(made);
  return made;
}

const there = (element) =>
  new Promise((done, failed) => {
    element.addEventListener("load", done);
    element.addEventListener("error", failed);
  });

// Scripts are fetched together and run in their order.
async function mapFiles(container, { scripts, styles }) {
  fetchAhead({ style: styles, script: scripts });
  await whenSeen(container);
  const files = [...styles.map((file) => linked("stylesheet", file)), ...scripts.map(script)];
  await Promise.all(files.map(there));
}
