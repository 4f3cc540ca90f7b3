"""The states of an alert: which of them staff set by hand, and which are decisions."""

LANES = ("proven", "plain", "unproven")
STATES = ("received", "checking", "published", "rejected", "spam", "withdrawn")
# Their content is of no further use to anybody.
DISMISSED = ("rejected", "spam")
FINAL = (*DISMISSED, "published", "withdrawn")
# A withdrawal is its sender's, and publishing takes more than a word.
BY_HAND = ("received", "checking", *DISMISSED)
