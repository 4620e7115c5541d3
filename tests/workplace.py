"""A tab for each role of the workplace, what axe says of it, and its picture for docs/editing."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from .test_editing import ALL as RULES
from .test_editing import AXE, WAGTAILS

RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}}).then(report => ({
  looked: report.passes.length,
  faults: report.violations.flatMap(one => one.nodes.map(node => [one.id, node.target[0]])),
}))"""

# Wagtail's own: a dialog without a name, tags without a label, how many rows a list has.
IN_LISTS = {
    ("aria-dialog-name", ".modal"),
    ("label", ".ui-autocomplete-input"),
    ("aria-allowed-role", 'h2[role="alert"]'),
}
PICTURES = Path(__file__).resolve().parents[1] / "docs/images/editing"
# Elements that reach beyond the screen and cannot be scrolled to. Wagtail's map of a form and its
# panels at the side wait there until they are called.
CUT = """() => [...document.querySelectorAll("main *")].filter(one => {
  const box = one.getBoundingClientRect();
  if (!box.width || !box.height || box.right <= innerWidth + 1) return false;
  if (!one.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false;
  if (one.closest(".w-sr-only, .w-minimap, [data-minimap-container], [data-form-side]"))
    return false;
  for (let up = one.parentElement; up && up.tagName !== "MAIN"; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== "visible") return false;
  return true;
}).map(one => one.outerHTML.slice(0, 120))"""


class Workplace:
    """`folder`: where pictures are written, if they are asked for."""

    def __init__(self, chromium, server, made: dict, folder: Path | None) -> None:
        self.chromium, self.url, self.made, self.folder = chromium, server.url, made, folder
        self.tabs: dict[tuple[str, str], object] = {}
        self.complaints: list[str] = []

    def tab(self, role: str, language: str = "en", width: int = 1280):
        """One for a role and a language, signed in; a role without a cookie is a visitor."""
        if (role, language) not in self.tabs:
            context = self.chromium.new_context(
                viewport={"width": width, "height": 900}, locale=language, bypass_csp=True
            )
            if cookie := self.made["cookies"].get(role):
                context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.url}])
            tab = context.new_page()
            tab.on("pageerror", lambda error: self.complaints.append(str(error)))
            self.tabs[role, language] = tab
        return self.tabs[role, language]

    def open(self, role: str, path: str):
        tab = self.tab(role)
        tab.goto(self.url + path)
        return tab

    def look(self, tab, name: str = "", height: int = 620, at: str = "") -> None:
        """Axe finds no fault; what is seen from the place `at` on is the picture `name`."""
        assert not (found := faults(tab)), found
        if not (name and self.folder):
            return
        above = 0.0
        if at:
            tab.locator(at).first.evaluate("one => one.scrollIntoView({block: 'center'})")
            above = max(0, min(tab.locator(at).first.bounding_box()["y"] - 24, 900 - height))
        tab.wait_for_timeout(300)
        clip = {"x": 0, "y": above, "width": 1280, "height": height}
        taken = Image.open(BytesIO(tab.screenshot(clip=clip, animations="disabled")))
        self.folder.mkdir(exist_ok=True)
        taken.convert("RGB").quantize(128).save(self.folder / f"{name}.png", optimize=True)

    def phone(self, role: str, path: str, language: str = "fi") -> None:
        """The same page at 360 pixels in another language: no fault, and nothing is cut off."""
        tab = self.tab(role, language, 360)
        tab.goto(self.url + path)
        assert tab.evaluate("document.documentElement.lang") == language
        assert not (cut := tab.evaluate(CUT)), cut
        assert not (found := faults(tab)), found

    def close(self) -> None:
        for tab in self.tabs.values():
            tab.context.close()
        assert self.complaints == []


def faults(tab) -> set[tuple[str, str]]:
    tab.evaluate(AXE)
    report = tab.evaluate(RUN, RULES)
    assert report["looked"]
    found = {(fault, where) for fault, where in report["faults"]}
    return found - WAGTAILS - IN_LISTS
