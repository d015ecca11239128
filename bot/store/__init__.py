"""The memory: tables, migrations, one file per noun. All SQL lives here."""
