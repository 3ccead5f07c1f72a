"""The invented office behind the sample client lists.

Every person, company and number is made up. The Dutch national ids pass the 11-test and start
with 99999, which is kept apart for tests according to the page of the bsn-js library; phone
numbers start with 06-00, which no mobile number does as far as we know; the mail domain ends in
`.example`, which nobody can own (RFC 2606).

What is planted, for the assistant to find: nine of the ten best clients are the owner-director of
a company with ten people or more, seven of them in construction. What is not planted but looks
shared: nearly all ten own a home, and so do most other clients. Four of the ten live in
Barneveld, which ten clients may well do by accident. Six look-alikes of the ten bring little
and were not spoken to for long.
"""

import json
import math
import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from stdnum.nl import bsn

SEED = 2025
LISTED_YEAR = 2025
COST_PER_HOUR = 52.0
"""Euros; what an hour costs the office, not what it asks for one."""

WORDS = json.loads(Path(__file__).with_name("sample_words.json").read_text("utf-8"))

Texts = dict[str, str]
"""One text by language: `nl`, `en`."""


@dataclass
class Client:
    """One client of the office; money in euros."""

    born: date
    job: Texts
    since: date
    revenue: float | None
    hours: float
    income: int | None = None
    wealth: int | None = None
    sector: Texts | None = None
    firm: str | None = None
    owner_director: bool = False
    employees: int | None = None
    directors: int | None = None
    retired: bool = False
    owns_home: bool = True
    place: str | None = None
    last_contact: date | None = None
    contacts: int = 1
    policies: int = 1
    rate_end: date | None = None
    proposals: int = 0
    deals: int = 0
    expenses: float = 0.0
    number: int = 0
    name: str = ""
    national_id: int = 0
    postal_code: str = ""
    phone: str | None = None
    do_not_call: bool = False
    remark: Texts | None = None

    @property
    def entrepreneur(self) -> bool:
        return self.firm is not None

    @property
    def mail(self) -> str:
        surname, _, rest = self.name.partition(", ")
        plain = unicodedata.normalize("NFD", f"{rest[0]}.{surname}").encode("ascii", "ignore")
        return f"{plain.decode().replace(' ', '').lower()}{self.number % 100:02d}@mail.example"

    @property
    def cost(self) -> float:
        return round(self.hours * COST_PER_HOUR + self.expenses, 2)


@dataclass(frozen=True)
class Planted:
    """One of the ten best: what is fixed beforehand."""

    revenue: float
    trade: int
    job: int
    employees: int
    directors: int
    place: str
    hours: float


TOP = (
    Planted(22_480.50, 0, 0, 64, 3, "Barneveld", 88.5),
    Planted(18_215.00, 0, 1, 48, 2, "Barneveld", 76.0),
    Planted(15_940.75, 5, 0, 37, 2, "Nijkerk", 61.5),
    Planted(13_620.00, 0, 3, 26, 2, "Amersfoort", 50.0),
    Planted(12_385.25, 0, 0, 22, 2, "Veenendaal", 53.5),
    Planted(11_410.00, 1, 1, 14, 2, "Leusden", 38.0),
    Planted(10_655.00, 0, 1, 31, 2, "Barneveld", 45.5),
    Planted(9_870.40, 0, 3, 19, 1, "Amersfoort", 42.0),
    Planted(8_940.00, 0, 2, 12, 1, "Barneveld", 33.0),
)


class Office:
    """Draws the clients of the office from one seeded source of chance."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = random.Random(seed)
        names = [a + b for a in WORDS["firm_beginnings"] for b in WORDS["firm_endings"]]
        self.random.shuffle(names)
        self.firm_names = names

    def clients(self) -> list[Client]:
        """All clients, in the order of their names."""
        clients = [self.employer(plan) for plan in TOP]
        clients.append(self.wealthy_retiree())
        clients += [self.sleeping_employer() for _ in range(6)]
        clients += [self.self_employed() for _ in range(76)]
        clients += [self.retiree() for _ in range(68)]
        clients += [self.home_buyer() for _ in range(33)]
        clients += [self.employee() for _ in range(219)]
        for client in clients:
            self.settle(client)
        self.leave_gaps(clients)
        self.identify(clients)
        return sorted(clients, key=lambda client: (client.name, client.number))

    def employer(self, plan: Planted) -> Client:
        trade = WORDS["trades"][plan.trade]
        job = trade["jobs"][plan.job]
        return Client(
            born=self.day(1962, 1978),
            job=job,
            sector=trade["sector"],
            firm=self.firm(job, "BV"),
            owner_director=True,
            employees=plan.employees,
            directors=plan.directors,
            income=self.thousands(96_000, 185_000),
            wealth=self.thousands(260_000, 1_150_000),
            place=plan.place,
            since=self.day(1999, 2014),
            last_contact=self.day(2025, 2025),
            contacts=self.random.randint(9, 22),
            policies=self.random.randint(9, 21),
            revenue=plan.revenue,
            hours=plan.hours,
            rate_end=self.rate_end(0.4),
            proposals=self.random.randint(2, 5),
            deals=2,
        )

    def wealthy_retiree(self) -> Client:
        client = self.retiree()
        client.revenue, client.hours, client.contacts, client.policies = 8_305.00, 31.5, 8, 7
        client.wealth, client.income, client.owns_home = 2_350_000, 88_000, True
        client.last_contact = self.day(2025, 2025)
        return client

    def sleeping_employer(self) -> Client:
        """Looks like the ten, brings little, and was not spoken to for long."""
        trade = WORDS["trades"][self.random.choice((0, 5, 6, 7))]
        job = self.random.choice(trade["jobs"])
        return Client(
            born=self.day(1962, 1978),
            job=job,
            sector=trade["sector"],
            firm=self.firm(job, "BV"),
            owner_director=True,
            employees=self.random.randint(10, 34),
            directors=self.random.randint(1, 2),
            income=self.thousands(88_000, 150_000),
            wealth=self.thousands(180_000, 800_000),
            since=self.day(2008, 2019),
            last_contact=self.day(2022, 2023),
            contacts=1,
            policies=self.random.randint(1, 2),
            revenue=self.amount(1_150, 0.3),
            hours=self.spent(5.0, 0.3),
            proposals=self.random.randint(0, 1),
        )

    def self_employed(self) -> Client:
        trades = WORDS["trades"]
        trade = self.random.choices(trades, [trade["share"] for trade in trades])[0]
        job = self.random.choice(trade["jobs"])
        form = self.random.choices(("eenmanszaak", "VOF", "BV"), (70, 17, 13))[0]
        revenue = min(self.amount(560, 1.0), 6_480.0)
        proposals = self.random.choices((0, 1, 2, 3), (40, 32, 20, 8))[0]
        return Client(
            born=self.day(1960, 1994),
            job=job,
            sector=trade["sector"],
            firm=self.firm(job, form),
            owner_director=form == "BV",
            employees=self.random.choices((0, 1, 2, 3, 5, 8), (62, 12, 10, 8, 5, 3))[0],
            directors={"eenmanszaak": 1, "VOF": 2, "BV": 1}[form],
            income=self.income(54_000, 0.42),
            wealth=self.wealth(95_000),
            owns_home=self.random.random() < 0.8,
            since=self.day(2004, 2025),
            last_contact=self.recent_day(),
            contacts=self.random.randint(1, 6),
            policies=self.random.randint(2, 8),
            revenue=revenue,
            hours=self.spent(1.6, 0.45) + revenue / 520,
            rate_end=self.rate_end(0.55),
            proposals=proposals,
            deals=self.won(proposals, 0.5),
        )

    def retiree(self) -> Client:
        revenue = self.amount(160, 0.55)
        return Client(
            born=self.day(1938, 1957),
            job=WORDS["retired_job"],
            retired=True,
            income=self.income(34_000, 0.3),
            wealth=self.wealth(170_000),
            owns_home=self.random.random() < 0.78,
            since=self.day(1994, 2018),
            last_contact=self.recent_day(),
            contacts=self.random.randint(0, 4),
            policies=self.random.randint(1, 5),
            revenue=revenue,
            hours=self.spent(1.8, 0.45) + revenue / 300,
            rate_end=self.rate_end(0.2),
        )

    def home_buyer(self) -> Client:
        """An employee who took a mortgage in the year of the list: a one-time fee."""
        client = self.employee()
        client.born = self.day(1974, 1999)
        client.owns_home, client.place = True, None
        client.revenue = self.amount(3_050, 0.17)
        client.hours = self.spent(15.5, 0.2)
        client.expenses = 95.0
        client.contacts = self.random.randint(4, 9)
        client.last_contact = self.day(2025, 2025)
        client.rate_end = date(self.random.choice((2035, 2035, 2045)), self.month(), 1)
        client.proposals = self.random.randint(1, 2)
        client.deals = 1
        return client

    def employee(self) -> Client:
        job = self.random.choice(WORDS["employee_jobs"])
        owns_home = self.random.random() < 0.72
        proposals = self.random.choices((0, 1, 2), (82, 15, 3))[0]
        revenue = self.amount(160, 0.6)
        return Client(
            born=self.day(1961, 2000),
            job=job,
            income=self.income(job["income"], 0.18),
            wealth=self.wealth(38_000),
            owns_home=owns_home,
            since=self.day(2003, 2025),
            last_contact=self.recent_day(),
            contacts=self.random.randint(0, 3),
            policies=self.random.randint(1, 6),
            revenue=revenue,
            hours=self.spent(1.4, 0.45) + revenue / 300,
            rate_end=self.rate_end(0.7) if owns_home else None,
            proposals=proposals,
            deals=self.won(proposals, 0.3),
        )

    def settle(self, client: Client) -> None:
        """Makes dates, contacts and hours of one client agree with each other."""
        grown_up = client.born.replace(year=client.born.year + 20, day=1)
        client.since = min(max(client.since, grown_up), date(LISTED_YEAR, 11, 30))
        if not client.owns_home:
            client.rate_end = None
        if client.proposals:
            client.last_contact = self.day(LISTED_YEAR, LISTED_YEAR)
        assert client.last_contact is not None
        client.last_contact = max(client.last_contact, client.since)
        if client.last_contact.year == LISTED_YEAR:
            client.contacts = max(1, client.contacts)
        else:
            client.contacts = 0
            client.hours *= 0.7
        client.hours = max(0.25, round(client.hours * 4) / 4)

    def leave_gaps(self, clients: list[Client]) -> None:
        """What every real list has: repaid commission, much work for little, blanks."""
        ordinary = clients[-200:]
        for client in self.random.sample(ordinary, 3):
            client.revenue = None
        known = [client for client in ordinary if client.revenue is not None]
        for client, revenue in zip(
            self.random.sample(known, 6), (-412.5, -186.0, 0.0, 0.0, 0.0, 0.0), strict=True
        ):
            client.revenue = revenue
        for client in self.random.sample(known, 12):
            client.hours += self.random.randint(6, 14)
            client.contacts += self.random.randint(5, 9)
            client.last_contact = self.day(LISTED_YEAR, LISTED_YEAR)
        for client in clients[len(TOP) + 1 :]:
            if self.random.random() < 0.08:
                client.income = None
            if self.random.random() < 0.22:
                client.wealth = None
            if self.random.random() < 0.04:
                client.last_contact = None

    def identify(self, clients: list[Client]) -> None:
        """Gives everyone a name and numbers; the longest client has the lowest number."""
        ids = self.national_ids(len(clients))
        number = 10_000
        for client in sorted(clients, key=lambda client: client.since):
            number += self.random.randint(1, 9)
            client.number = number
            client.name = self.person()
            client.national_id = ids.pop()
            client.place, client.postal_code = self.address(client.place)
            if self.random.random() < 0.93:
                client.phone = f"06-00{self.random.randrange(10**6):06d}"
            client.do_not_call = self.random.random() < 0.11
            if self.random.random() < 0.12:
                kind = "business_remarks" if client.entrepreneur else "remarks"
                client.remark = self.random.choice(WORDS[kind])

    def national_ids(self, count: int) -> list[int]:
        well_formed = [n for n in range(999_990_000, 1_000_000_000) if bsn.is_valid(str(n))]
        return self.random.sample(well_formed, count)

    def person(self) -> str:
        origin = "frequent_surnames" if self.random.random() < 0.82 else "further_surnames"
        surname, _, infix = self.random.choice(WORDS[origin]).partition(", ")
        letters = self.random.choices(WORDS["initials"], k=self.random.choice((1, 1, 2, 2, 3)))
        initials = "".join(f"{letter}." for letter in letters)
        return f"{surname}, {initials} {infix}".rstrip()

    def address(self, place: str | None) -> tuple[str, str]:
        places = WORDS["places"]
        known = [entry for entry in places if entry["name"] == place]
        chosen = known[0] if known else self.weighted_place(places)
        letters = "".join(self.random.choices("ABCDEGHJKLMNPRTVWXZ", k=2))
        return chosen["name"], f"{self.random.randint(chosen['from'], chosen['to'])} {letters}"

    def weighted_place(self, places: list[dict[str, Any]]) -> dict[str, Any]:
        return self.random.choices(places, [place["weight"] for place in places])[0]

    def firm(self, job: dict[str, str], form: str) -> str:
        name = self.firm_names.pop()
        return f"{name} {job['firm']}" + (f" {form}" if form != "eenmanszaak" else "")

    def day(self, first_year: int, last_year: int) -> date:
        first = date(first_year, 1, 1)
        days = (date(last_year, 12, 31) - first).days
        return first + timedelta(days=self.random.randint(0, days))

    def recent_day(self) -> date:
        return self.day(2025, 2025) if self.random.random() < 0.5 else self.day(2021, 2024)

    def month(self) -> int:
        return self.random.randint(1, 12)

    def rate_end(self, chance: float) -> date | None:
        if self.random.random() >= chance:
            return None
        return date(self.random.randint(2027, 2044), self.month(), 1)

    def amount(self, median: float, spread: float) -> float:
        """A skewed amount in euros with whole quarters, as commission statements give."""
        return round(4 * median * math.exp(self.random.gauss(0, spread))) / 4

    def spent(self, median: float, spread: float) -> float:
        return median * math.exp(self.random.gauss(0, spread))

    def thousands(self, low: int, high: int) -> int:
        return self.random.randrange(low, high, 500)

    def income(self, median: int, spread: float) -> int:
        return round(median * math.exp(self.random.gauss(0, spread)) / 100) * 100

    def wealth(self, median: int) -> int:
        return round(median * math.exp(self.random.gauss(0, 0.85)) / 500) * 500

    def won(self, proposals: int, chance: float) -> int:
        return sum(self.random.random() < chance for _ in range(proposals))
