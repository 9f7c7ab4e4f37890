from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.core.settings import PROJECT_ROOT, Settings, get_settings


def test_no_setting_is_required() -> None:
    settings = get_settings()
    assert settings.home == PROJECT_ROOT
    assert settings.vacancies_path == PROJECT_ROOT / "vacancies"
    assert settings.use_llm is False
    assert settings.openai_api_key is None


def test_a_change_of_environment_is_seen(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert get_settings().cache_path.is_relative_to(workspace)
    monkeypatch.setenv("ROLEMAP_HOME", str(workspace / "other"))
    assert get_settings().home == workspace / "other"


def test_an_env_file_is_read_and_the_environment_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("OPENAI_MODEL=from-file\nEMBEDDING_MODEL=from-file\nUNRELATED=1\n")
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    monkeypatch.setenv("EMBEDDING_MODEL", "from-environment")
    assert (get_settings().openai_model, get_settings().embedding_model) == ("from-file", "from-environment")


def test_a_change_of_the_env_file_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    monkeypatch.setitem(Settings.model_config, "env_file", file)
    assert get_settings().openai_model is None
    file.write_text("OPENAI_MODEL=first\n")
    assert get_settings().openai_model == "first"
    file.write_text("OPENAI_MODEL=another\n")
    assert get_settings().openai_model == "another"
    file.unlink()
    assert get_settings().openai_model is None


def test_settings_that_have_not_changed_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert get_settings() is get_settings()
    monkeypatch.setenv("openai_model", "by-a-name-in-small-letters")
    assert get_settings().openai_model == "by-a-name-in-small-letters"


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_MODEL", "")
    assert get_settings().openai_model is None


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert "sk-secret" not in repr(get_settings())


def test_settings_cannot_be_changed_by_code() -> None:
    with pytest.raises(ValidationError):
        get_settings().home = Path("elsewhere")  # type: ignore[misc]
