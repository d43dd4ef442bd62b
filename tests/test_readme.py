"""README.md: every command in it runs as it stands there, and every path in it is there."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from dashboard.cli import cli
from dashboard.named_filters import NAMED

HOUSE = Path(__file__).resolve().parents[1]
README = (HOUSE / "README.md").read_text(encoding="utf-8")
PROGRAM = typer.main.get_command(cli)
CODE = [*re.findall(r"(?<!`)`([^`\n]+)`(?!`)", README), *re.findall(r"```\w*\n(.*?)```", README, re.S)]
COMMANDS = sorted({line for code in CODE for line in re.findall(r"(?:^|run )beyond\b[^\n&|#]*", code, re.M)})
OPTIONS = sorted({code.split()[0] for code in CODE if code.startswith("--")})
LINKS = sorted({link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link})
FOLDERS = sorted({code for code in CODE if code.endswith("/")})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one_that_the_program_takes(command):
    name, *rest = shlex.split(command.removeprefix("run "))[1:] or ["serve"]
    context = PROGRAM.commands[name].make_context(name, rest)
    assert context.params.get("name", "gap_by_step") in NAMED


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_one_that_some_command_takes(option):
    assert option in {name for command in PROGRAM.commands.values() for p in command.params for name in p.opts}


def test_every_command_of_the_program_stands_there():
    assert set(PROGRAM.commands) <= {word for command in COMMANDS for word in command.split()}


@pytest.mark.parametrize("path", [*LINKS, *FOLDERS])
def test_every_path_is_there(path):
    assert (HOUSE / path).exists()


def test_there_is_something_to_check():
    assert len(COMMANDS) >= 5
    assert OPTIONS
    assert len(LINKS) >= 5
    assert FOLDERS
