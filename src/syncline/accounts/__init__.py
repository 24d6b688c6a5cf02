"""The accounts' own signs, which corroborate or clear: creation batches, handles, bios, hours."""
