"""`python -m satama` is `satama`."""

from satama.config.cli import main

main()
