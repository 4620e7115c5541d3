"""What the server runs: the page cache, and Django behind it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satama.config.settings")

from django.core.wsgi import get_wsgi_application

from satama.web.pagecache import PageCache

django = get_wsgi_application()

from satama.databank import version  # noqa: E402  models need Django set up first
from satama.office.outreach import counting  # noqa: E402

application = PageCache(django, version.current, counting.opened)
