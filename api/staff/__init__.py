"""What only staff and imports do, on schema desk: drafts, importing, publishing, audit."""
