"""Mails that did not leave: a person decides."""
