"""The mail worker: one neutral confirmation mail to who gave an address, at most once."""
