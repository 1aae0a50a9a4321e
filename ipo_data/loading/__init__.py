"""From seed files to validated records, with every mistake at its place."""
