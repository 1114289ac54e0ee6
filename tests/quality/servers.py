"""The web servers that we write settings for, from Debian: each serves a site as an operator would have it do."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from tests.quality import tools
from tests.serving import PATIENCE, some_port

PACKAGES = {"nginx": "nginx", "apache2": "apache2-bin", "caddy": "caddy"}
"""Each program, and Debian's package that brings it."""


@cache
def program(name: str, package: str) -> str:
    """Where a program is, from Debian where there is none and we may install one; raises NoTool."""
    found = where(name)
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        tools.install("Reading Debian's list of packages", "apt-get", "-qq", "update")
        wanted = ("apt-get", "install", "--yes", "--no-install-recommends", package)
        # At run level 1 Debian's scripts install a service and do not start it: port 80 is somebody else's.
        quietly = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        tools.install(f"Installing {package}", *wanted, environment=quietly)
        found = where(name)
    if found is None:
        raise tools.NoTool(f"{name} is needed, and there is none. As root: apt install {package}")
    return found


def where(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its status, its headers by small name (a doubled one joined by a bar), its bytes."""

    status: int
    headers: Mapping[str, str]
    data: bytes


@dataclass(frozen=True, slots=True)
class Host:
    """A running web server, and the path below which it has the site."""

    port: int
    root: str

    def ask(self, address: str, **headers: str) -> Said:
        """What is answered for an address of the site."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", quote(f"{self.root}{address}"), headers=given)
            answer = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in answer.getheaders():
                small = name.lower()
                found[small] = f"{found[small]} | {value}" if small in found else value
            return Said(answer.status, found, answer.read())
        finally:
            connection.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.root}"


Setting = Callable[[Path, Path, Path, int], list[str]]
"""(work folder, document root, site) and port -> the command that serves in the foreground."""


def nginx(work: Path, documents: Path, site: Path, port: int) -> list[str]:
    snippet = shutil.copy(site / "_hosting" / "nginx.conf", work / "yearround.conf")
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(f"""\
{user}
daemon off;
pid {work}/pid;
error_log {work}/log;
events {{ }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fast;
    uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {documents};
        include {snippet};
    }}
}}
""")
    return [program("nginx", PACKAGES["nginx"]), "-c", str(work / "nginx.conf"), "-e", str(work / "log")]


def apache(work: Path, documents: Path, site: Path, port: int) -> list[str]:
    runs = program("apache2", PACKAGES["apache2"])
    modules = "mpm_event authz_core dir mime headers alias filter deflate".split()
    loads = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in modules)
    (work / "mime.types").write_text("text/html html\ntext/plain txt\napplication/json json\n")
    (work / "apache.conf").write_text(f"""\
ServerRoot {work}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {work}/pid
ErrorLog {work}/log
{loads}
User www-data
TypesConfig {work}/mime.types
DocumentRoot {documents}
<Directory {documents}>
  Require all granted
  Options FollowSymLinks
  AllowOverride FileInfo Indexes Options=Indexes,MultiViews
</Directory>
""")
    return [runs, "-DFOREGROUND", "-f", str(work / "apache.conf")]


def caddy(work: Path, documents: Path, site: Path, port: int) -> list[str]:
    shutil.copy(site / "_hosting" / "Caddyfile", work / "yearround.caddy")
    (work / "Caddyfile").write_text(f"""\
{{
	admin off
	auto_https off
}}
http://127.0.0.1:{port} {{
	root * {documents}
	import yearround.caddy
}}
""")
    return [program("caddy", PACKAGES["caddy"]), "run", "--config", str(work / "Caddyfile")]


SERVERS: Mapping[str, Setting] = {"nginx": nginx, "apache": apache, "caddy": caddy}


@contextmanager
def serving(name: str, work: Path, documents: Path, root: str) -> Iterator[Host]:
    """The site at `documents` + `root`, served by one of the servers until the end of the block."""
    work.mkdir(parents=True, exist_ok=True)
    port = some_port()
    command = SERVERS[name](work, documents, documents / root.strip("/"), port)
    log = work / "said"
    home = {**os.environ, "HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    with (
        log.open("w") as out,
        subprocess.Popen(command, stdout=out, stderr=out, env=home, cwd=work) as process,
    ):
        try:
            host = Host(port, root)
            _wait_for(host, process, log)
            yield host
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _wait_for(host: Host, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            host.ask("")
        except OSError:
            words = log.read_text()
            assert process.poll() is None, f"it would not start:\n{words}"
            assert time.monotonic() < until, f"it does not answer:\n{words}"
            time.sleep(0.05)
        else:
            return
