"""The command line, `satama`: our own verbs and Django's, one door."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satama.config.settings")
    if sys.argv[1:2] == ["serve"]:
        from .serve import serve

        return serve()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv if len(sys.argv) > 1 else [sys.argv[0], "help"])
