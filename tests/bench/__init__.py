"""Measurements, `make bench`: each part prints its figures and the command that gives them alone."""
