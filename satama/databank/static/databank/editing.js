// Forms in Wagtail: facts and links from a dialog, facts of selected words, what facts say today,
// fields that a kind has no use for, long lists to tick, previews on a day.
(() => {
  document.documentElement.classList.add("with-script");
  const byId = (id) => document.getElementById(id);
  const region = () => byId("id_region")?.value || "";
  const ask = (url, options = {}) =>
    fetch(url, { credentials: "same-origin", ...options, headers: { "X-Requested-With": "XMLHttpRequest" } });
  const within = (url, query) => `${url}?${new URLSearchParams(query)}`;
  const later = (act, wait) => { let timer; return (...all) => { clearTimeout(timer); timer = setTimeout(() => act(...all), wait); }; };

  // The dialog: one for all; `target` is the field that it writes into.
  let dialog, target, address;
  const show = (html) => {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "pick";
      dialog.setAttribute("aria-labelledby", "pick-title");
      document.body.append(dialog);
    }
    dialog.innerHTML = html;
    if (!dialog.open) dialog.showModal();
    (dialog.querySelector("[aria-invalid=true]") || dialog.querySelector("input, select, textarea, button"))?.focus();
  };
  const said = async (answer) => answer.ok || answer.status === 422 ? answer.text()
    : `<h2 id="pick-title">${answer.status}</h2><form method="dialog"><button class="button">OK</button></form>`;
  const choose = async (button) => {
    target = byId(button.dataset.for);
    address = button.dataset.choose;
    show(await said(await ask(within(address, { region: region() }))));
  };
  const find = later(async (words) => {
    const part = document.createElement("template");
    part.innerHTML = await (await ask(within(address, { region: region(), q: words }))).text();
    if (byId("pick-q")?.value !== words) return;
    for (const name of ["[data-results]", "[data-found]"]) dialog.querySelector(name).replaceWith(part.content.querySelector(name));
  }, 200);
  const changed = (field) => ["input", "change"].forEach((kind) => field.dispatchEvent(new Event(kind, { bubbles: true })));
  const write = (words) => {
    dialog.close();
    target.focus();
    if (target.tagName === "TEXTAREA") target.setRangeText(words, target.selectionStart, target.selectionEnd, "end");
    else target.value = words;
    changed(target);
  };
  const pick = ({ dataset }) => {
    if (target.tagName !== "TEXTAREA") return write(dataset.key);
    const selected = target.value.slice(target.selectionStart, target.selectionEnd).replace(/[[\]\n]/g, "");
    if (!dataset.link) target.setSelectionRange(target.selectionEnd, target.selectionEnd);
    write(dataset.link && selected ? `[${selected}](entry:${dataset.link})` : dataset.write);
  };

  // A fact of what is selected.
  const post = (form) => {
    form.set("region", region());
    form.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    return ask(address, { method: "POST", body: form });
  };
  const make = async (button) => {
    target = byId(button.dataset.for);
    address = button.dataset.make;
    const form = new FormData();
    form.set("begin", "1");
    form.set("words", target.value.slice(target.selectionStart, target.selectionEnd));
    form.set("about", byId("id_slug")?.value || byId("id_texts-0-title")?.value || "");
    form.set("owner", byId("id_organisation")?.value || "");
    show(await said(await post(form)));
  };
  const made = async (form) => {
    const answer = await post(new FormData(form));
    if (answer.status === 201) write((await answer.json()).write);
    else show(await said(answer));
  };

  // What the facts of a field say today, below it.
  const keysOf = (field) => field.tagName === "TEXTAREA"
    ? [...new Set([...field.value.matchAll(/\[\[([a-z0-9-]+)\]\]/g)].map((found) => found[1]))]
    : field.value.trim() ? [field.value.trim()] : [];
  const tell = async (place) => {
    const field = byId(place.dataset.of);
    const keys = field ? keysOf(field) : [];
    if (place.dataset.told === keys.join()) return;
    place.dataset.told = keys.join();
    if (!keys.length) { place.replaceChildren(); return; }
    const query = new URLSearchParams([["region", region()], ...keys.map((key) => ["key", key])]);
    const answer = await ask(`${place.dataset.now}?${query}`);
    if (answer.ok && place.dataset.told === keys.join()) place.innerHTML = await answer.text();
  };
  const tellSoon = later((field) => {
    const place = document.querySelector(`[data-of="${CSS.escape(field.id)}"]`);
    if (place) tell(place);
  }, 400);

  // Fields that the kind has no use for; one with something in it stays.
  const holds = (panel) => [...panel.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked : field.value.trim() !== "");
  const fit = (kind) => document.querySelectorAll("[data-without]").forEach((panel) => {
    panel.hidden = panel.dataset.without.split(" ").includes(kind) && !holds(panel);
  });

  const selected = (field) => {
    const button = document.querySelector(`[data-make][data-for="${CSS.escape(field.id)}"]`);
    if (button) button.disabled = field.selectionStart === field.selectionEnd;
  };

  addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.dataset.choose) choose(button);
    else if (button.dataset.make) make(button);
    else if (button.dataset.write) pick(button);
    else if ("close" in button.dataset) dialog.close();
  });
  addEventListener("submit", (event) => {
    if (!event.target.matches("[data-new-fact]")) return;
    event.preventDefault();
    made(event.target);
  });
  addEventListener("input", ({ target: field }) => {
    if (field.id === "pick-q") find(field.value);
    else if (field.type === "search" && field.closest("[data-ticked]")) {
      const words = field.value.toLowerCase();
      field.closest("[data-ticked]").querySelectorAll(".ticked-list label").forEach((label) => {
        const row = label.closest(".ticked-list > div > div, li") || label;
        row.hidden = !label.textContent.toLowerCase().includes(words) && !label.querySelector(":checked");
      });
    } else if (field.id) tellSoon(field);
  });
  addEventListener("change", ({ target: field }) => {
    if (field.id === "id_kind") fit(field.value);
    if (field.id !== "preview-day") return;
    const modes = byId("id_preview_mode");
    for (const mode of modes.options) mode.value = mode.value.split("@")[0] + (field.value ? `@${field.value}` : "");
    changed(modes);
  });
  // Wagtail forgets a mode that is chosen while it loads the one before.
  addEventListener("w-preview:loaded", () => {
    const modes = byId("id_preview_mode");
    const shown = new URL(byId("w-preview-iframe").src).searchParams.get("mode");
    if (modes && shown !== modes.value) setTimeout(changed, 0, modes);
  });
  addEventListener("keydown", (event) => {
    if (!dialog?.open || !event.target.closest("dialog.pick")) return;
    if (event.key === "Enter" && event.target.id === "pick-q") event.preventDefault();
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.target.matches("select, [type=date]")) return;
    const stops = [byId("pick-q"), ...dialog.querySelectorAll("[data-write]")].filter(Boolean);
    if (stops.length < 2) return;
    event.preventDefault();
    stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1)))].focus();
  });
  for (const kind of ["select", "keyup", "pointerup"]) addEventListener(kind, ({ target: field }) => {
    if (field.tagName === "TEXTAREA") selected(field);
  });
  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-ticked]").forEach((list) => {
      list.querySelector("p").hidden = list.querySelectorAll("[type=checkbox]").length < 13;
    });
    document.querySelectorAll("[data-now]").forEach(tell);
    const day = document.querySelector("[data-preview-day]");
    if (day) day.hidden = !byId("id_preview_mode");
  });
})();
