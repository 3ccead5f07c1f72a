"""Handles made-up updates on a data folder until standard input ends, as fast as it can."""

import select
import sys
from pathlib import Path

from analysis.columns.plan import ColumnPlan
from storage.keys import derive
from storage.offices import Offices
from storage.register import Register
from tests.storage.conftest import KEY, NOW


def write(data: Path) -> None:
    register = Register(data / "register.db", derive(KEY, "register"))
    offices = Offices(data / "offices", KEY)
    plan = ColumnPlan(columns=())
    number = 100
    while not select.select([sys.stdin], [], [], 0)[0]:
        register.receive(number, number, "{}", NOW)
        office = register.open_office_for(number, "nl", NOW).office
        offices.create(office)
        with offices.open(office) as opened:
            opened.add_upload(number, "list.xlsx", plan, b"rows " * 1000, 2, NOW)
        register.finish([number], NOW)
        if number % 7 == 0 and (member := register.member(number - 3)):
            register.forget_office(member.office, handling=number)
            offices.remove(member.office)
        print(number, flush=True)  # noqa: T201
        number += 1
    register.close()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
