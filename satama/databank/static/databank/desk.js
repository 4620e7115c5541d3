// Ctrl+S saves; Ctrl+Enter saves and marks as checked; Alt+Page Up and Down lead through the list.
// The facts and links of the source are put in at the cursor. Leaving with unsaved words asks first.
(() => {
  const form = document.querySelector("[data-desk]");
  if (!form) return;
  let changed = "unsaved" in form.dataset;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  addEventListener("keydown", (event) => {
    if (event.altKey && !event.ctrlKey) {
      const link = form.querySelector(`a[data-key="${event.key}"]`);
      if (!link) return;
      event.preventDefault();
      return link.click();
    }
    if (!(event.ctrlKey || event.metaKey)) return;
    const name = event.key === "Enter" ? "checked" : event.key.toLowerCase() === "s" ? "save" : "";
    if (!name) return;
    event.preventDefault();
    form.requestSubmit(form.elements[name]);
  });
  for (const group of form.querySelectorAll("[data-into]")) {
    const field = document.getElementById(group.dataset.into);
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const token = event.target.closest("button")?.textContent;
      if (!token) return;
      const { selectionStart: start, selectionEnd: end } = field;
      const words = field.value.slice(start, end);
      // A link is put around the words that are chosen.
      field.setRangeText(token.startsWith("(") ? `[${words}]${token}` : token, start, end, "end");
      if (token.startsWith("(") && !words) field.setSelectionRange(start + 1, start + 1);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
})();
