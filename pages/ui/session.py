"""Whom a page is shown to, and which workspace that is: one for all, one for each who signs in, or the samples."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.secrets import secrets_singleton

from pages.ui.display import plain
from pipeline import services
from pipeline.core import RolemapError, Settings, base_settings

SAMPLES = "workspace.samples"  # whether this session looks at the samples


class NotSignedIn(RolemapError):
    """The dashboard asks for a sign-in, and this session has none."""


def session_id() -> str:
    """Return what tells this browser session from others."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def chosen_home(settings: Settings) -> Path | None:
    """Return the workspace of the session that asks; None outside of any. Raises NotSignedIn."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    own = own_home(settings)
    return services.sample_home(own) if st.session_state.get(SAMPLES) else own


def own_home(settings: Settings | None = None) -> Path:
    """Return the session's own workspace, whether or not it looks at the samples just now. Raises NotSignedIn."""
    settings = settings or base_settings()
    if not asks_for_sign_in(settings):
        return settings.home
    if not st.user.is_logged_in:
        raise NotSignedIn("Sign in first: this dashboard keeps a workspace for each person.")
    identity = st.user.to_dict()
    if not is_allowed(identity, settings.sign_in_allowed):
        raise NotSignedIn("This account may not use this dashboard. Ask whoever runs it to let you in.")
    return services.user_home(settings.home, str(identity.get("iss", "")), str(identity["sub"]))


def asks_for_sign_in(settings: Settings) -> bool:
    """Tell whether people sign in here: a provider is set up in the secrets, or the settings insist on one."""
    return settings.sign_in or has_provider()


def has_provider() -> bool:
    """Tell whether `.streamlit/secrets.toml` has an identity provider."""
    return secrets_singleton.load_if_toml_exists() and "auth" in secrets_singleton


def is_allowed(identity: Mapping[str, object], allowed: str) -> bool:
    """Tell whether a person may come in: anyone where nobody is named, else by a verified address or its domain.

    >>> is_allowed({"email": "ann@example.com", "email_verified": True}, "bob@example.org, @example.com")
    True
    >>> is_allowed({"email": "ann@example.com"}, "@example.com")
    False
    """
    names = [name.strip().lower() for name in allowed.split(",") if name.strip()]
    if not names:
        return True
    email = str(identity.get("email", "")).lower()
    is_verified = identity.get("email_verified") in (True, "true")
    return is_verified and any(email == name or (name[0] == "@" and email.endswith(name)) for name in names)


def let_in() -> None:
    """Have the session sign in where the dashboard asks for it; ends the page until it has."""
    settings = base_settings()
    if not asks_for_sign_in(settings):
        return
    if not has_provider():
        st.error(
            "People must sign in here, but `.streamlit/secrets.toml` names no provider under [auth]. See the README."
        )
        st.stop()
    if not st.user.is_logged_in:
        st.title("Rolemap")
        st.write("Your postings, clusters and resumes are kept apart from everyone else's. Sign in to go on.")
        st.button("Sign in", type="primary", on_click=st.login)
        st.stop()
    try:
        own_home(settings)
    except NotSignedIn as error:
        st.error(plain(str(error)))
        st.button("Sign out", on_click=st.logout)
        st.stop()
    with st.sidebar:
        st.caption(f"Signed in as {plain(str(st.user.get('email') or st.user.get('name') or 'you'))}")
        st.button("Sign out", on_click=st.logout, width="stretch")


def is_personal() -> bool:
    """Tell whether the workspace belongs to one person, who signed in, and not to all who use the dashboard."""
    return asks_for_sign_in(base_settings())


def is_at_samples() -> bool:
    """Tell whether this session looks at the samples."""
    return bool(st.session_state.get(SAMPLES))


def go_to_samples() -> None:
    """Have this session look at the samples; nothing of its own postings is touched. Raises RolemapError."""
    services.open_samples(own_home())
    st.session_state[SAMPLES] = True


def go_to_own() -> None:
    """Have this session look at its own postings again."""
    st.session_state[SAMPLES] = False


def whose() -> str:
    """Say in a few words who else sees the postings and clusters at hand."""
    return "only you see them" if is_personal() else "shared by everyone who uses this dashboard"


def show_place() -> None:
    """Say in the side bar that the postings at hand are the samples, with the way back."""
    if is_at_samples():
        with st.sidebar:
            st.info("These are the sample postings, all invented.", icon=":material/science:")
            st.button("Back to my own postings", on_click=go_to_own, key="session.to_own", width="stretch")
