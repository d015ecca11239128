"""Settings of the summarising model and of the weights."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.settings import Settings, known_names, read_settings


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in known_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_no_model_is_asked_unless_somebody_names_one(here: Path) -> None:
    settings = read_settings()

    assert (settings.model_url, settings.model_key, settings.model_name) == (None, None, None)
    assert settings.weights is None


def test_an_address_without_a_model_is_refused_with_what_to_set(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALLPRINT_MODEL_URL", "http://127.0.0.1:11434/v1")

    with pytest.raises(ConfigError, match=r"Set SMALLPRINT_MODEL_NAME too"):
        read_settings()


def test_the_key_may_come_from_a_file_and_is_masked(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "key").write_text("fake-model-key\n", encoding="utf-8")
    monkeypatch.setenv("SMALLPRINT_MODEL_KEY_FILE", "key")

    settings = read_settings()

    assert "fake-model-key" in settings.secrets
    assert "fake-model-key" not in repr(settings)


def test_the_key_does_not_belong_in_the_settings_file(here: Path) -> None:
    folder = here / "config"
    folder.mkdir()
    (folder / "settings.toml").write_text('model_key = "fake-model-key"\n', encoding="utf-8")

    with pytest.raises(ConfigError, match="is a secret") as refused:
        read_settings()
    assert "fake-model-key" not in str(refused.value)


def test_an_address_that_is_not_http_is_refused() -> None:
    with pytest.raises(ValueError, match="model_url"):
        Settings(model_url="file:///etc/passwd", model_name="a-model")
