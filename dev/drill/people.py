"""People who look at the worklist in their browsers."""

import json
import threading
import time
import urllib.request
from contextlib import contextmanager

from .database import free_port, serving

PATIENCE = 60  # seconds, for the server to answer
PAGE = {"specification": {"partner_id": {}, "status": {}, "claimable": {}}}


class Readers:
    """Threads that ask a server for the worklist, again and again.

    `lengths` holds what they read, `errors` what they got instead.
    """

    def __init__(self, database, port):
        self.address, self.headers = f"http://127.0.0.1:{port}", {}
        login = {"db": database.name, "login": "admin", "password": "admin"}
        self.post("/web/session/authenticate", login)
        self.lengths, self.errors, self.over = [], [], threading.Event()

    def post(self, path, params):
        """Answer of the server; the cookie of its session is kept."""
        request = urllib.request.Request(
            self.address + path,
            json.dumps({"params": params}).encode(),
            {"Content-Type": "application/json"} | self.headers,
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            if cookie := response.headers["Set-Cookie"]:
                self.headers = {"Cookie": cookie.split(";")[0]}
            return json.load(response)["result"]

    def read(self):
        call = {"model": "recovery.debtor", "method": "web_search_read"}
        arguments = {"args": [[]], "kwargs": PAGE | {"limit": 80}}
        try:
            while not self.over.is_set():
                page = self.post("/web/dataset/call_kw", call | arguments)
                self.lengths.append(page["length"])
        except Exception as error:
            self.errors.append(repr(error))


@contextmanager
def reading(database, count):
    """So many people read the worklist meanwhile; all have begun."""
    port = free_port()
    options = ("--http-port", str(port), "--max-cron-threads", "0")
    with serving(database, *options):
        wait_for_server(port)
        readers = Readers(database, port)
        people = [threading.Thread(target=readers.read) for _ in range(count)]
        for person in people:
            person.start()
        while len(readers.lengths) < count and not readers.errors:
            time.sleep(0.05)
        try:
            yield readers
        finally:
            readers.over.set()
            for person in people:
                person.join()


def wait_for_server(port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health"):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")
