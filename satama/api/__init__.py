"""Open data for programs: the API's door, its document, its page and its limits. Windows bring the
endpoints; config/urls.py puts them in."""
