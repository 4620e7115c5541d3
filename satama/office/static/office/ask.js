// Help while somebody writes: characters left, likely answers, whom to call in danger. Words go out only to
// look for likely answers, by POST; nothing is kept. Without scripts all of it still works.
(() => {
  const text = document.querySelector("textarea[name=text]");
  const form = text?.form;
  if (!form) return;
  const soon = (act, wait) => {
    let timer;
    return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
  };

  const count = document.querySelector("#count");
  const left = () => Number(count.dataset.most) - [...text.value].length;
  const show = () => { count.hidden = left() > 500; };
  const tell = soon(() => { count.textContent = `${count.dataset.words} ${left()}`; }, 400);
  count.setAttribute("role", "status");

  const likely = document.querySelector("#likely");
  const look = soon(async () => {
    if (text.value.trim().length < 8) { likely.replaceChildren(); return; }
    const asked = text.value;
    const answer = await fetch(form.dataset.likely, { method: "POST", body: new URLSearchParams({ text: asked.slice(-300) }) }).catch(() => null);
    if (!answer?.ok || asked !== text.value) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = (where) => [...where.querySelectorAll("a")].map((link) => link.href).join();
    if (found(page) !== found(likely)) likely.replaceChildren(...page.body.childNodes);
  }, 800);

  // The same rule as in office/danger.py.
  const danger = document.querySelector("#danger");
  let signs;
  const plain = (words) => ` ${(words.normalize("NFKC").toLowerCase().replace(/[\u064b-\u0652\u0640]/g, "").match(/[\p{L}\p{M}\p{N}]+/gu) || []).join(" ")} `;
  const listen = soon(async () => {
    signs ??= fetch(danger.dataset.signs).then((answer) => answer.json()).catch(() => []);
    const said = plain(text.value);
    if (!danger.firstElementChild.hidden || !(await signs).some((sign) => said.includes(sign))) return;
    danger.firstElementChild.hidden = false;
    const page = await fetch(danger.dataset.calls).then((answer) => answer.text()).catch(() => "");
    const calls = new DOMParser().parseFromString(page, "text/html").querySelectorAll(".call > a");
    const list = document.createElement("ul");
    for (const call of calls) {
      if (call.href === "tel:112") continue; // it stands above
      const row = document.createElement("li"), link = document.createElement("a");
      link.href = call.href;
      link.append(call.querySelector("strong").textContent.trim());
      link.dir = "ltr";
      row.append(link, " ", call.lastElementChild.textContent.trim());
      list.append(row);
    }
    if (calls.length) danger.firstElementChild.append(list);
  }, 500);

  const typed = () => { show(); tell(); listen(); if (likely) look(); };
  text.addEventListener("input", typed);
  if (text.value) typed();

  // Another language keeps what was written.
  for (const link of form.querySelector("[name=kind]") ? document.querySelectorAll(".languages a") : [])
    link.addEventListener("click", (event) => {
      if (!text.value.trim()) return;
      event.preventDefault();
      const change = document.createElement("input");
      Object.assign(change, { type: "hidden", name: "change", value: "1" });
      form.append(change);
      form.action = link.href;
      form.submit();
    });

  // Pressed twice, sent once; the server sees to it as well.
  let sent = 0;
  form.addEventListener("submit", (event) => {
    if (Date.now() - sent < 3000) event.preventDefault();
    sent = Date.now();
  });

  const problem = document.querySelector(".error-summary");
  if (problem) problem.focus();
})();
