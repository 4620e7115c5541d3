"""Who keeps what true, and until when: the rules, the weekly mail, confirming, acting on many."""
