// Ctrl+S saves; Ctrl+Enter saves and marks as checked. Leaving with unsaved words asks first.
(() => {
  const form = document.querySelector("[data-desk]");
  if (!form) return;
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const name = event.key === "Enter" ? "checked" : event.key.toLowerCase() === "s" ? "save" : "";
    if (!name) return;
    event.preventDefault();
    form.requestSubmit(form.elements[name]);
  });
})();
