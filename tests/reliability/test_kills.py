"""The short form of `benchmarks/kill_conversation.py`: a real process, really killed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from benchmarks import kill_conversation
from benchmarks.kill_conversation import SCENARIOS, WORKERS, Event, Kill, Scenario, Undisturbed
from benchmarks.rehearsal import unheard

FIRST_LIST, BUTTONS, FORGETTING = SCENARIOS[0], SCENARIOS[2], SCENARIOS[-1]


@pytest.fixture(scope="session")
def undisturbed(folders) -> Callable[[Scenario], Awaitable[Undisturbed]]:
    """The run of a scenario without a kill, made once."""
    made: dict[str, Undisturbed] = {}

    async def run(scenario: Scenario) -> Undisturbed:
        if scenario.name not in made:
            made[scenario.name] = await kill_conversation.undisturbed(scenario, folders)
        return made[scenario.name]

    return run


@pytest.mark.parametrize(
    ("scenario", "stage", "what", "delay"),
    [
        (FIRST_LIST, "polling", "register COMMIT", 0.0),
        (FIRST_LIST, "storing", "office COMMIT", 0.001),
        (FIRST_LIST, WORKERS, "job analyse_list", 0.01),
        (FORGETTING, "/wis", "register COMMIT", 0.002),
    ],
    ids=["polling", "storing", "worker alone", "/wis"],
)
async def test_nothing_is_lost(
    folders, undisturbed, scenario: Scenario, stage: str, what: str, delay: float
) -> None:
    whole = await undisturbed(scenario)
    events = [each for found in whole.events.values() for each in found if each.what == what]
    event: Event = next(each for each in events if stage in (each.stage, WORKERS))
    outcome = await kill_conversation.live_through(
        Kill(scenario, stage, event, delay), folders, whole
    )
    assert outcome.lost == ""
    assert outcome.hit


async def test_what_was_done_before_the_fall_is_told_all_the_same(folders, undisturbed) -> None:
    """A list was removed and its name with it, and then the bot fell."""
    removing = replace(
        BUTTONS, name="a list is removed", acts=BUTTONS.acts[2:], expects=BUTTONS.expects[2:]
    )
    whole = await undisturbed(removing)
    event = next(each for each in whole.events["answering"] if each.what == "call editMessageText")
    outcome = await kill_conversation.live_through(
        Kill(removing, event.stage, event, 0.0), folders, whole
    )
    assert outcome.lost == ""
    assert outcome.hit


def test_a_line_that_is_never_said_counts_as_loss() -> None:
    assert unheard(["a\nb", "b"], ["x\na", "b"]) == []
    assert unheard(["a\nc"], ["x\na", "b"]) == ["c"]


def test_how_long_it_takes_is_no_answer() -> None:
    said = ["Ik lees je lijst. Al 12 seconden bezig.", "Ik ben er nog mee bezig: al 2 seconden."]
    assert unheard(said, ["Ik lees je lijst."]) == []
    assert unheard(said, ["Ik lees."]) == said[:1]
