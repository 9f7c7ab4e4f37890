"""The colours of clusters: told apart by people who do not see all colours, on light and dark ground alike."""

# After Paul Tol's bright scheme; the same as in .streamlit/config.toml.
COLOURS = (
    *("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#EE8866", "#44BB99", "#9970AB", "#997700"),
    *("#77AADD", "#BB5566", "#AAAA00", "#D6604D", "#5AAE61", "#99DDFF", "#DDAA33", "#C2A5CF", "#6699CC", "#999999"),
)


def colour_of(number: int) -> str:
    """Return the colour of the cluster that stands at this place in the artifact."""
    return COLOURS[number % len(COLOURS)]
