"""What holds for every test."""

import os

from hypothesis import settings

# No deadline: a test must pass on a slow and busy machine. In CI the examples are the same each time, so that a red run
# means that something changed; at a desk they differ, and look further.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
