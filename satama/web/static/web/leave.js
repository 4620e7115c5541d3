// Leave a page quickly: by its button, or with Escape twice. The page's place in the history is taken
// by the home page, an open folder is closed, and what stands here is gone at once (decision 0022).
(() => {
  const way = document.querySelector("[data-leave]");
  if (!way) return;

  const leave = () => {
    document.title = location.host;
    document.body.replaceChildren();
    if (way.action) navigator.sendBeacon(way.action);
    location.replace(way.dataset.leave);
  };

  way.addEventListener(way.action ? "submit" : "click", (event) => {
    event.preventDefault();
    leave();
  });

  let pressed = 0;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    if (now - pressed < 1500) leave();
    pressed = now;
  });

  // A page that the browser brings back from memory is asked for anew.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
