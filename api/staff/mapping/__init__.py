"""What imports said and no term matched, given a term by staff: once, for all rows and imports."""
