"""Keywords: which tokens a text has, and which cases have the words that a reader asks for."""
