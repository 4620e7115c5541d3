"""Outreach: posters for clinics, schools and workplaces, with an address that tells from where
somebody came, and never who."""
