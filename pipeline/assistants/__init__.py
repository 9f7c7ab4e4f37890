"""What assistants may ask over the Model Context Protocol: the services that only read, on standard input and output.

Nothing listens on a network, and no language model is asked; what an assistant does with an answer is its own affair.
"""

from pipeline.assistants.server import make_server

__all__ = ["make_server"]
