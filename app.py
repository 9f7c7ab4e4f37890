"""The dashboard, as `streamlit run app.py` serves it.

The server runs a script that does not lie beside the folder `pages`: of one that does, Streamlit takes the first visit
for one to its own menu of `pages/*.py`, and says of our addresses that there is no such page.
"""

import streamlit as st

from pages.ui import dashboard

app = st.App(dashboard.__file__)

if __name__ == "__main__":  # run as a script itself, as Streamlit's own test bench does
    dashboard.show()
