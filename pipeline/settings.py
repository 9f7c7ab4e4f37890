"""Settings, all optional, from the environment or a `.env` file."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.errors import RolemapError

PROJECT_ROOT = Path(__file__).resolve().parent.parent


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
    def cache_path(self) -> Path:
        """The SQLite file of embeddings, document texts and model answers."""
        return self.output_path / "cache" / "rolemap.sqlite"


def get_settings() -> Settings:
    """Read the settings afresh, so that a change of environment is seen. Raises RolemapError for a bad one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise RolemapError(
            f"The setting {first['loc'][0]} cannot be used: {first['msg']}. Mend or unset it."
        ) from error
