"""What the operator decides: the environment, .env and the files under config/. Everything below takes values."""

from bot.settings.config import Config, default_folder, load_config
from bot.settings.environment import Settings, known_names, read_settings, unknown_variables
from bot.settings.mastodon import MastodonAccount, token_variable
from bot.settings.problems import Problem

__all__ = [
    "Config",
    "MastodonAccount",
    "Problem",
    "Settings",
    "default_folder",
    "known_names",
    "load_config",
    "read_settings",
    "token_variable",
    "unknown_variables",
]
