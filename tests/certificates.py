"""Certificates for an embedded GitHub that speaks TLS: an authority that nobody trusts, and what it signed."""

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in PEM.

    Attributes:
        authority: What a client has to trust.
        certificate: The server's, for 127.0.0.1 and localhost.
        key: Of the server's certificate.
    """

    authority: Path
    certificate: Path
    key: Path

    @property
    def context(self) -> ssl.SSLContext:
        """What the server speaks TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


def issued(folder: Path) -> Certificates:
    """Make an authority and a server's certificate in a folder."""
    authority = trustme.CA()
    server = authority.issue_cert("127.0.0.1", "localhost")
    files = Certificates(folder / "authority.pem", folder / "server.pem", folder / "server.key")
    authority.cert_pem.write_to_path(files.authority)
    server.cert_chain_pems[0].write_to_path(files.certificate)
    server.private_key_pem.write_to_path(files.key)
    return files
