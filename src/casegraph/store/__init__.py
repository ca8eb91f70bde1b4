"""What a case keeps: originals, journal, derived tables, search index. It knows records, not stages."""
