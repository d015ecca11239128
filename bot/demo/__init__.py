"""The sample fortnight: invented feeds and pages served on loopback and run through the real pipeline."""

from bot.demo.run import run_demo

__all__ = ["run_demo"]
