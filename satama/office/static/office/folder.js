// A code that came with a QR code's address is put into its field and out of the address; it is not sent.
// The code's page: copy, print, read aloud, each only where the browser can.
(() => {
  const field = document.querySelector("#f-code, #id_code");
  if (field && location.hash.length > 10) {
    field.value = decodeURIComponent(location.hash.slice(1)).replace(/(.{4})(?=.)/g, "$1-");
    history.replaceState(null, "", location.pathname);
    field.focus();
  }

  const ways = document.querySelector("#ways");
  if (!ways) return;
  ways.hidden = false;

  const copy = ways.querySelector("[data-copy]");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.dataset.copy);
    document.querySelector("#said").textContent = copy.dataset.done;
  });

  ways.querySelector("[data-print]").addEventListener("click", () => print());

  const speak = ways.querySelector("[data-speak]");
  speak.hidden = !("speechSynthesis" in window);
  speak.addEventListener("click", () => {
    speechSynthesis.cancel();
    for (const words of [...speak.dataset.speak.split(", "), speak.dataset.word]) {
      const said = new SpeechSynthesisUtterance(words);
      said.lang = document.documentElement.lang;
      said.rate = 0.7;
      speechSynthesis.speak(said);
    }
  });
})();
