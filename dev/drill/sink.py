"""A mail server on this machine that keeps what it gets, or behaves badly."""

import socketserver
import threading
import time
from contextlib import contextmanager
from email import message_from_string

HANG = 3600  # seconds: longer than anybody waits
FEW = 15  # mails before it hangs up


class Smtp(socketserver.StreamRequestHandler):
    """`server.mood`: "take" keeps the head of each mail in `server.mails`, "refuse"
    wants no recipient, "defer" none of them now, "refuse sender" wants nobody who
    writes, "hang" never says a word, "hang up" does so once, after a few.
    """

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self):
        if self.server.mood == "hang":
            time.sleep(HANG)
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                if self.server.mood == "hang up" and len(self.server.mails) == FEW:
                    self.server.mood = "take"
                    return
                self.say("354 go on")
                self.take()
            elif word == b"RCPT" and self.server.mood == "refuse":
                self.say("550 5.1.1 nobody of this name")
            elif word == b"RCPT" and self.server.mood == "defer":
                self.say("451 4.7.1 try again later")
            elif word == b"MAIL" and self.server.mood == "refuse sender":
                self.say("530 5.7.0 log in first")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self):
        lines, in_head = [], True
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            in_head = in_head and line != b"\r\n"
            if in_head:
                lines.append(line)
        self.server.mails.append(b"".join(lines).decode(errors="replace"))
        self.say("250 taken")


class Sink(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Smtp)
        self.mood, self.mails = "take", []

    @property
    def port(self):
        return self.server_address[1]

    def subjects(self):
        """Recipient and subject of the mails taken, sorted."""
        heads = map(message_from_string, self.mails)
        return sorted(f"{head['To']} {head['Subject']}" for head in heads)


@contextmanager
def running_sink():
    with Sink() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
