"""The way in: polite fetching, parsing in killable children, and a Reading for whatever happened."""
