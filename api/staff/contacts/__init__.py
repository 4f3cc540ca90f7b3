"""How people can be reached: sealed, looked at within a budget, public by consent and two words."""
