"""Python imports this at its start where this folder is in PYTHONPATH: from then on no host name leads anywhere.

Feeds captured from real outlets link to real pages. A measurement must not ask for them: the sites did nothing to
deserve it, and figures that depend on them could not be had again.
"""

import socket
from typing import Any

_getaddrinfo = socket.getaddrinfo


def _loopback_only(host: Any, *arguments: Any, **named: Any) -> Any:
    if host in (None, "", "localhost", "127.0.0.1", "::1"):
        return _getaddrinfo(host, *arguments, **named)
    raise socket.gaierror(socket.EAI_NONAME, "only loopback here")


socket.getaddrinfo = _loopback_only
