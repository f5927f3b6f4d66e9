"""The only discovery: finds the modules of a package that declare something."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import TypeVar

Kind = TypeVar("Kind")


def modules_within(package: ModuleType) -> Iterator[ModuleType]:
    """Import and yield every direct module of a package, in order of their names."""
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    for name in names:
        yield import_module(f"{package.__name__}.{name}")


def declared(package: ModuleType, kind: type[Kind]) -> tuple[Kind, ...]:
    """Collect the public module-level values of a kind, in order of module and declaration.

    A value may stand by itself or in a tuple. One imported by a second module counts once.
    """
    found: dict[int, Kind] = {}
    for module in modules_within(package):
        for name, value in vars(module).items():
            if name.startswith("_"):
                continue
            for member in value if isinstance(value, tuple) else (value,):
                if isinstance(member, kind):
                    found[id(member)] = member
    return tuple(found.values())
