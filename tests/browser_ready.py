"""See that Chromium and fonts for all our scripts are there; install them on Debian when it may."""

import os
import shutil
import subprocess
import sys

PACKAGES = ["chromium", "fonts-noto-core", "fonts-noto-cjk"]


def missing() -> list[str]:
    found = [] if shutil.which("chromium") or os.environ.get("CHROMIUM") else ["chromium"]
    fonts = (
        subprocess.run(["fc-list"], capture_output=True, text=True).stdout
        if shutil.which("fc-list")
        else ""
    )
    return found + [
        name
        for name in PACKAGES[1:]
        if ("NotoSansArabic" if "core" in name else "NotoSansCJK") not in fonts
    ]


def main() -> None:
    absent = missing()
    if not absent:
        return
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        sys.exit(
            f"The browser tests need {', '.join(absent)}. On Debian and Ubuntu: "
            f"sudo apt-get install {' '.join(absent)}. Elsewhere set CHROMIUM to the program."
        )
    print(f"Installing {', '.join(absent)} for the browser tests ...", flush=True)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    subprocess.run(["apt-get", "update", "-q"], check=True, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-q", *absent], check=True, **quiet)


if __name__ == "__main__":
    main()
