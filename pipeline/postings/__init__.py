"""From files to postings: bytes become text, rows become vacancies, repeats and small print are told apart.

Here it is also decided what a title says of the role, which phrases name a job, and where a sentence begins.
`load_vacancies` is the way in.
"""

from pipeline.postings.boilerplate import (
    find_boilerplate,
    is_small_print,
    own_text,
)
from pipeline.postings.collect.asking import Limits
from pipeline.postings.collect.board import Board
from pipeline.postings.collect.boards import boards
from pipeline.postings.collect.collecting import COLLECTED, Collected, collect_boards
from pipeline.postings.collect.keeping import Shelf, open_shelves
from pipeline.postings.collect.targets import Target, read_targets
from pipeline.postings.column_memory import MEMORY_NAME, forget_columns, parse_columns, remember_columns
from pipeline.postings.columns import ROLES
from pipeline.postings.company_passages import company_spans
from pipeline.postings.content_order import (
    by_content,
    content_digest,
)
from pipeline.postings.corpus_copy import pack_corpus, unpack_corpus
from pipeline.postings.documents import ROW_SUFFIXES, SUFFIXES, read_document
from pipeline.postings.duplicates import (
    Sketch,
    find_duplicates,
    fold_repeats,
    sketch,
)
from pipeline.postings.encodings import decode
from pipeline.postings.facts import facts_of, find_facts, kept_facts
from pipeline.postings.formats import MAX_BYTES, Document
from pipeline.postings.formats.hostile import run_worker
from pipeline.postings.formats.pages import read_html
from pipeline.postings.formats.plain_text import split_front_matter
from pipeline.postings.head_lines import reads_like_title
from pipeline.postings.languages import (
    has_word_list,
    language_name,
    language_of,
    word_frequency,
)
from pipeline.postings.posting_files import LEAVE_OUT, is_passed_over, posting_files, read_leave_out
from pipeline.postings.reader_key import reader_key
from pipeline.postings.receipt_notes import receipt_notes
from pipeline.postings.receipts import FileReceipt, Skip, TakenColumn, sum_documents
from pipeline.postings.role_phrases import (
    SMALL_WORDS,
    describe_roles,
    find_role_phrases,
    head_words,
    names_occupation,
    occupation_of,
    role_segments,
)
from pipeline.postings.role_texts import RoleReading, RoleText, learn_role_texts, role_texts
from pipeline.postings.sentences import (
    sentence_at,
    sentence_span,
    sentence_starts,
    shown_sentence,
)
from pipeline.postings.set_aside import SET_ASIDE, read_set_aside, write_set_aside
from pipeline.postings.titles import (
    bare_title,
    title_segments,
    typical_seniority,
)
from pipeline.postings.vacancies import load_vacancies, read_uploads
from pipeline.postings.vacancy import FIELD_NAMES, Corpus, Vacancy
from pipeline.postings.web_text import MAX_MARKUP, html_to_text

__all__ = [
    "COLLECTED",
    "FIELD_NAMES",
    "LEAVE_OUT",
    "MAX_BYTES",
    "MAX_MARKUP",
    "MEMORY_NAME",
    "ROLES",
    "ROW_SUFFIXES",
    "SET_ASIDE",
    "SMALL_WORDS",
    "SUFFIXES",
    "Board",
    "Collected",
    "Corpus",
    "Document",
    "FileReceipt",
    "Limits",
    "RoleReading",
    "RoleText",
    "Shelf",
    "Sketch",
    "Skip",
    "TakenColumn",
    "Target",
    "Vacancy",
    "bare_title",
    "boards",
    "by_content",
    "collect_boards",
    "company_spans",
    "content_digest",
    "decode",
    "describe_roles",
    "facts_of",
    "find_boilerplate",
    "find_duplicates",
    "find_facts",
    "find_role_phrases",
    "fold_repeats",
    "forget_columns",
    "has_word_list",
    "head_words",
    "html_to_text",
    "is_passed_over",
    "is_small_print",
    "kept_facts",
    "language_name",
    "language_of",
    "learn_role_texts",
    "load_vacancies",
    "names_occupation",
    "occupation_of",
    "open_shelves",
    "own_text",
    "pack_corpus",
    "parse_columns",
    "posting_files",
    "read_document",
    "read_html",
    "read_leave_out",
    "read_set_aside",
    "read_targets",
    "read_uploads",
    "reader_key",
    "reads_like_title",
    "receipt_notes",
    "remember_columns",
    "role_segments",
    "role_texts",
    "run_worker",
    "sentence_at",
    "sentence_span",
    "sentence_starts",
    "shown_sentence",
    "sketch",
    "split_front_matter",
    "sum_documents",
    "title_segments",
    "typical_seniority",
    "unpack_corpus",
    "word_frequency",
    "write_set_aside",
]
