"""Client lists for conversations: small, and made here."""

HOSTILE = "<b>&\"'=HYPERLINK("


def csv_list(clients: int = 60, heading: str = "Beroep", trait: str = "bakker") -> bytes:
    """A Dutch csv in which the ten best clients, and hardly any other, have the trait."""
    rows = [f"Klantnummer;Naam;{_quoted(heading)};Omzet;BSN;E-mailadres"]
    for number in range(clients):
        has = number < 10 or number % 15 == 0
        rows.append(
            f"{1000 + number};Klant {number};{_quoted(trait if has else f'ander {number % 4}')};"
            f"{9000 - 100 * number if number < 10 else 900 - number},50;"
            f"{_national_id(number)};klant{number}@voorbeeld.test"
        )
    return "\r\n".join(rows).encode("cp1252")


def two_revenue_columns() -> bytes:
    """A list in which two columns could be the office's own revenue."""
    rows = ["Klantnummer;Naam;Beroep;Omzet;Totale opbrengst"]
    rows += [f"{1000 + n};Klant {n};beroep {n % 3};{500 - n};{1000 + 3 * n}" for n in range(40)]
    return "\n".join(rows).encode()


def with_prospects_and_households() -> bytes:
    """Clients with a status and a household: 40 clients, 3 prospects, 2 former clients."""
    rows = ["Klantnummer;Naam;Status;Gezinsnummer;Beroep;Omzet"]
    for n in range(45):
        status = "Prospect" if n in {3, 4, 5} else "Oud-klant" if n in {7, 8} else "Actief"
        household = "G1" if n in {0, 1} else f"H{n}"
        rows.append(f"{1000 + n};Klant {n};{status};{household};beroep {n % 3};{900 - n}")
    return "\n".join(rows).encode()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _national_id(number: int) -> str:
    """Nine digits that pass the eleven-test, from the series that is not given out."""
    start = [int(digit) for digit in f"{99000000 + number * 7:08d}"]
    check = sum(digit * weight for digit, weight in zip(start, range(9, 1, -1), strict=True)) % 11
    return _national_id(number + 1000) if check == 10 else "".join(map(str, [*start, check]))
