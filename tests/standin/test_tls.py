"""TLS: the whole of it works as without, and a client that does not trust the certificate harms nobody."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner
from standin_client import REPO

from irp_actions.edges.standin.command import standin_command
from irp_actions.edges.standin.engine import NoEngine
from irp_actions.edges.standin.server import Listening
from irp_actions.edges.standin.standin import StandIn
from tests.certificates import Certificates, issued

PROGRAM = "from irp_actions.edges.standin.command import standin_command; standin_command()"
OWNER = {"Authorization": "Bearer acme"}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """An authority and the server's certificate."""
    return issued(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def secure(checkout: Path, certificates: Certificates) -> Iterator[StandIn]:
    """A stand-in that speaks TLS."""
    listening = Listening(tls=certificates.context)
    with StandIn(REPO, checkout, listening=listening, engine_of=lambda _checkout, _host: NoEngine()) as standin:
        yield standin


def test_every_address_is_https_under_the_name_the_client_used(secure: StandIn, certificates: Certificates) -> None:
    """In the ready line, in bodies and in `Link` headers."""
    assert secure.api_url.startswith("https://127.0.0.1:")
    url = f"{secure.api_url.replace('127.0.0.1', 'localhost')}/repos/{REPO}/issues"
    call = partial(requests.request, headers=OWNER, verify=str(certificates.authority), timeout=30)
    for number in range(2):
        opened = call("POST", url, json={"title": f"issue {number}"})
    assert opened.json()["url"] == opened.headers["Location"] == f"{url}/2"
    listed = call("GET", url, params={"per_page": 1})
    assert listed.links["next"]["url"].startswith("https://localhost:")
    assert [issue["number"] for issue in call("GET", listed.links["next"]["url"]).json()] == [1]


def test_clients_that_do_not_trust_it_or_speak_no_tls_harm_nobody(
    secure: StandIn, certificates: Certificates, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nor does one that connects and says nothing."""
    silent = socket.create_connection(secure.server.server_address)
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(secure.api_url, timeout=30)
    with pytest.raises(requests.ConnectionError):
        requests.get(secure.api_url.replace("https", "http"), timeout=30)
    answer = requests.get(
        f"{secure.api_url}/repos/{REPO}", headers=OWNER, verify=str(certificates.authority), timeout=30
    )
    assert answer.json()["full_name"] == REPO
    silent.close()
    assert capfd.readouterr().err == ""


def test_the_command_serves_with_the_files_it_is_given(tmp_path: Path, certificates: Certificates) -> None:
    """The ready line says https."""
    options = ["--repo", REPO, "--tls", str(certificates.certificate), str(certificates.key)]
    command = [sys.executable, "-c", PROGRAM, *options]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        url = f"{ready['api_url']}/repos/{ready['repo']}"
        assert requests.get(url, headers=OWNER, verify=str(certificates.authority), timeout=30).ok
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0


def test_files_that_will_not_do_are_refused_before_anything_starts(certificates: Certificates) -> None:
    """The wrong way round, one that is nowhere, or only one."""
    certificate, key = str(certificates.certificate), str(certificates.key)
    for files in ((key, certificate), (certificate, "nowhere.key"), (certificate,)):
        assert CliRunner().invoke(standin_command, ["--repo", REPO, "--tls", *files]).exit_code == 2
