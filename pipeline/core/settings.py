"""Settings, all optional, from the environment or a `.env` file."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.core.errors import RolemapError

PROJECT_ROOT = Path(__file__).resolve().parent.parent.parent


class Settings(BaseSettings):
    """What the user may set; every field has a default that works offline."""

    model_config = SettingsConfigDict(
        env_file=PROJECT_ROOT / ".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(default=PROJECT_ROOT, alias="ROLEMAP_HOME")
    resume: Path | None = Field(default=None, alias="ROLEMAP_RESUME")
    lexicon: Path | None = Field(default=None, alias="ROLEMAP_LEXICON")
    embedding_model: str | None = Field(default=None, alias="EMBEDDING_MODEL")
    use_llm: bool = Field(default=False, alias="ROLEMAP_USE_LLM")
    sign_in: bool = Field(default=False, alias="ROLEMAP_SIGN_IN")
    sign_in_allowed: str = Field(default="", alias="ROLEMAP_SIGN_IN_ALLOWED")
    cache_mb: int = Field(default=2000, ge=1, alias="ROLEMAP_CACHE_MB")
    cache_days: int = Field(default=180, ge=1, alias="ROLEMAP_CACHE_DAYS")
    shared_cache: Path | None = Field(default=None, alias="ROLEMAP_SHARED_CACHE")
    board_addresses: str = Field(default="", alias="ROLEMAP_BOARD_ADDRESSES")
    usajobs_key: SecretStr | None = Field(default=None, alias="ROLEMAP_USAJOBS_KEY")
    usajobs_email: str | None = Field(default=None, alias="ROLEMAP_USAJOBS_EMAIL")
    api_token: SecretStr | None = Field(default=None, alias="ROLEMAP_API_TOKEN")
    openai_api_key: SecretStr | None = Field(default=None, alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(default=None, alias="OPENAI_BASE_URL")
    openai_model: str | None = Field(default=None, alias="OPENAI_MODEL")
    gpt_second_opinion: bool = Field(default=False, alias="GPT_SECOND_OPINION")
    gpt_rewrite_concurrency: int | None = Field(default=None, ge=1, alias="GPT_REWRITE_CONCURRENCY")

    @property
    def vacancies_path(self) -> Path:
        """Where the stored postings are unless a command names another place."""
        return self.home / "vacancies"

    @property
    def output_path(self) -> Path:
        """Where everything that Rolemap writes goes by default."""
        return self.home / "output"

    @property
    def vocabularies_path(self) -> Path:
        """Where imported vocabularies are kept."""
        return self.output_path / "vocabularies"

    @property
    def taxonomies_path(self) -> Path:
        """Where imported taxonomies are kept."""
        return self.output_path / "taxonomies"

    @property
    def cache_path(self) -> Path:
        """The SQLite file of embeddings, document texts and model answers."""
        return self.output_path / "cache" / "rolemap.sqlite"

    @property
    def shared_cache_path(self) -> Path:
        """The SQLite file of what is made of the packaged model alone, once for all workspaces of a user."""
        chosen = self.shared_cache or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "rolemap"
        folder = Path(os.path.expanduser(chosen))
        is_homeless = str(folder).startswith("~")  # a user of a container may have no home
        return (self.cache_path.parent if is_homeless else folder) / "shared.sqlite"


_NAMES = frozenset(field.alias for field in Settings.model_fields.values() if field.alias)
_known: tuple[object, Settings] | None = None  # read last, and the state of what it was read from
_home_in_use: ContextVar[Path | None] = ContextVar("home_in_use", default=None)
_home_chooser: Callable[[Settings], Path | None] = lambda settings: None  # noqa: E731


def get_settings() -> Settings:
    """Return the settings as they are now, so that a change of environment is seen. Raises RolemapError for a bad one.

    The home is that of the workspace in use, where one was chosen.
    """
    settings = base_settings()
    home = _home_in_use.get() or _home_chooser(settings)
    return settings if home is None or home == settings.home else settings.model_copy(update={"home": home})


def base_settings() -> Settings:
    """Return the settings as they were made, whatever workspace is in use. Raises RolemapError for a bad one."""
    global _known
    state, known = _source_state(), _known
    if known is not None and known[0] == state:
        return known[1]
    settings = _read_settings()
    _known = state, settings
    return settings


def _source_state() -> object:
    """Return what changes with the environment and the `.env` file; reading both takes a millisecond, this far less."""
    file = Settings.model_config.get("env_file")
    try:
        found = os.stat(file) if isinstance(file, str | Path) else None
    except OSError:
        found = None
    chosen = tuple((name, value) for name, value in os.environ.items() if name.upper() in _NAMES)
    return chosen, str(file), (found.st_mtime_ns, found.st_size) if found else None


def _read_settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise RolemapError(
            f"The setting {first['loc'][0]} cannot be used: {first['msg']}. Mend or unset it."
        ) from error


@contextmanager
def using_home(home: Path) -> Iterator[None]:
    """Work on another workspace, in this thread and the tasks it starts, until the block ends."""
    token = _home_in_use.set(home)
    try:
        yield
    finally:
        _home_in_use.reset(token)


def choose_home_by(chooser: Callable[[Settings], Path | None]) -> None:
    """Have `chooser` say which workspace whoever asks works on; None is the one of the settings.

    A server of several people knows only by the request at hand whom it serves, and serves each in many threads.
    """
    global _home_chooser
    _home_chooser = chooser
