"""`python -m api`: what the launcher runs."""

from api.cli import main

if __name__ == "__main__":
    main()
