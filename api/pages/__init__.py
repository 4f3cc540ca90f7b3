"""Pages that read without scripts, rendered here from templates beside this file."""
