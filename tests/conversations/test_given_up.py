"""A message that fells the whole bot is answered in the end, and everything else before it."""

import signal

from tests.conversations.lists import csv_list
from tests.conversations.test_restart import bot_process

FALLS = 3


async def test_what_fells_the_bot_three_times_is_told_and_done(server, anja, tmp_path):
    # Whoever downloads the file is at it for ever, and is killed meanwhile.
    server.faults.slow(600, method="getFile", times=None)
    await anja.sends("klanten.csv", csv_list())
    for _ in range(FALLS):
        process = bot_process(server.url, tmp_path)
        await anja.sees("Ontvangen")
        process.send_signal(signal.SIGKILL)
        await process.wait()
    process = bot_process(server.url, tmp_path)
    try:
        await anja.sees("Daar kwam ik drie keer niet doorheen")
        await anja.says("/top10")
        await anja.sees("Ik heb nog geen klantenlijst van je")
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()
    assert process.returncode == 0
