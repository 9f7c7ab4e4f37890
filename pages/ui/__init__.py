"""What the pages share."""

from pages.ui.session import chosen_home
from pipeline.core import choose_home_by

choose_home_by(chosen_home)
