"""The alert queue: what people sent, read, assigned, decided on and made into drafts; and news."""
