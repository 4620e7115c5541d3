"use strict";
// What is tapped in waits here until it is sent: in this browser, without a person, each with a key
// of its own. It is sent in its order, and struck off when the server has said that it has it.
(() => {
  const form = document.querySelector("#tally");
  const said = document.querySelector("#said");
  const waits = document.querySelector("#waits");
  const undo = document.querySelector("#undo");
  const refused = document.querySelector("#refused");
  const words = form.dataset;
  const region = form.elements.region.value;
  const WAIT = "tally:wait:", REFUSED = "tally:refused:", LAST = "tally:last", CHOSEN = `tally:chosen:${region}`;
  const EVERY = 20000;

  const key = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  };
  const names = (begin) => Object.keys(localStorage).filter((name) => name.startsWith(begin)).sort();

  function put(act, fields) {
    const number = Number(localStorage.getItem("tally:number") || 0) + 1;
    localStorage.setItem("tally:number", number);
    localStorage.setItem(`${WAIT}${String(number).padStart(12, "0")}:${fields.key}`, JSON.stringify({ act, fields }));
  }

  function show() {
    const number = names(WAIT).length, wrong = names(REFUSED).length;
    waits.textContent = number ? (number === 1 ? words.one : words.many.replace("%s", number)) : words.none;
    waits.classList.toggle("wait", number > 0);
    undo.hidden = !localStorage.getItem(LAST);
    refused.hidden = !wrong;
    refused.firstElementChild.textContent = words.refused.replace("%s", wrong);
  }

  async function post(item, token) {
    return fetch(item.act === "undo" ? words.undo : form.getAttribute("action"), {
      method: "POST",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      body: new URLSearchParams(item.fields),
      redirect: "manual",
    });
  }

  async function empty() {
    const first = await fetch(words.token, { redirect: "manual", cache: "no-store" });
    if (!first.ok) return (said.textContent = words.signin);
    const { token } = await first.json();
    for (const name of names(WAIT)) {
      const text = localStorage.getItem(name);
      if (!text) continue;
      const answer = await post(JSON.parse(text), token);
      if (answer.status === 400) localStorage.setItem(name.replace(WAIT, REFUSED), text);
      else if (!answer.ok) return (said.textContent = answer.type === "opaqueredirect" ? words.signin : said.textContent);
      localStorage.removeItem(name);
      show();
    }
  }

  let busy = false;
  async function send() {
    if (!names(WAIT).length || busy) return;
    busy = true;
    try {
      // Of two windows, one sends.
      await (navigator.locks ? navigator.locks.request("tally", empty) : empty());
    } catch (lost) {
      // No network: it waits.
    } finally {
      busy = false;
      show();
    }
  }

  function remember() {
    const chosen = Object.fromEntries([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "key", "day", "region"].includes(name)));
    localStorage.setItem(CHOSEN, JSON.stringify(chosen));
    return chosen;
  }

  function recall() {
    for (const [name, value] of Object.entries(JSON.parse(localStorage.getItem(CHOSEN) || "{}"))) {
      const field = form.elements[name];
      if (!field) continue;
      if (field instanceof RadioNodeList) {
        if ([...field].some((one) => one.value === value)) field.value = value;
      } else if (field.tagName !== "SELECT" || [...field.options].some((one) => one.value === value)) field.value = value;
    }
    fold();
  }

  function fold() {
    document.querySelector("#another").hidden = form.elements.language.value !== "other";
    const where = document.querySelector("#where");
    if (where) where.hidden = !["outreach", "event"].includes(form.elements.channel.value);
  }

  form.addEventListener("change", () => { fold(); remember(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = { ...remember(), region, key: key(), day: today() };
    if (document.querySelector("#where")?.hidden) fields.place = "";
    put("save", fields);
    localStorage.setItem(LAST, fields.key);
    said.textContent = `${words.saved} ${new Date().toTimeString().slice(0, 8)}`;
    show();
    send();
  });
  undo.addEventListener("click", () => {
    const last = localStorage.getItem(LAST);
    localStorage.removeItem(LAST);
    put("undo", { key: last });
    said.textContent = words.undone;
    show();
    send();
    form.querySelector("[type=submit]").focus();
  });
  refused.querySelector("button").addEventListener("click", () => {
    names(REFUSED).forEach((name) => localStorage.removeItem(name));
    show();
  });
  addEventListener("online", send);
  addEventListener("storage", show);
  setInterval(send, EVERY);
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker).catch(() => {});
  recall();
  show();
  send();
})();
