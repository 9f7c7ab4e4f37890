"""From files to postings: bytes become text, rows become vacancies, repeats and small print are told apart.

Here it is also decided what a title says of the role, which phrases name a job, and where a sentence begins.
`load_vacancies` is the way in.
"""

from pipeline.postings.boilerplate import (
    find_boilerplate,
    is_small_print,
    own_text,
)
from pipeline.postings.documents import (
    MAX_BYTES,
    MAX_MARKUP,
    SUFFIXES,
    Document,
    decode,
    html_to_text,
    read_document,
    read_html,
    run_worker,
    split_front_matter,
)
from pipeline.postings.duplicates import (
    find_duplicates,
)
from pipeline.postings.role_phrases import (
    SMALL_WORDS,
    describe_roles,
    find_role_phrases,
    head_words,
    names_occupation,
    occupation_of,
    role_segments,
)
from pipeline.postings.role_texts import RoleText, role_texts
from pipeline.postings.sentences import (
    sentence_at,
    sentence_span,
    sentence_starts,
    shown_sentence,
)
from pipeline.postings.titles import (
    bare_title,
    title_segments,
    typical_seniority,
)
from pipeline.postings.vacancies import (
    LEAVE_OUT,
    ROW_SUFFIXES,
    Corpus,
    Skip,
    Vacancy,
    is_passed_over,
    load_vacancies,
    posting_files,
    read_leave_out,
    read_uploads,
    reads_like_title,
)

__all__ = [
    "LEAVE_OUT",
    "MAX_BYTES",
    "MAX_MARKUP",
    "ROW_SUFFIXES",
    "SMALL_WORDS",
    "SUFFIXES",
    "Corpus",
    "Document",
    "RoleText",
    "Skip",
    "Vacancy",
    "bare_title",
    "decode",
    "describe_roles",
    "find_boilerplate",
    "find_duplicates",
    "find_role_phrases",
    "head_words",
    "html_to_text",
    "is_passed_over",
    "is_small_print",
    "load_vacancies",
    "names_occupation",
    "occupation_of",
    "own_text",
    "posting_files",
    "read_document",
    "read_html",
    "read_leave_out",
    "read_uploads",
    "reads_like_title",
    "role_segments",
    "role_texts",
    "run_worker",
    "sentence_at",
    "sentence_span",
    "sentence_starts",
    "shown_sentence",
    "split_front_matter",
    "title_segments",
    "typical_seniority",
]
