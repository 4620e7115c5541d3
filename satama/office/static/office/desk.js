// The Desk. What an adviser types is kept in this browser until it is sent: 12 hours at most, not over a sign-out, not for
// another person. While they write, the question is theirs; before it is sent, the script looks whether anybody listens.
(() => {
  const KEY = "satama-desk-", MOST = 12 * 60 * 60 * 1000, MINUTE = 60 * 1000, SOON = 10 * 1000;
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(KEY));
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const old = (key) => !(Date.now() - read(key)?.at < MOST);
  kept().filter(old).forEach((key) => localStorage.removeItem(key));
  addEventListener("submit", ({ target }) => {
    if (/\/logout\/$/.test(target.action)) kept().forEach((key) => localStorage.removeItem(key));
  }, true);

  const print = document.querySelector("[data-print]");
  if (print) { print.hidden = false; print.addEventListener("click", () => window.print()); }

  const form = document.querySelector("form.desk-answer");
  if (!form) return;
  const { thread, user, last, mine } = form.dataset;
  const key = `${KEY}${user}-${thread}`;
  kept().filter((one) => !one.startsWith(`${KEY}${user}-`)).forEach((one) => localStorage.removeItem(one));
  const fields = [...form.querySelectorAll("textarea")];
  const byId = (id) => document.getElementById(id);
  const held = byId("desk-held"), cut = byId("desk-cut"), back = byId("desk-back");
  const empty = () => fields.every((field) => !field.value.trim());
  const throwAway = () => localStorage.removeItem(key);

  // What was not sent comes back; what was sent, although the answer to it got lost, does not.
  const draft = read(key);
  if (draft && Number(mine) > draft.seen) throwAway();
  else if (draft && empty()) {
    fields.forEach((field) => { field.value = draft.words[field.name] || ""; });
    back.hidden = empty();
  }
  back.querySelector("[data-throw]").addEventListener("click", () => {
    fields.forEach((field) => { field.value = ""; });
    throwAway();
    back.hidden = true;
    fields[0].focus();
  });
  const keep = () => {
    if (empty()) return throwAway();
    const words = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    try { localStorage.setItem(key, JSON.stringify({ words, seen: Number(form.elements.seen.value), at: Date.now() })); } catch { return; }
    byId("desk-kept").textContent = byId("desk-kept").dataset.kept;
  };

  // Whether anybody listens. What is wrong is said in one place.
  const say = (what) => {
    const text = what ? cut.dataset[what] : "";
    if (cut.querySelector("span").textContent !== text) cut.querySelector("span").textContent = text;
    cut.querySelector("a").hidden = what !== "out";
    cut.hidden = !what;
  };
  const ask = async (url, options) => {
    let answer;
    try { answer = await fetch(url, { credentials: "same-origin", ...options }); } catch { say("cut"); return null; }
    if (answer.redirected || answer.status === 403 || !/json/.test(answer.headers.get("Content-Type"))) {
      say(answer.status >= 500 ? "cut" : "out");
      return null;
    }
    const told = await answer.json();
    held.textContent = told.held;
    say(told.last > Number(last) ? "new" : "");
    return told;
  };
  const post = (more = {}) => {
    const said = new FormData();
    said.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(more)) said.set(name, value);
    return { method: "POST", body: said };
  };
  let holding = 0, sent = false, through = false;
  const hold = () => {
    if (empty() || sent) return;
    holding = Date.now();
    ask(held.dataset.address, post());
  };
  form.addEventListener("input", () => { keep(); if (Date.now() - holding > MINUTE) hold(); });
  setInterval(() => { if (holding && document.visibilityState === "visible") hold(); }, MINUTE);
  addEventListener("pagehide", () => {
    if (holding && !sent) fetch(held.dataset.address, { keepalive: true, credentials: "same-origin", ...post({ release: "1" }) }).catch(() => {});
  });

  // Sending: first whether it would arrive. Without a connection it waits, and tries again by itself.
  let waiting = 0, asking = false;
  const send = async (button) => {
    if (asking) return; // pressed twice, or tried again at the same moment
    clearTimeout(waiting);
    keep();
    asking = true;
    const told = await ask(form.dataset.state);
    asking = false;
    if (!told) {
      if (cut.querySelector("a").hidden) waiting = setTimeout(send, SOON, button);
      return;
    }
    form.elements.csrfmiddlewaretoken.value = told.token;
    sent = through = true;
    form.requestSubmit(button);
    through = false;
  };
  form.addEventListener("submit", (event) => {
    if (through) return;
    event.preventDefault();
    if (!sent) send(event.submitter || form.elements.send);
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) sent = false; });
  addEventListener("online", () => { if (waiting) send(form.elements.send); });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "Enter" || !form.contains(event.target)) return;
    event.preventDefault();
    form.requestSubmit(form.elements.send);
  });

  // Phrases: in both languages at once, where the cursor was.
  for (const button of document.querySelectorAll("[data-phrase]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const words of button.closest("li").querySelectorAll("[data-into]")) {
        const field = form.elements[words.dataset.into];
        if (!field) continue;
        const text = [...words.querySelectorAll("p")].map((one) => one.innerText).join("\n\n");
        const before = field.value.slice(0, field.selectionEnd);
        field.setRangeText(`${before && !before.endsWith("\n\n") ? "\n\n" : ""}${text}`, field.selectionEnd, field.selectionEnd, "end");
      }
      fields[0].focus();
      form.dispatchEvent(new Event("input"));
    });
  }
  document.querySelector(".desk-preview")?.focus();
})();
