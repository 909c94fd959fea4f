"""Programs for Odoo processes: the jobs, and what happens to them at bad moments."""

import signal

DECIDE = """
import json, os, signal, time
from odoo.addons.l10n_fr_recouvrement.models import recovery_run_process

recovery_run_process.CHUNK_DEBTORS = 4
FAULT
env.ref("l10n_fr_recouvrement.ir_cron_recovery_run").method_direct_trigger()
env.cr.commit()
print("RESULT", json.dumps("done"))
"""
SEND = """
import json, os, resource, signal, time
from odoo.addons.base.models import ir_mail_server

ir_mail_server.SMTP_TIMEOUT = 3
FAULT
env.ref("l10n_fr_recouvrement.ir_cron_recovery_send").method_direct_trigger()
env.cr.commit()
print("RESULT", json.dumps("done"))
"""
# The process dies at the given call of a method, before or after it.
KILL = """
model = type(env["MODEL"])
original = model.POINT
calls = []

def killed(self, *args, **options):
    calls.append(1)
    if len(calls) == CALL and "before" == "WHEN":
        os.kill(os.getpid(), signal.SIGKILL)
    result = original(self, *args, **options)
    if len(calls) == CALL:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

model.POINT = killed
"""
# Before or after a method: say SIGN, and wait until somebody says WAIT.
PAUSE = """
model = type(env["MODEL"])

def paused(self, *args, method=model.METHOD):
    result = AFTER and method(self, *args)
    open("FOLDER/SIGN", "w").close()
    while not os.path.exists("FOLDER/WAIT"):
        time.sleep(0.01)
    return result if AFTER else method(self, *args)

model.METHOD = paused
"""
# Somebody changes the items of the first chunk after the run began to read them.
OVERTAKE = """
model = type(env["recovery.run"])
overtaken = []

def lock(self, *args, method=model._lock):
    if overtaken:
        return method(self, *args)
    overtaken.append(self.env.cr.execute("SELECT 1"))  # what it sees is fixed here
    with self.env.registry.cursor() as cr:
        cr.execute("UPDATE account_move_line SET name = name || '!'")
    try:
        return method(self, *args)
    except Exception as error:
        open("FOLDER/" + type(error).__name__, "w").close()
        raise

model._lock = lock
"""
# From then on the file system takes only very small files, as a full disk does.
FULL_DISK = """
attachment = type(env["ir.attachment"])
write = attachment._file_write

def cramped(self, value, checksum):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        return write(self, value, checksum)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

attachment._file_write = cramped
"""
BATCH = 10
BATCHES = f"""
from odoo.addons.l10n_fr_recouvrement.models import recovery_sender

recovery_sender.BATCH = {BATCH}
"""
TOMORROW = """
from datetime import timedelta

company = type(env["res.company"])
today = company._recovery_today
company._recovery_today = lambda self: today(self) + timedelta(days=1)
"""


def filled(code, **words):
    for word, value in words.items():
        code = code.replace(word, str(value))
    return code


def kill_at(point, when, model="recovery.run", call=3):
    return filled(KILL, POINT=point, WHEN=when, MODEL=model, CALL=call)


def pause(method, sign, wait, after, model="recovery.run"):
    return filled(PAUSE, METHOD=method, SIGN=sign, WAIT=wait, AFTER=after, MODEL=model)


def decide(database, fault=""):
    return database.start(filled(DECIDE, FAULT=fault))


def send(database, fault=""):
    return database.start(filled(SEND, FAULT=fault))


def assert_killed(process):
    code, output = process.wait()
    assert code == -signal.SIGKILL, output[-2000:]
