"""The small web server: health and metrics."""
