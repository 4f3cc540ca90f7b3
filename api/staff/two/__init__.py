"""What takes two people: one asks, another decides; contacts, bulk export, retention."""
