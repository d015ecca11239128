"""What most commands begin with: settings read, logs set up, secrets known to the output."""

from dataclasses import dataclass

from bot.cli.output import Output
from bot.logs import set_up_logs
from bot.settings import Config, Settings, load_config, read_settings

out = Output()
"""The one output of this process."""


@dataclass(frozen=True, slots=True)
class Prepared:
    settings: Settings
    config: Config


def prepare_settings(default_level: str = "warning") -> Settings:
    """Settings in force, with logs going to stderr and their secrets hidden from now on."""
    settings = read_settings()
    level = settings.log_level or default_level
    out.learn(set_up_logs(level=level, style=settings.log_format, secrets=settings.secrets))
    return settings


def prepare(default_level: str = "warning", *, tell_problems: bool = True) -> Prepared:
    """Settings and config; tables that were left out are told on stderr. Raises ConfigError."""
    settings = prepare_settings(default_level)
    assert settings.config is not None
    config = load_config(settings.config)
    if tell_problems:
        for problem in config.problems:
            out.remark(f"Left out: {problem}")
    return Prepared(settings, config)
