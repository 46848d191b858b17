"""Processes as they are measured from outside, and the server that they ask."""
import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

TRIES = 200  # of 50 ms, until the server answers

NGINX = '''daemon off; master_process off; worker_rlimit_nofile 20000; pid {work}/pid; error_log stderr warn;
events {{ worker_connections 2048; }}
http {{
  types {{ text/html html; text/plain txt; }}
  charset utf-8; access_log off; sendfile on; index index.html; keepalive_requests 1000000;
  open_file_cache max=10000 inactive=1h; open_file_cache_valid 1h;
  client_body_temp_path {work}/body; proxy_temp_path {work}/proxy; fastcgi_temp_path {work}/fastcgi;
  uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
  server {{ listen 127.0.0.1:{port}; root {root}; gzip_static on; gzip_vary on; }}
}}
'''


class Failed(Exception):
    """What went wrong, in words for a person."""


@dataclass
class Measured:
    wall: float  # seconds, from the start to the end of the process
    cpu: float   # seconds, user and system, of all its threads and children
    rss: float   # MiB, the most that it held


def pinned(core, words):
    return words if core is None else ['taskset', '-c', str(core), *words]


def two_cores():
    """One for the server and one for the crawlers; None and None where there are not two."""
    cores = sorted(os.sched_getaffinity(0))
    return (cores[0], cores[1]) if len(cores) > 1 else (None, None)


def end(process):
    """Ends a process that leads its own session, and its children with it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def measured(words, core, log):
    """Runs these words to their end, output into `log`. The memory is told by `time`, whose own is small: what a child of
    this process starts with would count as the child's."""
    told = Path(f'{log}.time')
    whole = ['/usr/bin/time', '-q', '-f', '%M', '-o', told, *pinned(core, words)]
    with open(log, 'wb') as output:
        begin = time.perf_counter()
        process = subprocess.Popen(whole, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            end(process)
            raise
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f'{" ".join(map(str, words))}\nended with {process.returncode}:\n{Path(log).read_text()[-2000:]}')
    return Measured(wall, usage.ru_utime + usage.ru_stime, int(told.read_text()) / 1024)


def free_port():
    with socket.socket() as asked:
        asked.bind(('127.0.0.1', 0))
        return asked.getsockname()[1]


def answers(port):
    with contextlib.suppress(ConnectionRefusedError), socket.create_connection(('127.0.0.1', port)):
        return True
    return False


def await_server(process, port):
    for _ in range(TRIES):
        if answers(port):
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            raise Failed('nginx did not start; its words stand above')
    raise Failed(f'nginx does not answer on port {port}')


@contextlib.contextmanager
def served(root, core):
    """nginx over the pages in `root`; gives its address."""
    with tempfile.TemporaryDirectory(prefix='boardwalk-nginx-') as work:
        port = free_port()
        conf = Path(work) / 'nginx.conf'
        conf.write_text(NGINX.format(work=work, port=port, root=root))
        process = subprocess.Popen(pinned(core, ['/usr/sbin/nginx', '-e', 'stderr', '-p', work, '-c', conf]),
                                   start_new_session=True)
        try:
            await_server(process, port)
            yield f'http://127.0.0.1:{port}/'
        finally:
            end(process)
