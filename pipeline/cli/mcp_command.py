"""The command that serves assistants over the Model Context Protocol."""

from pipeline.cli.terminal import ArtifactOption


def mcp(clusters_artifact: ArtifactOption = None) -> None:
    """Serve the services that only read to an assistant, on standard input and output, until it hangs up."""
    from pipeline.assistants import make_server

    make_server(clusters_artifact).run("stdio")
