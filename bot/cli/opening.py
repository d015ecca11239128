"""What most commands begin with: settings read, logs set up, secrets known to the output."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.cli.output import Output

if TYPE_CHECKING:
    from bot.settings import Config, Settings

STOPPED = "Stopped."

out = Output()
"""The one output of this process."""


@dataclass(frozen=True, slots=True)
class Prepared:
    settings: "Settings"
    config: "Config"


def prepare_settings(default_level: str = "warning") -> "Settings":
    """Settings in force, with logs going to stderr and their secrets hidden from now on. Raises ConfigError."""
    # pydantic and structlog: a fifth of a second that `--help` need not wait.
    from bot.logs import set_up_logs
    from bot.settings import read_settings

    settings = read_settings()
    level = settings.log_level or default_level
    out.learn(set_up_logs(level=level, style=settings.log_format, secrets=settings.secrets))
    return settings


def prepare(default_level: str = "warning", *, tell_problems: bool = True) -> Prepared:
    """Settings and config; tables that were left out are told on stderr. Raises ConfigError."""
    from bot.settings import load_config

    settings = prepare_settings(default_level)
    assert settings.config is not None
    config = load_config(settings.config)
    if tell_problems:
        for problem in (*settings.account_problems, *config.problems):
            out.remark(f"Left out: {problem}")
    return Prepared(settings, config)
