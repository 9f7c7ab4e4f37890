"""The shape of what a posting states of itself: `postings` finds it, the cluster artifact keeps it."""

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

Where = Literal["field", "title", "text"]
Period = Literal["hour", "day", "week", "month", "year"]
Employment = Literal["full_time", "part_time", "contract", "temporary", "internship"]
Workplace = Literal["onsite", "hybrid", "remote"]
Seniority = Literal["intern", "junior", "mid", "senior", "lead", "manager", "director"]

EMPLOYMENTS: tuple[Employment, ...] = get_args(Employment)
WORKPLACES: tuple[Workplace, ...] = get_args(Workplace)
SENIORITIES: tuple[Seniority, ...] = get_args(Seniority)


class _Stated(BaseModel):
    """A statement with the words it rests on and where they stand: a field of the export, the title or the text."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    quote: str
    where: Where


class Pay(_Stated):
    """What is paid, gross or net as the quote says.

    `currency` is a code of ISO 4217, or "$" where nothing tells whose dollars they are. An end that is not named is
    None. The yearly ends are of full-time work, made for comparison: 2,080 hours, 260 days, 52 weeks or 12 months a
    year.
    """

    low: float | None = None
    high: float | None = None
    currency: str
    period: Period
    yearly_low: float | None = None
    yearly_high: float | None = None


class EmploymentFact(_Stated):
    """One kind of contract that a posting offers."""

    value: Employment


class WorkplaceFact(_Stated):
    """Where the work is done; remote where it may be done from anywhere or from home throughout."""

    value: Workplace


class SeniorityFact(_Stated):
    """The level of the one role that a posting speaks of."""

    value: Seniority


class YearsFact(_Stated):
    """The least years of experience that are asked for."""

    value: int


class CountryFact(_Stated):
    """The one country that a posting names, as ISO 3166 writes it in two letters."""

    value: str


class Facts(BaseModel):
    """What a posting states of itself; what it does not state is None. `language` is ISO 639, two letters."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    pay: Pay | None = None
    employment: tuple[EmploymentFact, ...] = ()
    workplace: WorkplaceFact | None = None
    seniority: SeniorityFact | None = None
    years: YearsFact | None = None
    country: CountryFact | None = None
    language: str | None = None
