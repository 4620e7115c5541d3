"""What django-allauth may do here: staff sign in; nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
