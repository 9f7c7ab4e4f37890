"""What tells kinds of role apart where the encoder does not: letters of titles and words of bodies."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score

from pipeline.embedding import vacancy_features
from pipeline.postings import RoleText, Vacancy, role_texts
from pipeline.vacancy_clustering.partition import partition
from pipeline.vacancy_clustering.words import body_jobs, telling_words

ADS = {
    "pflege": (
        "Pflegefachkraft (m/w/d)|Examinierter Krankenpfleger|Altenpfleger*in|Krankenpflegerin in Teilzeit",
        "Sie pflegen die Patienten auf der Station|Dokumentation der Pflege im Patientensystem|"
        "Sie verabreichen den Patienten Medikamente|Wundversorgung auf der Station und Pflege der Angehörigen",
    ),
    "lager": (
        "Lagermitarbeiter (m/w/d)|Fachkraft für Lagerlogistik|Staplerfahrer Lager|Lagerist:in",
        "Sie kommissionieren Waren im Lager|Verladen von Paletten mit dem Stapler|"
        "Wareneingang im Lager buchen und Paletten prüfen|Waren verpacken mit dem Stapler",
    ),
    "it": (
        "Softwareentwickler Java|Java-Entwickler:in|Softwareentwicklerin Backend|Entwickler für Software (w/m/d)",
        "Sie entwickeln Anwendungen mit Java und Spring|Schnittstellen und Tests in Java|"
        "Anwendungen in Kubernetes betreiben|Sie entwickeln Tests und Schnittstellen mit Spring",
    ),
}


def german_ads(*, with_titles: bool) -> tuple[list[Vacancy], list[str]]:
    vacancies, kinds = [], []
    for kind, (titles, lines) in ADS.items():
        for number in range(12):
            title = titles.split("|")[number % 4]
            parts = lines.split("|")
            text = "\n".join(parts[(number + step) % 4] for step in range(2 + number % 2))
            vacancies.append(Vacancy(id=f"{kind}-{number}", title=title if with_titles else None, text=text))
            kinds.append(kind)
    return vacancies, kinds


def knows_nothing(texts: Sequence[str]) -> NDArray[np.float64]:
    """Stand for an encoder that makes the same of every text."""
    return np.tile([1.0, 0.0, 0.0, 0.0], (len(texts), 1))


@pytest.mark.parametrize("with_titles", [True, False])
def test_ads_in_a_language_the_encoder_does_not_know_fall_into_their_trades(with_titles: bool) -> None:
    vacancies, kinds = german_ads(with_titles=with_titles)
    labels = partition(vacancy_features(role_texts(vacancies), embed=knows_nothing), 3)
    assert adjusted_rand_score(kinds, labels) > 0.8


def test_letters_see_through_compounds_and_endings() -> None:
    titles = ["Softwareentwicklerin", "Entwickler Software", "Krankenpflegerin", "Altenpfleger", "Koch", "Köchin"]
    vacancies = [Vacancy(id=str(i), title=title, text="-") for i, title in enumerate(titles * 2)]
    likeness = vacancy_features(role_texts(vacancies), embed=knows_nothing)
    likeness = likeness @ likeness.T
    assert likeness[0, 1] > likeness[0, 2]
    assert likeness[2, 3] > likeness[1, 3]


def test_the_part_of_a_title_that_names_the_job_is_read_by_itself_too() -> None:
    read: list[str] = []

    def listens(texts: Sequence[str]) -> NDArray[np.float64]:
        read.extend(texts)
        return knows_nothing(texts)

    vacancies = [Vacancy(id="a", title="Login.gov - Account Manager", text="x"), Vacancy(id="b", title=None, text="y")]
    vacancy_features(role_texts(vacancies), embed=listens)
    assert "Account Manager" in read


def test_a_body_says_what_the_job_is_called() -> None:
    texts = ["We are looking for an ICU Nurse.", "Wir suchen eine Pflegefachkraft für unsere Station.", "Nothing here."]
    vacancies = [Vacancy(id=str(i), title=None, text=text) for i, text in enumerate(texts)]
    assert body_jobs(role_texts(vacancies)) == [["icu nurse"], ["Pflegefachkraft"], []]


def test_telling_words_are_those_that_other_groups_lack() -> None:
    told = telling_words(["alpha shared", "alpha shared", "beta shared"], [[0, 1], [2]])
    assert told == [["alpha"], ["beta"]]


def alike(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return one and the same row for every text."""
    return np.ones((len(texts), 8)) / np.sqrt(8)


@pytest.mark.parametrize("title", ["", "Engineer"])
def test_the_skills_that_postings_name_tell_them_apart_where_there_are_no_titles(title: str) -> None:
    text = "You will be part of the team and work with all of us in the office of the company for the good of it."
    postings = [RoleText(title, text, {}) for _ in range(20)]
    terms = [{"sql", "data modelling"} if n % 2 else {"triage", "wound care"} for n in range(20)]
    rows = vacancy_features(postings, terms, embed=alike)
    likeness = rows @ rows.T
    assert likeness[0, 2] == pytest.approx(1, abs=1e-3)
    assert (likeness[0, 1] < 0.9) == (title == "")
