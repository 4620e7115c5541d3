{% load static %}"use strict";
// Keeps the tally's page and what it is drawn with; nothing that anybody tapped in.
const KEPT = "tally";
const PAGE = "{% url 'tally' %}";
const SHELL = ["{% static 'web/css/satama.css' %}", "{% static 'office/tally.css' %}", "{% static 'office/tally.js' %}", "{% static 'web/icon.svg' %}"];

async function keep() {
  const kept = await caches.open(KEPT);
  const page = await fetch(PAGE, { credentials: "same-origin" });
  if (!page.ok || page.redirected) throw new Error("not signed in");
  await kept.addAll(SHELL);
  await kept.put(PAGE, page);
  for (const request of await kept.keys()) {
    const path = new URL(request.url).pathname;
    if (path !== PAGE && !SHELL.includes(path)) await kept.delete(request);
  }
}

async function pageNow(request) {
  try {
    const page = await fetch(request);
    // A way to the sign-in, or another region's page, is not kept.
    if (page.ok && !page.redirected && !new URL(request.url).search) (await caches.open(KEPT)).put(PAGE, page.clone());
    return page;
  } catch (lost) {
    return (await caches.match(PAGE)) || Response.error();
  }
}

async function drawn(request) {
  return (await caches.match(request)) || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET") return;
  if (path === PAGE) event.respondWith(pageNow(event.request));
  else if (SHELL.includes(path)) event.respondWith(drawn(event.request));
});
